// Why a decision does not count, and what the waiting cell is told in the end. The first fault is the answer.
import {
  ineligibilityOf,
  isNamed,
  mayRevoke,
  rulesOf,
  type DecisionProof,
  type Driver
} from '../../contract/holds/approval-rules.js';
import { reasonsAgainst } from '../../contract/holds/reasons-against.js';
import { type ApproverSeat } from '../../contract/holds/hold-rules.js';
import type { LaunchbookError } from '../../contract/base/error.js';
import type { ApprovalState } from '../../contract/holds/hold.js';
import { isPending } from '../../contract/holds/pending.js';
import type { JsonObject } from '../../contract/base/json.js';
import { describePerson, type Person } from '../../contract/base/person.js';
import type { PeoplePolicy } from '../../runbook/hold/policy.js';
import { holdPolicyHash } from '../../record/policy/policy-hash.js';
import type { JudgedRecords } from '../../record/decisions/judged-records.js';
import { makeError } from '../make-error.js';

/** What a person decided. */
export interface DecisionParams {
  readonly approval: string;
  readonly content: string;
  readonly decision: 'approved' | 'rejected';
  readonly comment: string;
  readonly values?: JsonObject;
  /** With what it was signed. Absent: nothing was signed. */
  readonly proof?: DecisionProof;
}

/** Null when the decision counts. */
export function faultOfDecision(
  params: DecisionParams,
  approval: ApprovalState | undefined,
  by: Person,
  driver: Driver
): LaunchbookError | null {
  if (!approval) {
    return refuse(
      'hold.unknown',
      `This run has no approval with the id ${params.approval}.`,
      'Reload the page.'
    );
  }
  const [reason] = reasonsAgainst(approval, { ...params, by }, driver);
  if (!reason) {
    return null;
  }
  const isLate = reason.code === 'hold.settled';
  const message = isLate ? reason.message.replace(/\.$/, '; this decision was not counted.') : reason.message;
  return refuse(reason.code, message, HINTS[reason.code]?.(by));
}

/** Null unless the request is not what its content hash was taken over: then nothing can be approved by it. */
export function faultOfRequest(
  decision: DecisionParams['decision'],
  approval: ApprovalState | undefined,
  judged: JudgedRecords
): LaunchbookError | null {
  const fault = judged.faults.find(each => each.approval !== null && each.approval === approval?.id);
  return !fault || decision === 'rejected'
    ? null
    : refuse(
        'hold.unsound',
        `“${approval!.name}” cannot be approved: its request ${fault.text}.`,
        'Interrupt the step and run it again: it asks anew.'
      );
}

/** Null unless launchbook.yml asks now for something else than when this was asked. A rejection counts anyway. */
export function faultOfPolicy(
  decision: DecisionParams['decision'],
  approval: ApprovalState | undefined,
  policy: () => PeoplePolicy
): LaunchbookError | null {
  const bound = approval?.binding?.policy;
  if (!approval || decision === 'rejected' || bound === undefined) {
    return null;
  }
  return bound === holdPolicyHash(policy(), approval.phase)
    ? null
    : refuse(
        'hold.policy_changed',
        `The rules of launchbook.yml for “${approval.name}” have changed since it was requested; this decision was not counted.`,
        'Interrupt the step and run it again: it asks by the new rules.'
      );
}

/** The refusal of a decision, with its reason. */
export function refuse(code: string, message: string, hint?: string): LaunchbookError {
  return makeError('DecisionRefusedError', code, message, hint);
}

/** Null when `by` may release against the policy. */
export function faultOfBreaking(
  approval: ApprovalState | undefined,
  reason: string,
  by: Person
): LaunchbookError | null {
  if (!approval) {
    return refuse('hold.unknown', 'This run has no such approval.', 'Reload the page.');
  }
  const { breakGlass } = rulesOf(approval.request);
  return faultOfGlass(`“${approval.name}”`, breakGlass, reason, by) ?? faultOfStatus(approval);
}

/**
 * Null when `by` may release `what` against the policy for this reason.
 *
 * @param allowed - Who may; null stands for anybody, none for nobody.
 */
export function faultOfGlass(
  what: string,
  allowed: readonly ApproverSeat[] | null,
  reason: string,
  by: Person
): LaunchbookError | null {
  if (allowed !== null && (allowed.length === 0 || !isNamed(by.username, allowed))) {
    const who = allowed.map(seat => seat.name).join(', ') || 'nobody';
    return refuse(
      'hold.glass_closed',
      `${by.name} may not release ${what} against the policy; launchbook.yml allows it to ${who}.`
    );
  }
  return reason.trim().length >= LEAST_REASON
    ? null
    : refuse(
        'hold.no_reason',
        `Releasing against the policy needs a reason of at least ${LEAST_REASON} characters; this one has ${reason.trim().length}.`
      );
}

/** Null when `by` may take the approval back: the driver, whoever decided, and whoever may decide. */
export function faultOfRevoking(
  approval: ApprovalState | undefined,
  reason: string,
  by: Person,
  driver: Driver
): LaunchbookError | null {
  if (!approval) {
    return refuse('hold.unknown', 'This run has no such approval.', 'Reload the page.');
  }
  if (approval.status !== 'approved') {
    return refuse(
      'hold.not_released',
      `“${approval.name}” is ${approval.status}; only an approval that counts can be revoked.`
    );
  }
  if (reason.trim() === '') {
    return refuse('hold.no_reason', 'Revoking an approval needs a reason.');
  }
  const ineligible = ineligibilityOf(approval, by, null);
  return mayRevoke(approval, by, driver) || ineligible === null
    ? null
    : refuse(ineligible.code, ineligible.message);
}

/** A word is not a reason. */
const LEAST_REASON = 10;

/** No cell of this kernel waits for it. */
export function notWaiting(): LaunchbookError {
  return refuse(
    'hold.not_waiting',
    'No cell waits for this approval any more.',
    'Run its step again to ask again.'
  );
}

/** What the waiting cell gets when a person says no. */
export function rejection(approval: ApprovalState): LaunchbookError {
  const { by, comment } = approval.decisions.at(-1)!;
  return makeError(
    'HoldRejectedError',
    'hold.rejected',
    `“${approval.name}” was rejected by ${by.name}: ${comment}`,
    'Fix what the reason names, then run this step again to ask again.'
  );
}

function faultOfStatus(approval: ApprovalState): LaunchbookError | null {
  if (isPending(approval)) {
    return null;
  }
  const by = approval.decisions.at(-1)?.by.name;
  return refuse(
    'hold.settled',
    `“${approval.name}” is ${approval.status} already${by ? `, by ${by}` : ''}; this decision was not counted.`
  );
}

const HINTS: { readonly [code: string]: (by: Person) => string } = {
  'hold.other_content': () => 'Reload the page and look again.',
  'hold.no_reason': () => 'Write the reason as the comment.',
  'hold.not_named': () => 'launchbook.yml and the call of approval() say who may decide.',
  'hold.weak_identity': by =>
    `You are ${describePerson(by)}. Sign the decision on your own machine: launchbook approve RUN.ipynb.`,
  'hold.other_means': () =>
    'A passkey signs on the decision page of launchbook board --decide, an SSH key with launchbook approve.',
  'hold.synced_key': () => 'Use a security key, or a passkey that is kept on the device alone.'
};
