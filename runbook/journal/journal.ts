// What every journal can do, wherever it keeps its records.
import type { JournalRecord, RecordBody } from '../../contract/journal.js';

/** An append-only list of records. */
export interface Journal {
  /** What the journal held when it was opened, oldest first. Does not grow. */
  readonly initialRecords: readonly JournalRecord[];
  /**
   * Stamps `body` and appends it. Records are written in the order of the calls.
   * Resolves with the record once it is kept for good; rejects when it is not, and then nothing of it remains.
   */
  append(body: RecordBody): Promise<JournalRecord>;
  /** Waits for what is queued and lets go of the journal. Further appends reject. */
  close(): Promise<void>;
}
