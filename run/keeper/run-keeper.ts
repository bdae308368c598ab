// Keeps the run: appends to the journal, folds the state, tells whoever listens. The journal is opened at the first need,
// so that a kernel that is only started leaves no file behind.
import { basename } from 'node:path';
import { isLaunchbookError } from '../../contract/base/error.js';
import type {
  BegunAnew,
  JournalOpened,
  JournalRecord,
  RecordBody,
  RunReopened
} from '../../contract/journal/journal.js';
import { isSameOutline, type Outline } from '../../contract/notebook/outline.js';
import type { Person } from '../../contract/base/person.js';
import { applyRecord, applyUnwritten } from '../../contract/reduce/reduce.js';
import type { RunInfo } from '../../contract/base/run.js';
import { emptyRunState, type RunState } from '../../contract/state/state.js';
import { JOURNAL_FORMAT, LAUNCHBOOK_VERSION } from '../../contract/base/version.js';
import { JudgedRecords } from '../../record/decisions/judged-records.js';
import { MAY_BEGIN_ANEW } from '../../record/errors/journal-lost-error.js';
import type { Durability, Journal } from '../../record/journal/journal.js';
import { makeError } from '../make-error.js';
import { refuseWithoutReason } from '../refuse-without-reason.js';

/** What the keeper is made of. */
export interface RunKeeperParts {
  /**
   * Opens the journal; `first` is its first record when it is new. `reopens`: for writing, although the run is archived. `hear` may hear of
   * each record as it is read, in order; when it has heard of none, they are the initial records of the journal.
   */
  readonly openJournal: (
    first: JournalOpened,
    reopens: boolean,
    hear: (record: JournalRecord) => void
  ) => Promise<Journal>;
  readonly readRun: () => RunInfo | null;
  readonly notebook: string;
  /** Where the notebook is, for the record. Absent: in no file. */
  readonly place?: () => string;
  readonly owner: () => Person;
}

/** An attempt, as records name it. */
export interface AttemptName {
  readonly step: string;
  readonly attempt: number;
}

/** Why the journal is opened otherwise than as it is. */
interface Taking {
  readonly anew?: BegunAnew;
  readonly reopened?: RunReopened;
}

/** The one writer of the journal and the one holder of the run's state in this kernel. */
export class RunKeeper {
  readonly #parts: RunKeeperParts;
  readonly #listeners = new Set<(record: JournalRecord) => void>();
  #opening: Promise<Journal> | undefined;
  #read = new ReadRun();
  /** Ends that could not be written yet, oldest first. */
  #owed: RecordBody[] = [];
  #paying: Promise<void> = Promise.resolve();
  readonly #unwritten = new Map<string, Error>();
  /** A torn line that was set aside and that no record tells of yet: an opening that is tried again does not find it any more. */
  #torn: RecordBody | null = null;

  constructor(parts: RunKeeperParts) {
    this.#parts = parts;
  }

  /** The state after the last record on disk. Read it, do not keep it. */
  get state(): RunState {
    return this.#read.state;
  }

  /** What the records say of the hold points, judged as each was read or written. */
  get judged(): JudgedRecords {
    return this.#read.judged;
  }

  /** Opens the journal once. Rejects with the reason when another kernel holds it or its chain is broken; may be tried again. */
  async open(): Promise<void> {
    if (!this.#opening) {
      this.#opening = this.#take();
      this.#opening.catch(() => (this.#opening = undefined));
    }
    await this.#opening;
  }

