// Keeps the beginning and the end of a text of any length, so that a command may print for hours in the same memory.

/** The text so far. */
export class BoundedText {
  readonly #headLimit: number;
  readonly #tailLimit: number;
  #head = '';
  #tail: string[] = [];
  #tailLength = 0;
  #dropped = 0;

  /** Keeps at most `limit` characters: the first half from the beginning, the rest from the end. */
  constructor(limit: number) {
    this.#headLimit = Math.floor(limit / 2);
    this.#tailLimit = limit - this.#headLimit;
  }

  get isTruncated(): boolean {
    return this.#dropped > 0;
  }

  push(chunk: string): void {
    const room = this.#headLimit - this.#head.length;
    this.#head += chunk.slice(0, room);
    if (chunk.length > room) {
      this.#keepEnd(chunk.slice(room));
    }
  }

  /** The whole text, or its beginning and end with a line between them that counts what is left out. */
  toString(): string {
    const tail = this.#tail.join('');
    return this.isTruncated
      ? `${this.#head}\n… ${this.#dropped.toLocaleString('en-US')} characters left out …\n${tail}`
      : this.#head + tail;
  }

  #keepEnd(chunk: string): void {
    this.#tail.push(chunk);
    this.#tailLength += chunk.length;
    let surplus = this.#tailLength - this.#tailLimit;
    while (surplus > 0) {
      const first = this.#tail[0]!;
      const cut = Math.min(surplus, first.length);
      // Small cuts wait: a new string for each chunk would cost more than the text it saves.
      if (cut < first.length && surplus < this.#tailLimit / 8) {
        return;
      }
      this.#dropped += cut;
      this.#tailLength -= cut;
      surplus -= cut;
      if (cut === first.length) {
        this.#tail.shift();
      } else {
        this.#tail[0] = first.slice(cut);
      }
    }
  }
}
