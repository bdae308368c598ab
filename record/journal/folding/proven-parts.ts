// Parts of a journal that were read and checked line by line once. Where their bytes are the same, as one hash tells, their chain is
// whole still, and the lines that change nothing in the fold need not be parsed again; all others are.
import { closeSync, openSync, readSync } from 'node:fs';
import { sha256 } from '../../hash.js';
import type { ProvenPart } from '../written-parts.js';
import { wholePieces } from './whole-lines.js';

/** Whole lines that were read. */
export interface ReadPiece {
  readonly from: number;
  readonly content: Buffer;
  /** Set: they are as they were when they were checked. */
  readonly proven: ProvenPart | null;
}

/** Parts shorter than this are read, and proven anew, together. */
const PART_BYTES = 1024 * 1024;
const LINE_FEED = 0x0a;

/**
 * The whole lines between two places of a file. A part that is not as it was is read as if nobody had spoken of it.
 * The bytes of a piece are there until the next one is asked for.
 */
export function* readPieces(
  path: string,
  from: number,
  to: number,
  parts: readonly ProvenPart[]
): Generator<ReadPiece> {
  let place = from;
  let space: Buffer = Buffer.alloc(0);
  for (const group of groupsOf(parts, from, to)) {
    const { from: begin } = group[0]!;
    const { to: end } = group.at(-1)!;
    if (space.length <= end - begin) {
      space = Buffer.allocUnsafeSlow(Math.max(end - begin + 1, 2 * PART_BYTES));
    }
    const content = readRange(path, begin, end, space);
    if (begin >= place && content !== null) {
      yield* unproven(path, place, begin);
      const isSame = group.every(
        part => sha256(content.subarray(part.from - begin, part.to - begin)) === part.hash
      );
      const proven = group.length === 1 ? group[0]! : { from: begin, to: end, hash: sha256(content) };
      yield { from: begin, content, proven: isSame ? proven : null };
      place = end;
    }
  }
  yield* unproven(path, place, to);
}

function* unproven(path: string, from: number, to: number): Generator<ReadPiece> {
  let place = from;
  for (const content of from < to ? wholePieces(path, from, to) : []) {
    yield { from: place, content, proven: null };
    place += content.length;
  }
}

/** Those that follow each other, until they are long enough. */
function groupsOf(parts: readonly ProvenPart[], from: number, to: number): ProvenPart[][] {
  const groups: ProvenPart[][] = [];
  for (const part of parts.filter(one => one.from >= from && one.to <= to && one.from < one.to)) {
    const group = groups.at(-1);
    if (group?.at(-1)?.to === part.from && part.from - group[0]!.from < PART_BYTES) {
      group.push(part);
    } else {
      groups.push([part]);
    }
  }
  return groups;
}

/** Null when these are no whole lines. `space` has room for one byte more. */
function readRange(path: string, from: number, to: number, space: Buffer): Buffer | null {
  const before = Math.min(from, 1);
  const bytes = space.subarray(0, to - from + before);
  const file = openSync(path, 'r');
  try {
    let count = 0;
    for (let read = -1; read !== 0 && count < bytes.length; count += read) {
      read = readSync(file, bytes, count, bytes.length - count, from - before + count);
    }
    const isWhole = count === bytes.length && bytes.at(-1) === LINE_FEED;
    return isWhole && (before === 0 || bytes[0] === LINE_FEED) ? bytes.subarray(before) : null;
  } finally {
    closeSync(file);
  }
}
