// Kernels that were started, as by somebody who opened the page to look, and in which nothing was done; and when something was done last.
import type { JournalRecord } from '../../contract/journal/journal.js';

/** What is recorded without anything being done in the run; that it was archived is told apart. */
const NOTHING_DONE: ReadonlySet<JournalRecord['kind']> = new Set([
  'kernel-started',
  'outline',
  'run-archived'
]);

/** Sequence numbers of the records that began such kernels. */
export function unusedKernels(records: readonly JournalRecord[]): ReadonlySet<number> {
  const unused = new Set<number>();
  let kernel = -1;
  for (const { kind, seq } of records) {
    if (kind === 'kernel-started') {
      kernel = seq;
      unused.add(kernel);
    } else if (!NOTHING_DONE.has(kind)) {
      unused.delete(kernel);
    }
  }
  return unused;
}

/** When something was done last, ISO 8601 UTC; null when nothing was. */
export function lastDoneAt(records: readonly JournalRecord[]): string | null {
  return records.findLast(({ kind }) => !NOTHING_DONE.has(kind))?.at ?? null;
}
