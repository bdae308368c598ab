// Remembers which signatures have been seen, so that a recorded message cannot be sent again: every genuine message has an id of its
// own, so no two have the same signature. Two generations bound the memory; the older one is dropped when the newer is full.

const GENERATION = 32_768;

/** Enough of a signature to tell genuine ones apart. */
const KEPT_LENGTH = 24;

/** The signatures of at least the last 32,768 messages. */
export class SeenSignatures {
  readonly #generation: number;
  #newer = new Set<string>();
  #older = new Set<string>();

  constructor(generation = GENERATION) {
    this.#generation = generation;
  }

  /** True when this signature was added before; adds it otherwise. Only for signatures that were verified. */
  hasSeen(signature: Uint8Array): boolean {
    const kept = Buffer.from(signature.subarray(0, KEPT_LENGTH)).toString('latin1');
    if (this.#newer.has(kept) || this.#older.has(kept)) {
      return true;
    }
    if (this.#newer.size >= this.#generation) {
      this.#older = this.#newer;
      this.#newer = new Set();
    }
    this.#newer.add(kept);
    return false;
  }
}
