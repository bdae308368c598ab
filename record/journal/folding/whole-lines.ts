// The whole lines of a part of a journal, piece by piece: a file of any length is never held as a whole.
import { closeSync, openSync, readSync } from 'node:fs';
import { checkFileOfRun } from '../../files/read-file.js';

const PIECE_BYTES = 1024 * 1024;
const LINE_FEED = 0x0a;

/** The text between two places of a file, in pieces that end with a line. What stands after the last line feed is left out. */
export function* wholeLines(path: string, from: number, to: number): Generator<string> {
  for (const piece of wholePieces(path, from, to)) {
    yield piece.toString('utf8');
  }
}

/** The same as bytes. */
export function* wholePieces(path: string, from: number, to: number): Generator<Buffer> {
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
        yield piece.subarray(0, length);
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
