// `approval`: the hold point. The cell waits until the approvers have released it.
import type { ApprovalDecision } from '../../contract/hold.js';
import { alreadyShown } from '../already-shown.js';
import { ports } from '../context.js';
import { parseDuration, type Duration } from '../duration.js';
import { faultsOfOptions, faultsOfValue, refuseFaults } from '../usage/check-options.js';
import { isPlainObject, longDuration, required, rule, text, textList, type Rule } from '../usage/rules.js';
import { renderEvidence } from './evidence.js';

/** What is asked, of whom, and on what ground. */
export interface ApprovalOptions {
  /** One sentence that can be answered with yes or no. @default 'May the run go on?' */
  readonly question?: string;
  /** Usernames or groups that are awaited. @default anybody */
  readonly approvers?: readonly string[];
  /** What the approver decides on, by label: text, rows, results of commands, requests and searches, any JSON. */
  readonly evidence?: { readonly [label: string]: unknown };
  /** When the request expires. Expiry never releases. @default it waits for ever */
  readonly timeout?: Duration;
}

/**
 * Stops the run until it is approved. Silence never releases.
 *
 * Recorded: on resume an approval that still stands returns its decision; a pending one waits again. The approval is bound
 * to the question and the evidence shown; when they change, it is stale and asked anew.
 *
 * @returns the decision, which is always `approved`.
 * @throws code `hold.rejected` when a person rejects, `hold.expired` when the time is over; neither runs what follows.
 * @throws {@link UsageError} listing every fault of the options. Nothing is asked.
 * @example
 * await approval('QA sign-off', { question: 'May payments follow?', approvers: ['qa-lead'], evidence: { Services: status } })
 * // { decision: 'approved', by: { username: 'ann', … }, at: '2026-11-22T07:50:03.000Z', comment: 'looks good' }
 */
export async function approval(name: string, options: ApprovalOptions = {}): Promise<ApprovalDecision> {
  refuseFaults('approval', [
    ...faultsOfValue('The name', name, required(text)),
    ...faultsOfOptions(options, RULES)
  ]);
  const decision = await ports().people.approve({
    name,
    question: options.question ?? 'May the run go on?',
    approvers: options.approvers ?? [],
    evidence: renderEvidence(options.evidence ?? {}),
    timeoutMs: options.timeout === undefined ? null : parseDuration(options.timeout, 'timeout')
  });
  return alreadyShown({ ...decision });
}

const evidence = rule(
  'an object of labels and values, none of them a promise',
  value => isPlainObject(value) && Object.values(value).every(part => !isPromise(part))
);

const RULES: { readonly [K in keyof Required<ApprovalOptions>]: Rule } = {
  question: text,
  approvers: textList,
  evidence,
  timeout: longDuration
};

function isPromise(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}
