// Looks: kernels that were started, as by somebody who opened the page, and in which nothing was done.
import type { JournalRecord } from '../../contract/journal/journal.js';

/** What is recorded without anything being done in the run; that it was archived is told apart. */
const NOTHING_DONE: ReadonlySet<JournalRecord['kind']> = new Set([
  'kernel-started',
  'outline',
  'run-archived'
]);

/** Sequence numbers of the records that began them. */
export function looksIn(records: readonly JournalRecord[]): ReadonlySet<number> {
  const looks = new Set<number>();
  let isLook = true;
  for (const { kind, seq } of records.toReversed()) {
    isLook &&= NOTHING_DONE.has(kind);
    if (isLook && kind === 'kernel-started') {
      looks.add(seq);
    }
    isLook ||= kind === 'kernel-started';
  }
  return looks;
}

/** When something was done last, ISO 8601 UTC; null when nothing was. */
export function lastDoneAt(records: readonly JournalRecord[]): string | null {
  return records.findLast(({ kind }) => !NOTHING_DONE.has(kind))?.at ?? null;
}
