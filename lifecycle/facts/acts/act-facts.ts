// An act of a person, or an event that nobody has done, as a reader is told it: who, what, when, why.
import { formatUtc } from '../../../contract/base/format.js';
import { describePerson, type Person } from '../../../contract/base/person.js';
import type { RecordKind } from '../../../contract/journal/journal.js';

/** Something that happened beside the attempts of steps. Plain data. */
export interface ActFacts {
  /** ISO 8601 UTC; of a signed decision the time that was signed. */
  readonly at: string;
  /** Sequence number of the record that tells it. */
  readonly seq: number;
  /** Kind of that record. */
  readonly kind: RecordKind;
  /** Whose act it is; null: of a clock, a check or a process. */
  readonly by: Person | null;
  /** True: the person's kernel did it on its own account. Absent: the person did. */
  readonly isOfKernel?: true;
  /** What was done, to stand after the name: `left out “Smoke test” (Verification)`; of an event a whole clause. Steps by title and phase. */
  readonly what: string;
  /** What followed from it or was the case, some words each. */
  readonly details: readonly string[];
  /** The reason or comment that was given; empty when there is none. */
  readonly reason: string;
  /** Ids of the steps under which a reader of the notebook looks for it. */
  readonly steps: readonly string[];
  /** Id of the step whose question it answers; the question stands below the step already. Absent: it answers none. */
  readonly about?: string;
  /** It was not planned. */
  readonly isDeviation: boolean;
}

/** Whose act it is, for reading: `Ann Lee (claimed)`; empty for an event. */
export function whoOf({ by, isOfKernel }: Pick<ActFacts, 'by' | 'isOfKernel'>): string {
  return by === null ? '' : `${isOfKernel ? 'the kernel of ' : ''}${describePerson(by)}`;
}

/**
 * The act as one sentence without its time.
 *
 * @example
 * describeAct(act) // 'Ann Lee (claimed) left out “Smoke test” (Verification): nothing to look at'
 */
export function describeAct(act: ActFacts): string {
  const told = `${whoOf(act)} ${act.what}`.trimStart();
  return `${told}${act.reason === '' ? '' : `: ${act.reason}`}${detailsOf(act)}`;
}

/** What was done, with its details: ` (stale: …; approvals that fell: …)`. */
export function whatOf(act: ActFacts): string {
  return `${act.what}${detailsOf(act)}`;
}

function detailsOf({ details }: ActFacts): string {
  return details.length === 0 ? '' : ` (${details.join('; ')})`;
}

export const ACT_HEADS = ['When (UTC)', 'Who', 'What', 'Reason or comment'];

/** The act as a row of a table with these heads. */
export function actRow(act: ActFacts): string[] {
  return [formatUtc(act.at).replace(/ UTC$/, ''), whoOf(act), whatOf(act), act.reason];
}
