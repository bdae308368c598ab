// Folds a journal file of any length piece by piece: neither its text nor its records are ever held as a whole.
import { closeSync, openSync, readSync } from 'node:fs';
import { FoldedJournal } from '../../decisions/folded-journal.js';
import { checkFileOfRun } from '../../files/read-file.js';
import { CHAIN_START, type ChainEnd } from '../chain.js';
import { CheckedChain, type JournalFault } from '../read-journal.js';

/** How far a fold has come. */
export interface FoldedPart {
  readonly folded: FoldedJournal;
  readonly end: ChainEnd;
  /** Bytes of the whole lines up to there. */
  readonly bytes: number;
}

/** What the lines of a file come to, up to the first one with a fault. */
export interface FoldedFile extends FoldedPart {
  readonly fault: JournalFault | null;
}

const PIECE_BYTES = 1024 * 1024;
const LINE_FEED = 0x0a;

/**
 * Reads, checks and folds the whole lines of the first `bytes` bytes of the journal at `path`.
 *
 * @param from - A fold of its beginning, which goes on. @default the empty one
 * @throws FileRefusedError for what is no regular file or is too large.
 */
export function foldFile(path: string, bytes: number, from: FoldedPart = nothing()): FoldedFile {
  const { folded } = from;
  const chain = new CheckedChain(from.end);
  let sound = from.bytes;
  for (const text of wholeLines(path, from.bytes, bytes)) {
    const start = chain.takeAll(text, record => folded.read(record));
    sound += Buffer.byteLength(chain.fault ? text.slice(0, start) : text);
    if (chain.fault) {
      break;
    }
  }
  return { folded, end: chain.end, bytes: sound, fault: chain.fault };
}

function nothing(): FoldedPart {
  return { folded: new FoldedJournal(), end: CHAIN_START, bytes: 0 };
}

/** The text between two places of a file, in pieces that end with a line. What stands after the last line feed is left out. */
export function* wholeLines(path: string, from: number, to: number): Generator<string> {
  checkFileOfRun(path, 'journal');
  const file = openSync(path, 'r');
  try {
    for (let place = from, size = PIECE_BYTES; place < to;) {
      const piece = Buffer.allocUnsafe(Math.min(size, to - place));
      const count = readSync(file, piece, 0, piece.length, place);
      const length = piece.lastIndexOf(LINE_FEED, count - 1) + 1;
      if (count === 0 || (length === 0 && place + count === to)) {
        return;
      }
      // A line may be longer than a piece.
      size = length === 0 ? size * 2 : PIECE_BYTES;
      place += length;
      if (length > 0) {
        yield piece.toString('utf8', 0, length);
      }
    }
  } finally {
    closeSync(file);
  }
}

/** Where the first line begins after a place of a file; its end when none does. */
export function lineStartAfter(path: string, place: number, end: number): number {
  const file = openSync(path, 'r');
  try {
    const piece = Buffer.allocUnsafe(PIECE_BYTES / 16);
    for (let at = place; at < end; at += piece.length) {
      const count = readSync(file, piece, 0, piece.length, at);
      const feed = piece.subarray(0, count).indexOf(LINE_FEED);
      if (feed >= 0) {
        return Math.min(at + feed + 1, end);
      }
    }
    return end;
  } finally {
    closeSync(file);
  }
}
