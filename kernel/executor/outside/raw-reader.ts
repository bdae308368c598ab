// Reads descriptor 1 or 2 of the executor: text of child processes and native code, with the executor's barrier markers in
// between. A marker is a prefix with a random part, then the barrier's number; it never shows.
import { StringDecoder } from 'node:string_decoder';
import { MARKER_DIGITS } from '../wire/reporter.js';

/** Cuts raw bytes into texts and barrier numbers. */
export class RawReader {
  readonly #prefix: Buffer;
  readonly #onText: (text: string) => void;
  readonly #onBarrier: (number: number) => void;
  readonly #decoder = new StringDecoder('utf8');
  #pending: Buffer = Buffer.alloc(0);

  constructor(markerPrefix: string, onText: (text: string) => void, onBarrier: (number: number) => void) {
    this.#prefix = Buffer.from(markerPrefix, 'latin1');
    this.#onText = onText;
    this.#onBarrier = onBarrier;
  }

  push(chunk: Buffer): void {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    for (let at = this.#findMarker(); at !== -1; at = this.#findMarker()) {
      const digits = at + this.#prefix.length;
      this.#emit(at);
      this.#onBarrier(
        Number.parseInt(this.#pending.toString('latin1', digits - at, digits - at + MARKER_DIGITS), 16)
      );
      this.#pending = this.#pending.subarray(digits - at + MARKER_DIGITS);
    }
    this.#emit(this.#startOfPartialMarker());
  }

  /** The channel has ended: what looked like the beginning of a marker was text. */
  end(): void {
    this.#emit(this.#pending.length);
    const rest = this.#decoder.end();
    if (rest !== '') {
      this.#onText(rest);
    }
  }

  #findMarker(): number {
    const at = this.#pending.indexOf(this.#prefix);
    return at !== -1 && at + this.#prefix.length + MARKER_DIGITS <= this.#pending.length ? at : -1;
  }

  #startOfPartialMarker(): number {
    const bytes = this.#pending;
    const whole = bytes.indexOf(this.#prefix);
    if (whole !== -1) {
      return whole;
    }
    for (let at = Math.max(0, bytes.length - this.#prefix.length + 1); at < bytes.length; at += 1) {
      if (this.#prefix.subarray(0, bytes.length - at).equals(bytes.subarray(at))) {
        return at;
      }
    }
    return bytes.length;
  }

  #emit(length: number): void {
    const text = this.#decoder.write(this.#pending.subarray(0, length));
    this.#pending = this.#pending.subarray(length);
    if (text !== '') {
      this.#onText(text);
    }
  }
}
