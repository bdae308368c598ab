// The most text that one cell puts into the notebook: its head is shown as it comes, its tail when the cell ends, and a line between
// them says how much is left out. The whole text then goes to a file. A display in between is shown at once, after a part of
// what waits, so the order stays exact; each such part is half of what is still allowed, so the sum stays bounded.
import type { OutputFile } from './ports.js';
import { exactSizeText, sizeText } from './size-text.js';

type StreamName = 'stdout' | 'stderr';

export interface OutputLimitParts {
  /** Head and tail together, in bytes of UTF-8. */
  readonly limitBytes: number;
  readonly show: (name: StreamName, text: string) => void;
  /** Called once, when the head is full. Null when there is nowhere to keep the whole text. */
  readonly openFile: () => OutputFile | null;
}

interface Piece {
  readonly name: StreamName;
  readonly bytes: Buffer;
}

/** After an interrupt little is shown of the tail, so that the cell ends at once. */
const INTERRUPTED_TAIL_BYTES = 64 * 1024;

const NEW_LINE = 0x0a;

/** The text of one cell on its way to the notebook. */
export class OutputLimit {
  private headLeft: number;
  private tailLeft: number;
  private readonly held: Piece[] = [];
  private heldBytes = 0;
  private leftOut = { bytes: 0, lines: 0 };
  /** What was shown so far, for the file; null once the file has it or the cell has ended. */
  private shown: string[] | null = [];
  private file: OutputFile | null | undefined;
  private isFull = false;
  private hasEnded = false;
  private hasToldOfLateText = false;
  private endsLine = true;

  constructor(private readonly parts: OutputLimitParts) {
    this.headLeft = Math.ceil(parts.limitBytes / 2);
    this.tailLeft = parts.limitBytes - this.headLeft;
  }

  write(name: StreamName, text: string): void {
    const size = Buffer.byteLength(text);
    this.file?.append(text);
    if (!this.isFull && size <= this.headLeft) {
      this.headLeft -= size;
      this.shown?.push(text);
      this.show(name, text);
      return;
    }
    const bytes = Buffer.from(text);
    let cut = 0;
    if (!this.isFull) {
      this.isFull = true;
      cut = lineEndBefore(bytes, this.headLeft);
      this.beginFile(text);
      this.show(name, bytes.toString('utf8', 0, cut));
      this.tell(name, this.beginning());
    } else if (this.hasEnded && !this.hasToldOfLateText) {
      this.tell(name, this.beginning());
    }
    this.hasToldOfLateText = this.hasEnded;
    this.hold({ name, bytes: bytes.subarray(cut) });
  }

  /** Something else is shown now: what waits before it comes first, in part. */
  makeWay(): void {
    if (this.heldBytes > 0) {
      this.release(Math.floor(this.tailLeft / 2));
    }
  }

  /** The outputs are emptied, so the cell may show as much as at its beginning. */
  clear(): void {
    this.held.length = 0;
    this.heldBytes = 0;
    this.leftOut = { bytes: 0, lines: 0 };
    this.headLeft = Math.ceil(this.parts.limitBytes / 2);
    this.tailLeft = this.parts.limitBytes - this.headLeft;
    this.isFull = false;
    this.endsLine = true;
  }

  /** Shows the tail. What the cell still prints afterwards is shown as far as its limit allows. */
  end(isInterrupted: boolean): void {
    this.release(isInterrupted ? Math.min(this.tailLeft, INTERRUPTED_TAIL_BYTES) : this.tailLeft);
    this.hasEnded = true;
    this.shown = null;
  }

  /** Nothing more will come. */
  close(): void {
    this.release(this.tailLeft);
    this.file?.close();
  }

  private beginFile(text: string): void {
    if (this.file !== undefined) {
      return;
    }
    this.file = this.parts.openFile();
    (this.shown ?? ['(what this cell printed before it ended is in the notebook)\n']).forEach(part =>
      this.file?.append(part)
    );
    this.file?.append(text);
    this.shown = null;
  }

  private beginning(): string {
    const size = sizeText(Math.ceil(this.parts.limitBytes / 2));
    const place = this.file ? ` The whole output is kept in ${this.file.name}.` : '';
    return this.hasEnded
      ? `This cell has ended and prints on; after ${size} it is no longer shown here.${place}`
      : `This cell has printed ${size}; the last lines of what follows are shown when it ends.${place}`;
  }

  private hold(piece: Piece): void {
    this.held.push(piece);
    this.heldBytes += piece.bytes.length;
    this.dropUntil(this.hasEnded ? 0 : this.tailLeft);
  }

  private dropUntil(limit: number): void {
    while (this.heldBytes > limit) {
      const { name, bytes } = this.held[0]!;
      const cut = limit === 0 ? bytes.length : lineStartAfter(bytes, this.heldBytes - limit);
      this.leftOut.bytes += cut;
      this.leftOut.lines += countLines(bytes.subarray(0, cut));
      this.heldBytes -= cut;
      if (cut === bytes.length) {
        this.held.shift();
      } else {
        this.held[0] = { name, bytes: bytes.subarray(cut) };
      }
    }
  }

  private release(limit: number): void {
    this.dropUntil(limit);
    this.tailLeft -= this.heldBytes;
    this.heldBytes = 0;
    const pieces = this.held.splice(0);
    if (this.leftOut.bytes > 0) {
      const { bytes, lines } = this.leftOut;
      const place = this.file ? `; the whole output is in ${this.file.name}` : '';
      this.tell(
        pieces[0]?.name ?? 'stdout',
        `${exactSizeText(bytes, lines)} of output are left out here${place}.`
      );
      this.leftOut = { bytes: 0, lines: 0 };
    }
    pieces.forEach(({ name, bytes }) => this.show(name, bytes.toString('utf8')));
  }

  private tell(name: StreamName, sentence: string): void {
    this.show(name, `${this.endsLine ? '' : '\n'}[launchbook] ${sentence}\n`);
  }

  private show(name: StreamName, text: string): void {
    if (text !== '') {
      this.endsLine = text.endsWith('\n');
      this.parts.show(name, text);
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
