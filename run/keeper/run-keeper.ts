// Keeps the run: appends to the journal, folds the state, tells whoever listens. The journal is opened at the first need,
// so that a kernel that is only started leaves no file behind.
import { basename } from 'node:path';
import { isLaunchbookError } from '../../contract/base/error.js';
import type {
  BegunAnew,
  JournalOpened,
  JournalRecord,
  RecordBody,
  RecordKind,
  RunReopened
} from '../../contract/journal/journal.js';
import { isSameOutline, type Outline } from '../../contract/notebook/outline.js';
import type { Person } from '../../contract/base/person.js';
import { applyUnwritten } from '../../contract/reduce/reduce.js';
import type { RunInfo } from '../../contract/base/run.js';
import type { RunState } from '../../contract/state/state.js';
import { JOURNAL_FORMAT, LAUNCHBOOK_VERSION } from '../../contract/base/version.js';
import { FoldedJournal, textOfFolded } from '../../record/decisions/folded-journal.js';
import type { JudgedRecords } from '../../record/decisions/judged-records.js';
import { faultOfClock } from '../../record/decisions/clock-back.js';
import { MAY_BEGIN_ANEW } from '../../record/errors/journal-lost-error.js';
import type { Durability, Journal } from '../../record/journal/journal.js';
import { makeError } from '../make-error.js';
import { refuseWithoutReason } from '../refuse-without-reason.js';
import { isFact } from './records-of-facts.js';
import { keepFold } from './shown-journal.js';

