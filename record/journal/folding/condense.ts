// Reads and checks a part of a journal, and leaves out what changes nothing in its fold: effects that began and ended between two records
// of other kinds, and outputs that others follow. So several threads can read one journal, and what remains is folded in its order.
import { faultOfRecord } from '../../../contract/journal/fault-of-record.js';
import type { JournalRecord } from '../../../contract/journal/journal.js';
import { CHAIN_START, type ChainEnd } from '../chain.js';
import { CheckedChain, type JournalFault } from '../read-journal.js';
import { wholeLines } from './fold-file.js';

/** What is left of a part of a journal. */
export interface CondensedPart {
  readonly records: readonly JournalRecord[];
  /** `keyOfEffect` of each effect that was left out. */
  readonly leftOut: Uint32Array;
  /** What its first line continues. */
  readonly start: ChainEnd;
  readonly end: ChainEnd;
  /** Where its last whole line without a fault ends. */
  readonly bytes: number;
  readonly fault: JournalFault | null;
}

/** Condenses the lines between two places of a file; a line begins at the first. @throws as `wholeLines` */
export function condensePart(path: string, from: number, to: number): CondensedPart {
  const condensed = new Condensing();
  let chain: CheckedChain | undefined;
  let start = CHAIN_START;
  let bytes = from;
  for (const text of wholeLines(path, from, to)) {
    if (chain === undefined) {
      start = from === 0 ? CHAIN_START : continuedBy(text);
      chain = new CheckedChain(start);
    }
    const length = chain.takeAll(text, record => condensed.take(record));
    bytes += Buffer.byteLength(chain.fault ? text.slice(0, length) : text);
    if (chain.fault) {
      break;
    }
  }
  const { end = start, fault = null } = chain ?? {};
  return { records: condensed.end(), leftOut: condensed.leftOut, start, end, bytes, fault };
}

/** What the first line of a text says that it continues; whoever has the lines before compares it. */
function continuedBy(text: string): ChainEnd {
  try {
    const { seq, prev } = JSON.parse(text.slice(0, text.indexOf('\n'))) as JournalRecord;
    return { seq: seq - 1, hash: prev };
  } catch {
    return CHAIN_START;
  }
}

/** A number for an effect; two of them may have the same. */
export function keyOfEffect(id: string): number {
  let key = 0;
  for (let at = 0; at < id.length; at += 1) {
    key = (Math.imul(key, 31) + id.charCodeAt(at)) >>> 0;
  }
  return key;
}

/** Takes records in their order. */
export class Condensing {
  readonly #records: JournalRecord[] = [];
  /** Effects without an end and the last outputs of attempts since the last record of another kind, in order. */
  readonly #open = new Map<string, JournalRecord>();
  /** Effects that began among the records that are left: one of the same name is not left out. */
  readonly #begun = new Set<string>();
  readonly #leftOut: number[] = [];
  #last: JournalRecord | undefined;

  get leftOut(): Uint32Array {
    return Uint32Array.from(this.#leftOut);
  }

  take(record: JournalRecord): void {
    this.#last = record;
    const isSound = faultOfRecord(record) === null;
    if (isSound && record.kind === 'output') {
      const key = `output ${record.attempt} ${record.step}`;
      this.#open.delete(key);
      this.#open.set(key, { ...record, outputs: [] });
    } else if (isSound && record.kind === 'effect-started' && this.#isFirst(record.effect)) {
      this.#open.set(`effect ${record.effect}`, record);
    } else if (
      isSound &&
      record.kind === 'effect-ended' &&
      record.outcome !== 'inconclusive' &&
      this.#open.delete(`effect ${record.effect}`)
    ) {
      this.#leftOut.push(keyOfEffect(record.effect));
    } else {
      this.#pass();
      this.#keep(record);
    }
  }

  /** What is left of them. The last one is always there: it says how far they reach. */
  end(): readonly JournalRecord[] {
    this.#pass();
    if (this.#last !== undefined && this.#records.at(-1)?.seq !== this.#last.seq) {
      this.#records.push(this.#last);
    }
    return this.#records;
  }

  #isFirst(effect: string): boolean {
    return !this.#begun.has(effect) && !this.#open.has(`effect ${effect}`);
  }

  #pass(): void {
    this.#open.forEach(record => this.#keep(record));
    this.#open.clear();
  }

  #keep(record: JournalRecord): void {
    this.#records.push(record);
    if (record.kind === 'effect-started') {
      this.#begun.add(record.effect);
    }
  }
}
