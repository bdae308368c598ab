// Collects the text that one cell writes, so that a loop of 20,000 lines becomes a few messages: servers drop output
// beyond about 1,000 messages a second. Text leaves after a pause, when it is large, or when the other stream writes.

export interface StreamLimits {
  /** Longest time that text waits, in milliseconds. */
  readonly flushAfterMs: number;
  /** Text is sent as soon as it has this many UTF-16 code units. */
  readonly flushAtLength: number;
}

type StreamName = 'stdout' | 'stderr';

/** The unsent text of one cell. */
export class StreamBuffer {
  readonly #limits: StreamLimits;
  readonly #send: (name: StreamName, text: string) => void;
  #name: StreamName = 'stdout';
  #chunks: string[] = [];
  #length = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(limits: StreamLimits, send: (name: StreamName, text: string) => void) {
    this.#limits = limits;
    this.#send = send;
  }

  write(name: StreamName, text: string): void {
    if (name !== this.#name) {
      this.flush();
      this.#name = name;
    }
    this.#chunks.push(text);
    this.#length += text.length;
    if (this.#length >= this.#limits.flushAtLength) {
      this.flush();
    } else {
      this.#timer ??= setTimeout(() => this.flush(), this.#limits.flushAfterMs);
    }
  }

  flush(): void {
    if (this.#timer) {
      clearTimeout(this.#timer);
      this.#timer = null;
    }
    if (this.#length > 0) {
      const text = this.#chunks.join('');
      this.#chunks = [];
      this.#length = 0;
      this.#send(this.#name, text);
    }
  }
}