/** What the keeper is made of. */
export interface RunKeeperParts {
  /** Opens the journal; `first` is its first record when it is new. `reopens`: for writing, although the run is archived. */
  readonly openJournal: (first: JournalOpened, reopens: boolean) => Promise<Journal>;
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
  readonly #corrected = new Set<() => void>();
  /** The journal is open, and it is known what it comes to. */
  #opening: Promise<Journal> | undefined;
  /** It is open, and what it seems to come to is shown. */
  #showing: Promise<Journal> | undefined;
  #read = new FoldedJournal();
  /** What was written while it was read. */
  #since: JournalRecord[] | null = null;
  #keptBytes = 0;
  /** Ends that could not be written yet, oldest first. */
  #owed: RecordBody[] = [];
  #paying: Promise<void> = Promise.resolve();
  #writing: Promise<unknown> = Promise.resolve();
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
    await this.#opened({});
  }

  /** As `open`, for whoever can wait until somebody else cannot. */
  async openInTime(): Promise<void> {
    await this.show();
    await (this.#opening ?? this.open());
  }

  /** Opens it so far that it can be shown: a long one is read meanwhile, and `open` waits for that. */
  async show(): Promise<void> {
    await (this.#showing ?? this.#opened({}, true));
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
    this.#forgetOpening();
    await this.#opened({ anew: { by, reason: reason.trim(), because } });
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
    const reopened: RunReopened = { kind: 'run-reopened', by, reason: reason.trim() };
    this.#refuseClockBack(reopened);
    this.#forgetOpening();
    await this.#opened({ reopened });
  }

  /**
   * Goes on although the record has later times than the clock.
   *
   * @throws code `reason.missing`, `run.clock_right` when it has not.
   */
  async acceptClock(by: Person, reason: string): Promise<void> {
    refuseWithoutReason(reason, 'Accepting the clock');
    await this.open();
    const { latestAt } = this.state;
    if (faultOfClock(this.state) === null || latestAt === undefined) {
      throw makeError(
        'ClockRightError',
        'run.clock_right',
        'The clock of this machine is not before the record, so there is nothing to accept.'
      );
    }
    await this.append({ kind: 'clock-accepted', by, reason: reason.trim(), latest: latestAt });
  }

  /** Writes a record. When the promise resolves, it is kept (by default on disk), in the state, and told to the listeners. */
  async append(body: RecordBody, durability: Durability = 'synced'): Promise<JournalRecord> {
    await (OF_ANY_CELL.has(body.kind) ? this.show() : this.open());
    if (this.#owed.length > 0) {
      await this.#payOwed();
    }
    this.#refuseClockBack(body);
    return (this.#writing = this.#write(await this.#showing!, body, durability));
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
    // What still reads it looks for it at its place.
    await (this.#showing && this.open().catch(() => undefined));
    const journal = await this.#showing?.catch(() => undefined);
    await journal?.moveTo?.(path);
    return journal !== undefined;
  }

  /** Every record so far, or those of a kind, read again from the opened journal. */
  async *read(kind?: RecordKind): AsyncIterable<JournalRecord> {
    yield* (await this.#showing)?.read(kind) ?? [];
  }

  /** Records the outline when it changed. */
  async keepOutline(outline: Outline): Promise<void> {
    await this.show();
    if (!isSameOutline(outline, this.state.outline)) {
      await this.append({ kind: 'outline', outline });
    }
  }

  /** Resolves when whatever stands on disk by now is in the state: others read it there before. */
  async whenTold(): Promise<void> {
    await this.#writing.catch(() => undefined);
  }

  /** Calls `listen` with each further record, in order. Returns the way to stop. */
  subscribe(listen: (record: JournalRecord) => void): () => void {
    this.#listeners.add(listen);
    return () => this.#listeners.delete(listen);
  }

  /** Calls `listen` when the state is another one than what was shown before it was read. */
  whenCorrected(listen: () => void): void {
    this.#corrected.add(listen);
  }

  /** Waits for what is being written and lets go of the file. */
  async close(): Promise<void> {
    const journal = await this.#showing?.catch(() => undefined);
    journal?.folding?.stop?.();
    if (journal && this.#owed.length > 0) {
      await this.#payOwed().catch(() => undefined);
    }
    await journal?.close();
    if (journal) {
      this.#keep(journal);
    }
  }

  /** Asked last before a record is written, so that no way to it goes past. */
  #refuseClockBack(body: RecordBody): void {
    const fault = isFact(body) ? null : faultOfClock(this.state);
    if (fault) {
      throw fault;
    }
  }

  /** In turn: who comes meanwhile waits for the same. */
  #payOwed(): Promise<void> {
    const pay = async (): Promise<void> => {
      const journal = await this.#showing!;
      while (this.#owed.length > 0) {
        await this.#write(journal, this.#owed[0]!);
        this.#owed.shift();
      }
    };
    this.#paying = this.#paying.catch(() => undefined).then(pay);
    return this.#paying;
  }

  /** @param isShown - Once it can be shown. */
  #opened(taking: Taking, isShown = false): Promise<Journal> {
    if (!this.#opening) {
      const showing = this.#take(taking);
      const opening = showing.then(journal => this.#settled(journal));
      this.#showing = showing;
      this.#opening = opening;
      opening.catch(() => this.#opening === opening && this.#forgetOpening());
    }
    if (!isShown) {
      void this.#showing!.then(({ folding }) => folding?.hurry?.()).catch(() => undefined);
    }
    return isShown ? this.#showing! : this.#opening;
  }

  #forgetOpening(): void {
    this.#opening = undefined;
    this.#showing = undefined;
  }

  async #take({ anew, reopened }: Taking): Promise<Journal> {
    const first: JournalOpened = {
      kind: 'journal-opened',
      format: JOURNAL_FORMAT,
      version: LAUNCHBOOK_VERSION,
      notebook: this.#parts.notebook,
      run: this.#parts.readRun(),
      ...(anew && { anew })
    };
    const journal = await this.#parts.openJournal(first, reopened !== undefined);
    const read = journal.folding?.shown ?? new FoldedJournal();
    if (!journal.folding) {
      journal.initialRecords.forEach(record => read.take(record));
    }
    try {
      await this.#begin(journal, read, reopened);
    } catch (error) {
      // Let go of it, or the next try would find the lock of this very process.
      await journal.close().catch(() => undefined);
      throw error;
    }
    return journal;
  }

  /** What was shown gives way to what the journal comes to. */
  async #settled(journal: Journal): Promise<Journal> {
    try {
      const truth = await journal.folding?.truth;
      if (truth) {
        const shown = textOfFolded(this.#read);
        this.#since?.forEach(record => truth.take(record));
        this.#read = truth;
        this.#since = null;
        this.#owed.forEach(body => applyUnwritten(this.state, body));
        if (textOfFolded(truth) !== shown) {
          this.#corrected.forEach(listen => listen());
        }
      }
    } catch (error) {
      this.#read = new FoldedJournal();
      this.#since = null;
      await journal.close().catch(() => undefined);
      throw error;
    }
    this.#keep(journal);
    return journal;
  }

  async #begin(journal: Journal, read: FoldedJournal, reopened: RunReopened | undefined): Promise<void> {
    this.#read = read;
    this.#since = journal.folding?.truth ? [] : null;
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
    this.#since?.push(record);
    try {
      this.#read.take(record);
    } catch (error) {
      if (this.#since === null) {
        throw error;
      }
      // What is shown is no state at all; what the journal comes to takes the record too.
    }
    for (const listen of this.#listeners) {
      listen(record);
    }
    if ((journal.reach?.bytes ?? 0) - this.#keptBytes > KEPT_EACH_BYTES) {
      this.#keep(journal);
    }
    return record;
  }

  /** What was read or written is kept for showing it again, not what was only shown. */
  #keep({ reach, folding }: Journal): void {
    if (reach && this.#since === null && reach.end.seq === this.state.seq) {
      this.#keptBytes = keepFold(reach, this.#read, folding?.proven ?? []) ? reach.bytes : this.#keptBytes;
    }
  }
}

/** What every cell writes, also one that does nothing to the world. Whatever else is recorded stands on what the journal comes to. */
const OF_ANY_CELL: ReadonlySet<string> = new Set(['outline', 'attempt-started', 'output', 'attempt-ended']);

/** Few enough lines to be folded while a page waits. */
const KEPT_EACH_BYTES = 1024 * 1024;
