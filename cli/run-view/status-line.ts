// Lines that stay, and on a terminal one line below them that changes: where the run is, and for how long already.

const EVERY_MS = 250;

/** Writes to one stream. Elsewhere than on a terminal there are only the lines that stay. */
export class StatusLine {
  readonly #stream: NodeJS.WriteStream;
  #text: (() => string) | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** A line that stays. */
  write(line: string): void {
    this.#stream.write(`${this.#stream.isTTY ? CLEAR : ''}${line}\n`);
    this.#draw();
  }

  /** What the changing line says from now on; null takes it away. */
  show(text: (() => string) | null): void {
    this.#text = text;
    clearInterval(this.#timer);
    if (this.#stream.isTTY) {
      this.#stream.write(CLEAR);
      this.#draw();
      this.#timer = text === null ? undefined : setInterval(() => this.#draw(), EVERY_MS).unref();
    }
  }

  #draw(): void {
    if (this.#stream.isTTY && this.#text !== null) {
      // A line that wraps could not be taken away again.
      const width = (this.#stream.columns || 80) - 1;
      this.#stream.write(`${CLEAR}${[...this.#text()].slice(0, width).join('')}`);
    }
  }
}

const CLEAR = '\r\x1b[2K';
