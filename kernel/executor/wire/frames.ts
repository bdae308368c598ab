// Frames between supervisor and executor: a little-endian length, one type byte, a payload. Messages are JSON; stream text has
// its own two types so that a flood of lines costs no JSON. The reader keeps its position in fields and moves it before it hands
// a frame out: when the handler is terminated by an interrupt, the next chunk continues where it stopped.
import { Buffer } from 'node:buffer';
import type { Json } from '../../../contract/base/json.js';
import { withoutToJson } from './without-to-json.js';

/** One frame: a message, or text that a cell (or nobody) printed. */
export type Frame =
  | { readonly kind: 'message'; readonly message: Json }
  | {
      readonly kind: 'text';
      readonly name: 'stdout' | 'stderr';
      readonly cell: string | null;
      readonly text: string;
    };

const HEADER_BYTES = 5;
const MESSAGE = 0;
const TEXT_TYPES = { stdout: 1, stderr: 2 } as const;
const NO_CELL = 0xffff;
const { parse, stringify } = JSON;

/** Of a frame in bytes. What is longer cannot have been meant, or would fill the memory of whoever reads it. */
const MOST_BYTES = 256 * 1024 * 1024;

/** The stream is not one of frames: somebody else writes to it. */
class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** A message as one frame. */
export function encodeMessage(message: unknown): Buffer {
  const payload = Buffer.from(
    withoutToJson(() => stringify(message)),
    'utf8'
  );
  if (payload.length > MOST_BYTES) {
    throw new FrameError(
      `${payload.length.toLocaleString('en-US')} bytes are more than the ${MOST_BYTES.toLocaleString('en-US')} that the kernel takes at once.`
    );
  }
  const frame = Buffer.allocUnsafe(HEADER_BYTES + payload.length);
  writeHeader(frame, MESSAGE);
  payload.copy(frame, HEADER_BYTES);
  return frame;
}

/** Printed text as one frame. */
export function encodeText(name: 'stdout' | 'stderr', cell: string | null, text: string): Buffer {
  const keyLength = cell === null ? 0 : Buffer.byteLength(cell);
  const textStart = HEADER_BYTES + 2 + keyLength;
  const frame = Buffer.allocUnsafe(textStart + Buffer.byteLength(text));
  writeHeader(frame, TEXT_TYPES[name]);
  frame.writeUInt16LE(cell === null ? NO_CELL : keyLength, HEADER_BYTES);
  if (cell !== null) {
    frame.write(cell, HEADER_BYTES + 2);
  }
  frame.write(text, textStart);
  return frame;
}

/** Cuts a byte stream into frames. `push` throws a {@link FrameError} when it is none. */
export class FrameReader {
  readonly #handle: (frame: Frame) => void;
  #chunks: Buffer[] = [];
  #size = 0;

  constructor(handle: (frame: Frame) => void) {
    this.#handle = handle;
  }

  push(chunk: Buffer): void {
    this.#chunks = [...this.#chunks, chunk];
    this.#size += chunk.length;
    let bytes: Buffer | null;
    while ((bytes = this.#take()) !== null) {
      this.#handle(decode(bytes));
    }
  }

  #take(): Buffer | null {
    const first = this.#chunks[0];
    if (first === undefined || this.#size < HEADER_BYTES) {
      return null;
    }
    const head = first.length < HEADER_BYTES ? this.#join() : first;
    const length = HEADER_BYTES + head.readUInt32LE(0);
    const type = head[HEADER_BYTES - 1]!;
    if (length > HEADER_BYTES + MOST_BYTES || type > TEXT_TYPES.stderr) {
      throw new FrameError(
        `A frame of type ${type} with ${length.toLocaleString('en-US')} bytes was announced.`
      );
    }
    if (this.#size < length) {
      return null;
    }
    const all = head.length < length ? this.#join() : head;
    this.#chunks[0] = all.subarray(length);
    this.#size -= length;
    if (all.length === length) {
      this.#chunks.shift();
    }
    return all.subarray(0, length);
  }

  #join(): Buffer {
    const joined = Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }
}

function writeHeader(frame: Buffer, type: number): void {
  frame.writeUInt32LE(frame.length - HEADER_BYTES, 0);
  frame[4] = type;
}

function decode(bytes: Buffer): Frame {
  if (bytes[4] === MESSAGE) {
    try {
      return { kind: 'message', message: parse(bytes.toString('utf8', HEADER_BYTES)) as Json };
    } catch (error) {
      throw new FrameError('A message is not JSON.', { cause: error });
    }
  }
  const keyLength = bytes.readUInt16LE(HEADER_BYTES);
  const keyStart = HEADER_BYTES + 2;
  const textStart = keyStart + (keyLength === NO_CELL ? 0 : keyLength);
  return {
    kind: 'text',
    name: bytes[4] === TEXT_TYPES.stderr ? 'stderr' : 'stdout',
    cell: keyLength === NO_CELL ? null : bytes.toString('utf8', keyStart, textStart),
    text: bytes.toString('utf8', textStart)
  };
}
