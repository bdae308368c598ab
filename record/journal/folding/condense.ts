// Reads and checks a part of a journal, and leaves out what changes nothing in its fold: effects that began and ended between two records
// of other kinds, and outputs that others follow. So several threads can read one journal, and what remains is folded in its order.
import type { JournalRecord } from '../../../contract/journal/journal.js';
import { CHAIN_START, hashLine, type ChainEnd } from '../chain.js';
import { CheckedChain, type JournalFault } from '../read-journal.js';
import { sha256 } from '../../hash.js';
import type { ProvenPart } from '../written-parts.js';
import { readPieces } from './proven-parts.js';
import { isAsItBegins, quietLineAt, quietLineOf, type QuietLine } from './quiet-line.js';

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
  /** What need not be read line by line again while it is the same. */
  readonly proven: readonly ProvenPart[];
}

const LINE_FEED = 0x0a;

/**
 * Condenses the lines between two places of a file; a line begins at the first.
 *
 * @param parts - Those that were proven before. @default none
 * @throws as `wholeLines`
 */
export function condensePart(
  path: string,
  from: number,
  to: number,
  parts: readonly ProvenPart[] = []
): CondensedPart {
  const condensed = new Condensing();
  const proven: ProvenPart[] = [];
  let chain: CheckedChain | undefined;
  let start = CHAIN_START;
  let bytes = from;
  for (const piece of readPieces(path, from, to, parts)) {
    if (chain === undefined) {
      start = from === 0 ? CHAIN_START : continuedBy(piece.content);
      chain = new CheckedChain(start);
    }
    const end = piece.proven && endOf(piece.content, chain.end);
    if (piece.proven && end) {
      takeProven(piece.content, condensed);
      chain.end = end;
      proven.push(piece.proven);
      bytes = piece.proven.to;
      continue;
    }
    const text = piece.content.toString('utf8');
    let isProvable = true;
    const length = chain.takeAll(text, (record, line) => {
      condensed.take(record);
      isProvable &&= isAsItBegins(line, record);
    });
    bytes = piece.from + (chain.fault ? Buffer.byteLength(text.slice(0, length)) : piece.content.length);
    if (chain.fault) {
      break;
    }
    if (isProvable) {
      proven.push({ from: piece.from, to: bytes, hash: sha256(piece.content) });
    }
  }
  const { end = start, fault = null } = chain ?? {};
  return { records: condensed.end(), leftOut: condensed.leftOut, start, end, bytes, fault, proven };
}

/** Where proven lines end when they go on where those before them end; null when they do not. */
function endOf(content: Buffer, before: ChainEnd): ChainEnd | null {
  const { seq, hash } = continuedBy(content);
  const last = content.toString('utf8', content.lastIndexOf(LINE_FEED, -2) + 1, content.length - 1);
  const isNext = seq === before.seq && hash === before.hash;
  return isNext ? { seq: (JSON.parse(last) as JournalRecord).seq, hash: hashLine(last) } : null;
}

function takeProven(content: Buffer, condensed: Condensing): void {
  // Each byte as a character: places in the text are places in the bytes.
  const text = content.toString('latin1');
  for (let start = 0, feed = 0; start < text.length; start = feed + 1) {
    feed = text.indexOf('\n', start);
    const quiet = quietLineAt(text, start, feed);
    if (quiet === null) {
      condensed.take(recordOf({ content, start, feed }));
    } else {
      condensed.takeQuiet(quiet, { content, start, feed });
    }
  }
  condensed.letGo();
}

/** What the first line says that it continues; whoever has the lines before compares it. */
function continuedBy(content: Buffer): ChainEnd {
  try {
    const line = content.toString('utf8', 0, content.indexOf(LINE_FEED));
    const { seq, prev } = JSON.parse(line) as JournalRecord;
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

/** A line that is read when it turns out to be needed. */
interface Unread {
  readonly content: Buffer;
  readonly start: number;
  readonly feed: number;
}

function recordOf(line: JournalRecord | Unread): JournalRecord {
  return 'kind' in line
    ? line
    : (JSON.parse(line.content.toString('utf8', line.start, line.feed)) as JournalRecord);
}

/** Takes records in their order. */
export class Condensing {
  readonly #records: JournalRecord[] = [];
  /** Effects without an end and the last outputs of attempts since the last record of another kind, in order. */
  readonly #open = new Map<string, JournalRecord | Unread>();
  /** Effects that began among the records that are left: one of the same name is not left out. */
  readonly #begun = new Set<string>();
  readonly #leftOut: number[] = [];
  #last: JournalRecord | Unread | undefined;

  get leftOut(): Uint32Array {
    return Uint32Array.from(this.#leftOut);
  }

  take(record: JournalRecord): void {
    const quiet = quietLineOf(record);
    if (quiet !== null) {
      this.takeQuiet(quiet, record);
    } else {
      this.#last = record;
      this.#pass();
      this.#keep(record);
    }
  }

  /** @param line - The record, or where it is to be read. */
  takeQuiet({ kind, of, isInconclusive }: QuietLine, line: JournalRecord | Unread): void {
    this.#last = line;
    if (kind === 'output') {
      this.#open.delete(of);
      this.#open.set(of, line);
    } else if (kind === 'effect-started' && this.#isFirst(of)) {
      this.#open.set(of, line);
    } else if (kind === 'effect-ended' && !isInconclusive && this.#open.delete(of)) {
      this.#leftOut.push(keyOfEffect(of));
    } else {
      this.#pass();
      this.#keep(recordOf(line));
    }
  }

  /** Reads what may be needed later: the bytes of the lines that were not read are used for others. */
  letGo(): void {
    this.#open.forEach((line, of) => this.#open.set(of, recordOf(line)));
    this.#last = this.#last && recordOf(this.#last);
  }

  /** What is left of them. The last one is always there: it says how far they reach. */
  end(): readonly JournalRecord[] {
    this.#pass();
    const last = this.#last && recordOf(this.#last);
    if (last !== undefined && this.#records.at(-1)?.seq !== last.seq) {
      this.#records.push(last);
    }
    return this.#records;
  }

  #isFirst(effect: string): boolean {
    return !this.#begun.has(effect) && !this.#open.has(effect);
  }

  #pass(): void {
    for (const line of this.#open.values()) {
      const record = recordOf(line);
      this.#keep(record.kind === 'output' ? { ...record, outputs: [] } : record);
    }
    this.#open.clear();
  }

  #keep(record: JournalRecord): void {
    this.#records.push(record);
    if (record.kind === 'effect-started') {
      this.#begun.add(record.effect);
    }
  }
}
