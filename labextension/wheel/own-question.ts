// What a page remembers of its person's question about the wheel: the state of the run forgets a question that was answered.
import type { JournalRecord } from '../../contract/journal/journal.js';
import type { Person } from '../../contract/base/person.js';

export interface OwnQuestion {
  /** The id of the question that waits for its answer, or null. */
  readonly asked: string | null;
  /** The driver keeps the wheel. Null: nobody has said so since this person asked last. */
  readonly kept: { readonly by: Person; readonly at: string; readonly reason: string } | null;
}

export const NOT_ASKED: OwnQuestion = { asked: null, kept: null };

/** What is remembered after `record`; `you` is the person of this page. */
export function ownQuestionAfter(
  before: OwnQuestion,
  record: JournalRecord,
  you: Person | null
): OwnQuestion {
  switch (record.kind) {
    case 'wheel-asked':
      return you !== null && record.by.username === you.username
        ? { asked: record.wheel, kept: null }
        : before;
    case 'wheel-refused': {
      const { by, at, reason } = record;
      return record.wheel === before.asked ? { asked: null, kept: { by, at, reason } } : before;
    }
    case 'driver-changed':
      return NOT_ASKED;
    default:
      return before;
  }
}
