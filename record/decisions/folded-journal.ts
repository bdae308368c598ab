// What the records of a journal come to: the state of the run and what was judged on the way, without the records themselves.
import type { JournalRecord } from '../../contract/journal/journal.js';
import { applyRecord } from '../../contract/reduce/reduce.js';
import { emptyRunState, revivedState, type RunState } from '../../contract/state/state.js';
import { JudgedRecords } from './judged-records.js';

/** What is asked of the records of a journal once it is open: what it is of, what has run, and what people were asked. */
const KEPT: ReadonlySet<string> = new Set([
  'journal-opened',
  'kernel-started',
  'attempt-started',
  'approval-requested',
  'run-archived',
  'run-reopened'
]);

/** A fold that goes on with each record. */
export class FoldedJournal {
  state: RunState = emptyRunState();
  judged = new JudgedRecords();
  /** The few records that are asked for after the opening, without the texts of the cells. */
  readonly kept: JournalRecord[] = [];

  /** Each decision is judged in the state that the run had when it was written. */
  take(record: JournalRecord): void {
    const isSound = this.judged.take(record, this.state);
    applyRecord(this.state, record, isSound);
  }

  /** Takes a record that was read, and keeps it when it is one that will be asked for. */
  read(record: JournalRecord): void {
    this.take(record);
    if (KEPT.has(record.kind)) {
      this.kept.push(record.kind === 'attempt-started' ? { ...record, source: '' } : record);
    }
  }
}

/** A fold as text, for another kernel. Without the kept records. */
export function textOfFolded({ state, judged }: FoldedJournal): string {
  return JSON.stringify({ state, judged });
}

/** The fold that such a text is of. @throws whatever reading a text that is none runs into */
export function foldedOfText(text: string): FoldedJournal {
  const { state, judged } = JSON.parse(text) as Pick<FoldedJournal, 'state' | 'judged'>;
  const folded = new FoldedJournal();
  folded.state = revivedState(state);
  folded.judged = JudgedRecords.revived(judged);
  return folded;
}
