// The most text that one cell puts into the notebook: its head is shown as it comes, its tail when the cell ends, and a line between
// them says how much is left out. The whole text then goes to a file. A display in between is shown at once, after a part of
// what waits, so the order stays exact; each such part is half of what is still allowed, so the sum stays bounded.
import { bytesReaching, bytesWithin, writtenSize } from '../../../contract/base/written-size.js';
import type { OutputFile } from '../ports/ports.js';
import { sizeText } from '../../../contract/base/size-text.js';
import { leftOutLine } from './left-out-line.js';

type StreamName = 'stdout' | 'stderr';

export interface OutputLimitParts {
  /** Head and tail together, in bytes of the notebook file (`writtenSize`). */
  readonly limitBytes: number;
  readonly show: (name: StreamName, text: string) => void;
  /** Called once, when the head is full. Null when there is nowhere to keep the whole text. */
  readonly openFile: () => OutputFile | null;
}

interface Piece {
  readonly name: StreamName;
  readonly bytes: Buffer;
  /** What it takes in the file. */
  readonly size: number;
}

/** After an interrupt little is shown of the tail, so that the cell ends at once. */
const INTERRUPTED_TAIL = 64 * 1024;

const NEW_LINE = 0x0a;

/** The text of one cell on its way to the notebook. */
export class OutputLimit {
  readonly #parts: OutputLimitParts;
  #headLeft: number;
  #tailLeft: number;
  readonly #held: Piece[] = [];
  #heldSize = 0;
  #leftOut = { bytes: 0, lines: 0 };
  /** What was shown so far, for the file; null once the file has it or the cell has ended. */
  #shown: string[] | null = [];
  #file: OutputFile | null | undefined;
  #isFull = false;
  #hasEnded = false;
  #hasToldOfLateText = false;
  #endsLine = true;

  constructor(parts: OutputLimitParts) {
    this.#parts = parts;
    this.#headLeft = Math.ceil(parts.limitBytes / 2);
    this.#tailLeft = parts.limitBytes - this.#headLeft;
  }

