// Keeps the run: appends to the journal, folds the state, tells whoever listens. The journal is opened at the first need,
// so that a kernel that is only started leaves no file behind.
import { basename } from 'node:path';
import type { JournalOpened, JournalRecord, RecordBody } from '../../contract/journal.js';
import { isSameOutline, type Outline } from '../../contract/outline.js';
import type { Person } from '../../contract/person.js';
import { applyRecord, replay } from '../../contract/reduce.js';
import type { RunInfo } from '../../contract/run.js';
import { emptyRunState, type RunState } from '../../contract/state.js';
import { JOURNAL_FORMAT, LAUNCHBOOK_VERSION } from '../../contract/version.js';
import type { Durability, Journal } from '../../runbook/journal/journal.js';

/** What the keeper is made of. */
export interface RunKeeperParts {
  /** Opens the journal; `first` is its first record when it is new. */
  readonly openJournal: (first: JournalOpened) => Promise<Journal>;
  readonly readRun: () => RunInfo | null;
  readonly notebook: string;
  readonly owner: () => Person;
}

/** The one writer of the journal and the one holder of the run's state in this kernel. */
export class RunKeeper {
  readonly #parts: RunKeeperParts;
  readonly #listeners = new Set<(record: JournalRecord) => void>();
  #opening: Promise<Journal> | undefined;
  #state: RunState = emptyRunState();
  /** A torn line that was set aside and that no record tells of yet: an opening that is tried again does not find it any more. */
  #torn: RecordBody | null = null;

  constructor(parts: RunKeeperParts) {
    this.#parts = parts;
  }

  /** The state after the last record on disk. Read it, do not keep it. */
  get state(): RunState {
    return this.#state;
  }

  /** Opens the journal once. Rejects with the reason when another kernel holds it or its chain is broken; may be tried again. */
  async open(): Promise<void> {
    if (!this.#opening) {
      this.#opening = this.#take();
      this.#opening.catch(() => (this.#opening = undefined));
    }
    await this.#opening;
  }

  /** Writes a record. When the promise resolves, it is kept (by default on disk), in the state, and told to the listeners. */
  async append(body: RecordBody, durability: Durability = 'synced'): Promise<JournalRecord> {
    await this.open();
    return this.#write(await this.#opening!, body, durability);
  }

  /** Every record so far, read anew from the opened journal. */
  async *read(): AsyncIterable<JournalRecord> {
    yield* (await this.#opening)?.read() ?? [];
  }

  /** Records the outline when it changed. */
  async keepOutline(outline: Outline): Promise<void> {
    await this.open();
    if (!isSameOutline(outline, this.#state.outline)) {
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
    await journal?.close();
  }

  async #take(): Promise<Journal> {
    const journal = await this.#parts.openJournal({
      kind: 'journal-opened',
      format: JOURNAL_FORMAT,
      version: LAUNCHBOOK_VERSION,
      notebook: this.#parts.notebook,
      run: this.#parts.readRun()
    });
    try {
      await this.#begin(journal);
    } catch (error) {
      // Let go of it, or the next try would find the lock of this very process.
      await journal.close().catch(() => undefined);
      throw error;
    }
    return journal;
  }

  async #begin(journal: Journal): Promise<void> {
    this.#state = replay(journal.initialRecords);
    if (journal.torn) {
      const { path, bytes } = journal.torn;
      const line = journal.initialRecords.length + 1;
      this.#torn = { kind: 'torn-line', file: basename(path), bytes, line };
    }
    if (this.#torn) {
      await this.#write(journal, this.#torn);
      this.#torn = null;
    }
    await this.#write(journal, {
      kind: 'kernel-started',
      version: LAUNCHBOOK_VERSION,
      pid: process.pid,
      by: this.#parts.owner()
    });
  }

  async #write(
    journal: Journal,
    body: RecordBody,
    durability: Durability = 'synced'
  ): Promise<JournalRecord> {
    const record = await journal.append(body, durability);
    applyRecord(this.#state, record);
    for (const listen of this.#listeners) {
      listen(record);
    }
    return record;
  }
}
