// Is a receipt enough for the policy, and which of several decides? Pure rules, so that the kernel's gate, a replay, the panel and the
// command judge alike.
import { formatDuration } from '../base/format.js';
import type { Receipt, RehearsalRule } from './receipt.js';
import { changesOfSteps, type StepContent } from './step-content.js';

/** What is asked of a receipt beside the content. */
export interface RehearsalQuestion {
  readonly rule: RehearsalRule;
  /** The release of the run that is to go on. */
  readonly release: string;
  /** For when it is asked, milliseconds since 1970. */
  readonly nowMs: number;
}

/**
 * Why the receipt is not enough for the rule, one sentence each; empty when it is. The content is judged apart, by
 * {@link changesOfSteps}.
 *
 * @example
 * faultsOfReceipt(receipt, { rule, release: '2.4.0', nowMs }) // ['It is 9 d 3 h old, the policy asks for at most 7 d 0 h.']
 */
export function faultsOfReceipt(
  receipt: Receipt,
  { rule, release, nowMs }: RehearsalQuestion
): readonly string[] {
  const ageMs = nowMs - Date.parse(receipt.at);
  return [
    ...(rule.environments.includes(receipt.environment)
      ? []
      : [`It was in ${receipt.environment}, the policy asks for ${rule.environments.join(' or ')}.`]),
    ...(receipt.mode === 'live' || receipt.mode === 'rehearsal' ? [] : ['A dry run is no rehearsal.']),
    ...(rule.sameRelease && receipt.release !== release
      ? [`It was of release ${receipt.release}, the policy asks for the same, ${release}.`]
      : []),
    ...(receipt.outcome === 'passed' ? [] : [OUTCOMES[receipt.outcome]]),
    ...receipt.steps
      .filter(({ status }) => status !== 'passed')
      .map(({ title, status }) => `Its step “${title}” has not passed (${status}).`),
    ...(ageMs >= -CLOCKS_APART_MS ? [] : ['Its time is in the future.']),
    ...(rule.withinMs === null || ageMs <= rule.withinMs
      ? []
      : [`It is ${formatDuration(ageMs)} old, the policy asks for at most ${formatDuration(rule.withinMs)}.`])
  ];
}

/** The clocks of two machines differ by less. */
const CLOCKS_APART_MS = 5 * 60_000;

const OUTCOMES: { readonly [outcome in Exclude<Receipt['outcome'], 'passed'>]: string } = {
  failed: 'It has failed.',
  rejected: 'It was rejected.',
  inconclusive: 'It is inconclusive.',
  held: 'It has not come to its end.'
};

/** The receipt that decides, with everything that is wrong with it. */
export interface JudgedReceipt {
  readonly receipt: Receipt;
  readonly changes: readonly string[];
  readonly faults: readonly string[];
}

/**
 * The receipt that decides: the newest one of the same content whose run came to an end; else the newest of the same content; else the
 * newest. So an older rehearsal does not hide a newer one that failed, and one that goes on now hides nothing.
 *
 * @param receipts - In any order.
 * @returns null when there is none.
 */
export function judgeReceipts(
  receipts: readonly Receipt[],
  steps: readonly StepContent[],
  question: RehearsalQuestion
): JudgedReceipt | null {
  const judged = receipts
    .filter(({ environment }) => question.rule.environments.includes(environment))
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
    .map(receipt => ({
      receipt,
      changes: changesOfSteps(contentOf(receipt), steps),
      faults: faultsOfReceipt(receipt, question)
    }));
  const same = judged.filter(({ changes }) => changes.length === 0);
  const wanted = question.rule.sameRelease
    ? same.filter(({ receipt }) => receipt.release === question.release)
    : same;
  return (
    wanted.find(({ receipt }) => receipt.outcome !== 'held') ?? wanted[0] ?? same[0] ?? judged[0] ?? null
  );
}

/** The content of a rehearsed phase. */
export function contentOf({ steps }: Pick<Receipt, 'steps'>): StepContent[] {
  return steps.map(({ id, title, content }) => ({ id, title, hashes: content === null ? [] : [content] }));
}
