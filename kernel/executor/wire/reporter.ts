// The executor's way up to the supervisor: reports, text and barriers. A barrier puts a marker into all three output channels: the
// supervisor lets nothing pass it before the same marker has come on the other two.
import { Buffer } from 'node:buffer';
import type { CellOutput } from '../../../contract/notebook/output.js';
import { encodeMessage, encodeText } from './frames.js';
import type { Report } from './messages.js';
import type { ReportChannel } from './report-channel.js';
import { writeAll } from './write-all.js';

/** Characters of a text in one frame. */
const LONGEST_TEXT = 8 * 1024 * 1024;

/** Writes reports, text and barriers. */
export class Reporter {
  readonly #channel: ReportChannel;
  #markerPrefix = '';
  #barriers = 0;

  constructor(channel: ReportChannel) {
    this.#channel = channel;
  }

  setMarkerPrefix(prefix: string): void {
    this.#markerPrefix = prefix;
  }

  /** Throws, before anything is written, when the report cannot be written as JSON. */
  report(report: Report): void {
    this.#channel.send(encodeMessage(report));
  }

  output(cell: string | null, output: CellOutput): void {
    this.report({ kind: 'output', cell, output });
  }

  text(name: 'stdout' | 'stderr', cell: string | null, text: string): void {
    for (let start = 0; start < text.length; start += LONGEST_TEXT) {
      this.#channel.gather(encodeText(name, cell, text.slice(start, start + LONGEST_TEXT)));
    }
  }

  /** Everything written before it, by anybody on any channel, is published before anything written after it. */
  barrier(): void {
    this.#channel.send(this.#makeBarrier());
  }

  #makeBarrier(): Buffer {
    this.#barriers += 1;
    const marker = encodeMarker(this.#markerPrefix, this.#barriers);
    const marked = ([1, 2] as const).filter(fd => isWritten(fd, marker));
    return encodeMessage({ kind: 'barrier', number: this.#barriers, marked });
  }
}

/** The bytes of barrier `number` in a raw channel. Its length does not depend on the number. */
export function encodeMarker(prefix: string, number: number): Buffer {
  return Buffer.from(`${prefix}${number.toString(16).padStart(MARKER_DIGITS, '0')}`, 'latin1');
}

/** Hexadecimal digits of a marker's number. */
export const MARKER_DIGITS = 8;

// A cell may close descriptor 1 or 2; the barrier then goes without that channel.
function isWritten(fd: number, bytes: Buffer): boolean {
  try {
    writeAll(fd, bytes);
    return true;
  } catch {
    return false;
  }
}
