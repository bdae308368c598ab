// What every journal can do, wherever it keeps its records.
import type { JournalRecord, RecordBody, RecordKind } from '../../contract/journal/journal.js';
import type { ArchivedState } from '../../contract/state/state.js';
import type { FoldedJournal } from '../decisions/folded-journal.js';
import type { ChainEnd } from './chain.js';
import type { ProvenPart, WrittenParts } from './written-parts.js';

/**
 * When a record counts as kept. `synced`: on the disk, it survives a power failure. `written`: handed to the operating
 * system, it survives the end of this process, and is on the disk within a second or with the next synced record.
 */
export type Durability = 'synced' | 'written';

/** The cut-off last line of a crashed write, moved out of the journal. */
export interface TornLine {
  /** Where it is kept: `NAME.torn-SEQ`, where SEQ is the number the record would have had. */
  readonly path: string;
  readonly bytes: number;
}

/** How far the journal in a file has come. */
export interface JournalReach {
  readonly path: string;
  readonly bytes: number;
  readonly end: ChainEnd;
  /** What this process has written of it. */
  readonly written: WrittenParts;
}

/** A long journal that is shown before it has been read. */
export interface JournalFolding {
  /** What it comes to, as it seems. */
  readonly shown: FoldedJournal;
  /** What it comes to, once all of it has been read; rejects when it cannot be trusted. Null: it is what is shown. */
  readonly truth: Promise<FoldedJournal> | null;
  /** Somebody waits for that: it is read at once, and not only after what is shown. */
  hurry?(): void;
  /** Nobody waits for it any more: what has not begun to be read is not read, and what was kept stays. */
  stop?(): void;
  /** What of it need not be read line by line again while it is the same; nothing as long as that is not known. */
  readonly proven: readonly ProvenPart[];
}

/** An append-only list of records. */
export interface Journal {
  /** What the journal held when it was opened, oldest first, until it is forgotten. Does not grow. None when it has been folded. */
  readonly initialRecords: readonly JournalRecord[];
  /** Whoever opened it has folded them: those of a long run take hundreds of megabytes. `read` has them all. */
  forgetInitialRecords?(): void;
  /** Present in place of the initial records of a long journal. */
  readonly folding?: JournalFolding | undefined;
  /** How far it has come. Absent: it is in no file. */
  readonly reach?: JournalReach;
  /** The torn line that opening set aside; null or absent when there was none. */
  readonly torn?: TornLine | null;
  /** Set: it is that of an archived run, and every append rejects. */
  readonly archived?: ArchivedState;
  /**
   * Stamps `body` and appends it. Records are written in the order of the calls.
   * Resolves with the record once it is kept; rejects when it is not, and then nothing of it remains.
   *
   * @param durability - What kept means. @default 'synced'
   */
  append(body: RecordBody, durability?: Durability): Promise<JournalRecord>;
  /** Every record that is kept so far, or at least those of a kind, oldest first, read again. Those appended meanwhile may be missing. */
  read(kind?: RecordKind): AsyncIterable<JournalRecord>;
  /** Takes the journal, and what is named like it, to another path, between two writes. Absent: it is in no file. */
  moveTo?(path: string): Promise<void>;
  /** Waits for what is queued and lets go of the journal. Further appends reject. */
  close(): Promise<void>;
}