  write(name: StreamName, text: string): void {
    const bytes = Buffer.from(text);
    const size = writtenSize(bytes);
    this.#file?.append(text);
    if (!this.#isFull && size <= this.#headLeft) {
      this.#headLeft -= size;
      this.#shown?.push(text);
      this.#show(name, text);
      return;
    }
    let cut = 0;
    if (!this.#isFull) {
      this.#isFull = true;
      cut = lineEndBefore(bytes, bytesWithin(bytes, this.#headLeft));
      this.#beginFile(text);
      this.#show(name, bytes.toString('utf8', 0, cut));
      this.#tell(name, this.#beginning());
    } else if (this.#hasEnded && !this.#hasToldOfLateText) {
      this.#tell(name, this.#beginning());
    }
    this.#hasToldOfLateText = this.#hasEnded;
    const held = bytes.subarray(cut);
    this.#hold({ name, bytes: held, size: writtenSize(held) });
  }

  /** Something else is shown now: what waits before it comes first, in part. */
  makeWay(): void {
    if (this.#heldSize > 0) {
      this.#release(Math.floor(this.#tailLeft / 2));
    }
  }

  /** The outputs are emptied, so the cell may show as much as at its beginning. */
  clear(): void {
    this.#held.length = 0;
    this.#heldSize = 0;
    this.#leftOut = { bytes: 0, lines: 0 };
    this.#headLeft = Math.ceil(this.#parts.limitBytes / 2);
    this.#tailLeft = this.#parts.limitBytes - this.#headLeft;
    this.#isFull = false;
    this.#endsLine = true;
  }

  /** Shows the tail. What the cell still prints afterwards is shown as far as its limit allows. */
  end(isInterrupted: boolean): void {
    this.#release(isInterrupted ? Math.min(this.#tailLeft, INTERRUPTED_TAIL) : this.#tailLeft);
    this.#hasEnded = true;
    this.#shown = null;
  }

  /** Nothing more will come. */
  close(): void {
    this.#release(this.#tailLeft);
    this.#file?.close();
  }

  #beginFile(text: string): void {
    if (this.#file !== undefined) {
      return;
    }
    this.#file = this.#parts.openFile();
    (this.#shown ?? ['(what this cell printed before it ended is in the notebook)\n']).forEach(part =>
      this.#file?.append(part)
    );
    this.#file?.append(text);
    this.#shown = null;
  }

  #beginning(): string {
    const size = sizeText(Math.ceil(this.#parts.limitBytes / 2));
    const place = this.#file ? ` The whole output is kept in ${this.#file.name}.` : '';
    return this.#hasEnded
      ? `This cell has ended and prints on; beyond ${size} of the notebook it is no longer shown here.${place}`
      : `This cell fills ${size} of the notebook; the last lines of what follows are shown when it ends.${place}`;
  }

  #hold(piece: Piece): void {
    this.#held.push(piece);
    this.#heldSize += piece.size;
    this.#dropUntil(this.#hasEnded ? 0 : this.#tailLeft);
  }

  #dropUntil(limit: number): void {
    while (this.#heldSize > limit) {
      const { name, bytes, size } = this.#held[0]!;
      const surplus = this.#heldSize - limit;
      const cut =
        limit === 0 || surplus >= size ? bytes.length : lineStartAfter(bytes, bytesReaching(bytes, surplus));
      const kept = bytes.subarray(cut);
      const keptSize = cut === bytes.length ? 0 : writtenSize(kept);
      this.#leftOut.bytes += cut;
      this.#leftOut.lines += countLines(bytes.subarray(0, cut));
      this.#heldSize -= size - keptSize;
      if (cut === bytes.length) {
        this.#held.shift();
      } else {
        this.#held[0] = { name, bytes: kept, size: keptSize };
      }
    }
  }

  #release(limit: number): void {
    this.#dropUntil(limit);
    this.#tailLeft -= this.#heldSize;
    this.#heldSize = 0;
    const pieces = this.#held.splice(0);
    if (this.#leftOut.bytes > 0) {
      this.#tell(pieces[0]?.name ?? 'stdout', leftOutLine(this.#leftOut, this.#file?.name ?? null));
      this.#leftOut = { bytes: 0, lines: 0 };
    }
    pieces.forEach(({ name, bytes }) => this.#show(name, bytes.toString('utf8')));
  }

  #tell(name: StreamName, sentence: string): void {
    this.#show(name, `${this.#endsLine ? '' : '\n'}[launchbook] ${sentence}\n`);
  }

  #show(name: StreamName, text: string): void {
    if (text !== '') {
      this.#endsLine = text.endsWith('\n');
      this.#parts.show(name, text);
    }
  }
}

/** The end of the last line that fits into `limit` bytes; of the last character when no line does. */
function lineEndBefore(bytes: Buffer, limit: number): number {
  if (limit === 0) {
    return 0;
  }
  const line = bytes.lastIndexOf(NEW_LINE, limit - 1) + 1;
  return line > 0 ? line : characterStart(bytes, limit, -1);
}

/** The start of the first line at or after `offset`; of the first character when the rest is one line. */
function lineStartAfter(bytes: Buffer, offset: number): number {
  if (offset >= bytes.length) {
    return bytes.length;
  }
  const line = bytes.indexOf(NEW_LINE, offset - 1) + 1;
  return line > 0 && line < bytes.length ? line : characterStart(bytes, offset, 1);
}

function characterStart(bytes: Buffer, offset: number, step: 1 | -1): number {
  let start = offset;
  while (start > 0 && start < bytes.length && (bytes[start]! & 0xc0) === 0x80) {
    start += step;
  }
  return start;
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEW_LINE); at >= 0; at = bytes.indexOf(NEW_LINE, at + 1)) {
    count += 1;
  }
  return count;
}
