// The journal of an archived run: it is read, without a lock, and nothing is added to it.
import type { JournalRecord } from '../../contract/journal/journal.js';
import type { ArchivedState } from '../../contract/state/state.js';
import { ArchivedRunError } from '../errors/archived-run-error.js';
import { JournalBrokenError } from '../errors/journal-broken-error.js';
import { readTextOfRun } from '../files/read-file.js';
import type { Journal } from './journal.js';
import { readJournal } from './read-journal.js';

/** The records of the file at `path`. @throws {@link JournalBrokenError} as FileJournal.open does */
export function recordsIn(path: string): readonly JournalRecord[] {
  const { records, fault } = readJournal(readTextOfRun(path, 'journal'));
  if (fault) {
    throw new JournalBrokenError(path, fault);
  }
  return records;
}

/** A journal of these records that takes no further one. */
export function archivedJournal(records: readonly JournalRecord[], archived: ArchivedState): Journal {
  return {
    initialRecords: records,
    archived,
    append: () => Promise.reject(new ArchivedRunError(archived)),
    async *read() {
      yield* records;
    },
    close: () => Promise.resolve()
  };
}
