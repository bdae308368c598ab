// A journal that lives in memory, with the same stamps and chain as the file: for tests and for showing what would be done.
import type { JournalRecord, RecordBody } from '../../contract/journal/journal.js';
import { CHAIN_START, freezeBody, linkLine } from './chain.js';
import type { Journal } from './journal.js';

/**
 * A journal in memory.
 *
 * @param now - The clock: milliseconds since 1970.
 * @example
 * const journal = new MemoryJournal(() => Date.now());
 * (await journal.append({ kind: 'checkpoint', name: 'schema updated', step: 'a1' })).seq // 1
 */
export class MemoryJournal implements Journal {
  readonly initialRecords: readonly JournalRecord[] = [];
  readonly #now: () => number;
  readonly #records: JournalRecord[] = [];
  readonly #lines: string[] = [];
  #end = CHAIN_START;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Every record so far, oldest first. */
  get records(): readonly JournalRecord[] {
    return this.#records;
  }

  /** The text that a file would hold. */
  get text(): string {
    return this.#lines.map(line => `${line}\n`).join('');
  }

  /** Appends at once. Never rejects. */
  append(body: RecordBody): Promise<JournalRecord> {
    const { line, end } = linkLine(this.#end, new Date(this.#now()).toISOString(), freezeBody(body));
    const record = JSON.parse(line) as JournalRecord;
    this.#end = end;
    this.#lines.push(line);
    this.#records.push(record);
    return Promise.resolve(record);
  }

  async *read(): AsyncIterable<JournalRecord> {
    yield* this.#records;
  }

  /** Nothing to let go of. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}
