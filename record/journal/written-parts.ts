// Hashes of what this process writes into a journal, taken while it is written: whoever opens the journal again sees by them that these
// lines are as they were.
import { createHash, type Hash } from 'node:crypto';

/** Whole lines between two places of a file. */
export interface ProvenPart {
  readonly from: number;
  readonly to: number;
  /** SHA-256 of the bytes. */
  readonly hash: string;
}

/** A part ends with the record after so many bytes. */
const PART_BYTES = 1024 * 1024;

/** What this process has written since it opened a journal: its chain is whole by the way it was made. */
export class WrittenParts {
  readonly #parts: ProvenPart[] = [];
  #from: number;
  #to: number;
  #hash: Hash = createHash('sha256');

  /** @param from - Where the first line will stand. */
  constructor(from: number) {
    this.#from = from;
    this.#to = from;
  }

  take(lines: Uint8Array): void {
    this.#hash.update(lines);
    this.#to += lines.length;
    if (this.#to - this.#from > PART_BYTES) {
      this.#parts.push(this.#last());
      this.#from = this.#to;
      this.#hash = createHash('sha256');
    }
  }

  /** All of them so far. */
  all(): readonly ProvenPart[] {
    return this.#to > this.#from ? [...this.#parts, this.#last()] : [...this.#parts];
  }

  #last(): ProvenPart {
    return { from: this.#from, to: this.#to, hash: this.#hash.copy().digest('hex') };
  }
}
