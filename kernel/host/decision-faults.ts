// Why a decision does not count, and what the waiting cell is told in the end. The first fault is the answer.
import {
  faultsOfValues,
  ineligibilityOf,
  isNamed,
  rulesOf,
  type ApproverSeat
} from '../../contract/approval-rules.js';
import type { LaunchbookError } from '../../contract/error.js';
import type { ApprovalState } from '../../contract/hold.js';
import type { JsonObject } from '../../contract/json.js';
import { describePerson, type Person } from '../../contract/person.js';
import type { PeoplePolicy } from '../../runbook/hold/policy.js';
import { holdPolicyHash } from '../../runbook/hold/policy-hash.js';
import { makeError } from './cell-error.js';

/** What a person decided. */
export interface DecisionParams {
  readonly approval: string;
  readonly content: string;
  readonly decision: 'approved' | 'rejected';
  readonly comment: string;
  readonly values?: JsonObject;
}

/** Null when the decision counts. */
export function faultOfDecision(
  params: DecisionParams,
  approval: ApprovalState | undefined,
  by: Person,
  driver: string | null
): LaunchbookError | null {
  if (!approval) {
    return refuse(
      'hold.unknown',
      `This run has no approval with the id ${params.approval}.`,
      'Reload the page.'
    );
  }
  return (
    faultOfStatus(approval) ?? faultOfContent(params, approval) ?? faultOfPerson(params, approval, by, driver)
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
        `launchbook.yml asks for something else of “${approval.name}” than when it was requested; this decision was not counted.`,
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
  driver: string | null
): LaunchbookError | null {
  if (!approval) {
    return refuse('hold.unknown', 'This run has no such approval.', 'Reload the page.');
  }
  if (approval.status !== 'approved') {
    return refuse(
      'hold.not_released',
      `“${approval.name}” is ${approval.status}; only an approval that stands can be revoked.`
    );
  }
  if (reason.trim() === '') {
    return refuse('hold.no_reason', 'Revoking an approval needs a reason.');
  }
  const ineligible = ineligibilityOf(approval, by, null);
  return by.username === driver || ineligible?.code !== 'hold.not_named'
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
    'Run its step again to ask anew.'
  );
}

/** What the waiting cell gets when a person says no. */
export function rejection(approval: ApprovalState): LaunchbookError {
  const { by, comment } = approval.decisions.at(-1)!;
  return makeError(
    'HoldRejectedError',
    'hold.rejected',
    `“${approval.name}” was rejected by ${by.name}: ${comment}`,
    'Mend what the reason names, then run this step again to ask anew.'
  );
}

function faultOfStatus(approval: ApprovalState): LaunchbookError | null {
  if (approval.status === 'pending') {
    return null;
  }
  const by = approval.decisions.at(-1)?.by.name;
  return refuse(
    'hold.settled',
    `“${approval.name}” is ${approval.status} already${by ? `, by ${by}` : ''}; this decision was not counted.`
  );
}

function faultOfContent(params: DecisionParams, approval: ApprovalState): LaunchbookError | null {
  if (params.content !== approval.content) {
    return refuse(
      'hold.other_content',
      `“${approval.name}” asks about other content than was shown.`,
      'Reload the page and look again.'
    );
  }
  if (params.decision !== 'approved' && params.decision !== 'rejected') {
    return refuse(
      'hold.bad_decision',
      `A decision is “approved” or “rejected”, not ${JSON.stringify(params.decision)}.`
    );
  }
  const values = faultsOfValues(rulesOf(approval.request).form, params.values ?? {}, params.decision);
  return values.length > 0
    ? refuse(
        'hold.bad_values',
        `The form of “${approval.name}” is not filled in as it asks: ${values.join(' ')}`
      )
    : null;
}

function faultOfPerson(
  params: DecisionParams,
  approval: ApprovalState,
  by: Person,
  driver: string | null
): LaunchbookError | null {
  if (params.comment.trim() === '') {
    if (params.decision === 'rejected') {
      return refuse('hold.no_reason', 'A rejection needs a reason.', 'Write the reason as the comment.');
    }
    if (rulesOf(approval.request).comment) {
      return refuse('hold.no_comment', `“${approval.name}” asks for a comment with every decision.`);
    }
  }
  const ineligible = ineligibilityOf(approval, by, driver);
  return ineligible && refuse(ineligible.code, ineligible.message, HINTS[ineligible.code]?.(by));
}

const HINTS: { readonly [code: string]: (by: Person) => string } = {
  'hold.not_named': () => 'Who may decide stands in launchbook.yml and in the call of approval().',
  'hold.weak_identity': by =>
    `You are ${describePerson(by)}. Sign the decision on your own machine: launchbook approve RUN.ipynb.`
};
