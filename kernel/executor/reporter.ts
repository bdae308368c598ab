// The executor's way up to the supervisor. Every report is written at once and synchronously, so that a line printed just before
// an endless loop or a crash still arrives; 20,000 lines cost about 50 ms this way. A barrier puts a marker into all three output
// channels: the supervisor lets nothing pass it before the same marker has come on the other two.
import { Buffer } from 'node:buffer';
import { writeSync } from 'node:fs';
import type { CellOutput } from '../core/ports.js';
import { encodeMessage, encodeText } from './frames.js';
import { Atomics } from './intrinsics.js';
import { REPORTS_FD, type Report } from './messages.js';

// Copied, not imported live: tag-output.ts replaces the module's own function.
const write = writeSync;
const sleepCell = new Int32Array(new SharedArrayBuffer(4));
const sleep = Atomics.wait;

/** Writes reports, text and barriers. */
export class Reporter {
  #markerPrefix = '';
  #barriers = 0;

  setMarkerPrefix(prefix: string): void {
    this.#markerPrefix = prefix;
  }

  report(report: Report): void {
    writeAll(REPORTS_FD, encodeMessage(report));
  }

  output(cell: string | null, output: CellOutput): void {
    this.report({ kind: 'output', cell, output });
  }

  text(name: 'stdout' | 'stderr', cell: string | null, text: string): void {
    writeAll(REPORTS_FD, encodeText(name, cell, text));
  }

  /** Everything written before it, by anybody on any channel, is published before anything written after it. */
  barrier(): void {
    this.#barriers += 1;
    const marker = encodeMarker(this.#markerPrefix, this.#barriers);
    const marked = ([1, 2] as const).filter(fd => isWritten(fd, marker));
    this.report({ kind: 'barrier', number: this.#barriers, marked });
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

function writeAll(fd: number, bytes: Buffer): void {
  let offset = 0;
  while (offset < bytes.length) {
    try {
      offset += write(fd, bytes, offset, bytes.length - offset);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') {
        throw error;
      }
      sleep(sleepCell, 0, 0, 1);
    }
  }
}
