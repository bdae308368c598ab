// Looks: kernels that were started, as by somebody who opened the page, and in which nothing was done.
import type { JournalRecord } from '../../contract/journal/journal.js';

/** What a kernel records by itself when it begins. */
const OF_THE_BEGIN: ReadonlySet<JournalRecord['kind']> = new Set(['kernel-started', 'outline']);

/** Sequence numbers of the records of looks. The first kernel of a run is none. */
export function looksIn(records: readonly JournalRecord[]): ReadonlySet<number> {
  const looks = new Set<number>();
  let isLook = true;
  // Whoever archives looks too.
  for (const record of records.toReversed().filter(({ kind }) => kind !== 'run-archived')) {
    isLook &&= OF_THE_BEGIN.has(record.kind);
    if (isLook) {
      looks.add(record.seq);
    }
    isLook ||= record.kind === 'kernel-started';
  }
  return looks;
}

/** When the last record was written that is none of `looks`; that a run was archived is told apart. Null: there is none. */
export function lastActAt(records: readonly JournalRecord[], looks: ReadonlySet<number>): string | null {
  return records.findLast(({ seq, kind }) => kind !== 'run-archived' && !looks.has(seq))?.at ?? null;
}