  /**
   * Begins a journal anew because the one that was there is gone or cannot be trusted; what is left of it is set aside.
   *
   * @throws code `reason.missing`, `journal.whole` when nothing is wrong with it, and why it cannot be begun anew otherwise.
   */
  async beginAnew(by: Person, reason: string): Promise<void> {
    refuseWithoutReason(reason, 'Beginning a run anew');
    const fault = await this.open().then(
      () => null,
      (error: unknown) => error
    );
    if (fault === null) {
      throw makeError(
        'JournalWholeError',
        'journal.whole',
        'The run was not begun anew: its journal is there and whole.',
        'Run its steps, discard them (%discard), or set the run back with launchbook reset.'
      );
    }
    const because = isLaunchbookError(fault) ? fault.code : '';
    if (!MAY_BEGIN_ANEW.has(because)) {
      throw fault as Error;
    }
    const opening = this.#take({ anew: { by, reason: reason.trim(), because } });
    this.#opening = opening;
    opening.catch(() => (this.#opening = undefined));
    await opening;
  }

  /**
   * Goes on with a run that was archived.
   *
   * @throws code `run.not_archived` when it is not, `run.no_reason`, and why its journal cannot be opened.
   */
  async reopen(by: Person, reason: string): Promise<void> {
    if (reason.trim() === '') {
      throw makeError('NoReasonError', 'run.no_reason', 'Reopening a run needs a reason.');
    }
    await this.open();
    if (!this.state.archived) {
      throw makeError('NotArchivedError', 'run.not_archived', 'The run is not archived, so it is open.');
    }
    const opening = this.#take({ reopened: { kind: 'run-reopened', by, reason: reason.trim() } });
    this.#opening = opening;
    opening.catch(() => (this.#opening = undefined));
    await opening;
  }

  /** Writes a record. When the promise resolves, it is kept (by default on disk), in the state, and told to the listeners. */
  async append(body: RecordBody, durability: Durability = 'synced'): Promise<JournalRecord> {
    await this.open();
    if (this.#owed.length > 0) {
      await this.#payOwed();
    }
    return this.#write(await this.#opening!, body, durability);
  }

  /** The end of an attempt could not be written: it counts in the state, and is written before anything else is. */
  owe(body: RecordBody): void {
    this.#owed.push(body);
    applyUnwritten(this.state, body);
  }

  /** A record of this attempt could not be written, or it asked people where nobody could see it: it cannot pass any more. */
  noteUnwritten({ step, attempt }: AttemptName, error: Error): void {
    this.#unwritten.set(`${step} ${attempt}`, this.unwrittenOf({ step, attempt }) ?? error);
  }

  /** Why the first record of this attempt that could not be written was not; null when all were. */
  unwrittenOf({ step, attempt }: AttemptName): Error | null {
    return this.#unwritten.get(`${step} ${attempt}`) ?? null;
  }

  /** Takes the journal to where the notebook is now; false when it is not open. */
  async moveJournal(path: string): Promise<boolean> {
    const journal = await this.#opening?.catch(() => undefined);
    await journal?.moveTo?.(path);
    return journal !== undefined;
  }

  /** Every record so far, read again from the opened journal. */
  async *read(): AsyncIterable<JournalRecord> {
    yield* (await this.#opening)?.read() ?? [];
  }

  /** Records the outline when it changed. */
  async keepOutline(outline: Outline): Promise<void> {
    await this.open();
    if (!isSameOutline(outline, this.state.outline)) {
      await this.append({ kind: 'outline', outline });
    }
  }

  /** Calls `listen` with each further record, in order. Returns the way to stop. */
  subscribe(listen: (record: JournalRecord) => void): () => void {
    this.#listeners.add(listen);
    return () => this.#listeners.delete(listen);
  }

  /** Waits for what is being written and lets go of the file. */
  async close(): Promise<void> {
    const journal = await this.#opening?.catch(() => undefined);
    if (journal && this.#owed.length > 0) {
      await this.#payOwed().catch(() => undefined);
    }
    await journal?.close();
  }

  /** In turn: who comes meanwhile waits for the same. */
  #payOwed(): Promise<void> {
    const pay = async (): Promise<void> => {
      const journal = await this.#opening!;
      while (this.#owed.length > 0) {
        await this.#write(journal, this.#owed[0]!);
        this.#owed.shift();
      }
    };
    this.#paying = this.#paying.catch(() => undefined).then(pay);
    return this.#paying;
  }

  async #take({ anew, reopened }: Taking = {}): Promise<Journal> {
    const first: JournalOpened = {
      kind: 'journal-opened',
      format: JOURNAL_FORMAT,
      version: LAUNCHBOOK_VERSION,
      notebook: this.#parts.notebook,
      run: this.#parts.readRun(),
      ...(anew && { anew })
    };
    const heard = new ReadRun();
    const journal = await this.#parts.openJournal(first, reopened !== undefined, record =>
      heard.take(record)
    );
    if (heard.state.seq === 0) {
      journal.initialRecords.forEach(record => heard.take(record));
    }
    try {
      await this.#begin(journal, heard, reopened);
    } catch (error) {
      // Let go of it, or the next try would find the lock of this very process.
      await journal.close().catch(() => undefined);
      throw error;
    }
    return journal;
  }

  async #begin(journal: Journal, read: ReadRun, reopened: RunReopened | undefined): Promise<void> {
    this.#read = read;
    const count = read.state.seq;
    journal.forgetInitialRecords?.();
    if (journal.archived) {
      read.state = { ...read.state, archived: journal.archived };
      return;
    }
    if (journal.torn) {
      const { path, bytes } = journal.torn;
      const line = count + 1;
      this.#torn = { kind: 'torn-line', file: basename(path), bytes, line };
    }
    if (this.#torn) {
      await this.#write(journal, this.#torn);
      this.#torn = null;
    }
    if (reopened) {
      await this.#write(journal, reopened);
    }
    await this.#write(journal, {
      kind: 'kernel-started',
      version: LAUNCHBOOK_VERSION,
      pid: process.pid,
      by: this.#parts.owner(),
      ...(this.#parts.place && { place: this.#parts.place() })
    });
  }

  async #write(
    journal: Journal,
    body: RecordBody,
    durability: Durability = 'synced'
  ): Promise<JournalRecord> {
    const record = await journal.append(body, durability);
    this.#read.take(record);
    for (const listen of this.#listeners) {
      listen(record);
    }
    return record;
  }
}

/** What the records of a journal have come to. */
class ReadRun {
  state: RunState = emptyRunState();
  readonly judged = new JudgedRecords();

  /** Each decision is judged in the state that the run had when it was written. */
  take(record: JournalRecord): void {
    const isSound = this.judged.take(record, this.state);
    applyRecord(this.state, record, isSound);
  }
}
