// Reads a journal's text: records, the torn last line of a crash, and the first broken link with its line number.
// Pure. A line counts only with its line feed, which is the last byte a write puts down.
import { faultOfRecord } from '../../contract/journal/fault-of-record.js';
import type { JournalRecord } from '../../contract/journal/journal.js';
import { JOURNAL_FORMAT } from '../../contract/base/version.js';
import { CHAIN_START, hashLine, type ChainEnd } from './chain.js';

/** Why a journal cannot be trusted from a line on. */
export interface JournalFault {
  /** 1-based. */
  readonly line: number;
  readonly code: 'journal.broken' | 'journal.bad_record' | 'journal.line_ends' | 'journal.newer';
  /** What was seen and what was expected. */
  readonly message: string;
}

/** What the text of a journal holds. */
export interface JournalReading {
  /** The records before the first fault, oldest first. */
  readonly records: readonly JournalRecord[];
  /** Where the next record continues. */
  readonly end: ChainEnd;
  /** Length of the sound part in UTF-16 code units. */
  readonly soundLength: number;
  /** What stands after the last line feed: a write that a crash cut off. Null when there is none. */
  readonly torn: string | null;
  readonly fault: JournalFault | null;
}

/**
 * Reads the whole text of a journal file. Never throws: a fault is part of the answer.
 *
 * @example
 * readJournal('{"seq":1,"at":"2026-11-22T07:50:03.000Z","prev":"000…","kind":"journal-opened",…}\n{"seq":2,"a')
 * // { records: [{ seq: 1, … }], torn: '{"seq":2,"a', fault: null, … }
 */
export function readJournal(text: string): JournalReading {
  const records: JournalRecord[] = [];
  const chain = new CheckedChain(CHAIN_START);
  const soundLength = chain.takeAll(text, record => records.push(record));
  const { end, fault } = chain;
  const torn = fault === null && soundLength < text.length ? text.slice(soundLength) : null;
  return { records, end, soundLength, torn, fault };
}

/** Checks one line after the other. */
export class CheckedChain {
  /** Where the next record continues. */
  end: ChainEnd;
  /** What is wrong with the line after the end; null when nothing is. */
  fault: JournalFault | null = null;

  /** @param start - Where the first line continues. */
  constructor(start: ChainEnd) {
    this.end = start;
  }

  /** Gives the records of the whole lines of `text` to `hear`, up to the first fault. Returns the length of these lines. */
  takeAll(text: string, hear: (record: JournalRecord, line: string) => void): number {
    let start = 0;
    for (let feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', start)) {
      const line = text.slice(start, feed);
      const checked = checkLine(line, this.end);
      if ('fault' in checked) {
        this.fault = { ...checked.fault, line: this.end.seq + 1 };
        return start;
      }
      hear(checked.record, line);
      this.end = { seq: this.end.seq + 1, hash: hashLine(line) };
      start = feed + 1;
    }
    return start;
  }
}

/** The first of `records` whose fields are not as its kind has them: the chain is whole, and somebody has changed it. */
export function faultInFields(records: readonly JournalRecord[]): JournalFault | null {
  for (const [index, record] of records.entries()) {
    const why = faultOfRecord(record);
    if (why !== null) {
      const message = `is a record of the kind ${record.kind} whose fields cannot be read: ${why}`;
      return { line: index + 1, code: 'journal.bad_record', message };
    }
  }
  return null;
}

type Checked = { readonly record: JournalRecord } | { readonly fault: Omit<JournalFault, 'line'> };

function checkLine(line: string, end: ChainEnd): Checked {
  const isMarked = line.startsWith('\uFEFF');
  if (isMarked || line.endsWith('\r')) {
    const seen = isMarked ? 'begins with a byte order mark' : 'ends with CR LF, expected LF';
    const message = `${seen}: git (core.autocrlf) or an editor has written the file again, and the hashes are of the bytes as they were`;
    return { fault: { code: 'journal.line_ends', message } };
  }
  const record = parseRecord(line);
  if (record === null) {
    return broken(`is not a record (${line.length} characters)`);
  }
  if (record.seq !== end.seq + 1) {
    return broken(`has sequence number ${String(record.seq)}, expected ${end.seq + 1}`);
  }
  if (record.prev !== end.hash) {
    return broken(
      'does not carry the hash of the line before it: a line was changed, removed or added by hand'
    );
  }
  if (end.seq === 0 && record.kind !== 'journal-opened') {
    return broken(`is a '${record.kind}' record, expected 'journal-opened'`);
  }
  if (record.kind === 'journal-opened' && record.format > JOURNAL_FORMAT) {
    const message = `has journal format ${record.format}, written by Launchbook ${record.version}; this version reads up to format ${JOURNAL_FORMAT}`;
    return { fault: { code: 'journal.newer', message } };
  }
  return { record };
}

function broken(message: string): Checked {
  return { fault: { code: 'journal.broken', message } };
}

function parseRecord(line: string): JournalRecord | null {
  try {
    const value = JSON.parse(line) as Partial<JournalRecord> | null;
    const isRecord =
      typeof value === 'object' &&
      value !== null &&
      typeof value.kind === 'string' &&
      typeof value.at === 'string';
    return isRecord ? (value as JournalRecord) : null;
  } catch {
    return null;
  }
}
