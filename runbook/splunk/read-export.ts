// Reads the answer of Splunk's export endpoint: one JSON object a line, results and messages mixed.
// Only an answer with its last row, or none at all, is complete; from half an answer nothing may be concluded.

/** One row. Splunk sends every value as text, or as a list of texts. */
export interface SearchRow {
  readonly [field: string]: string | readonly string[];
}

/** A message of Splunk, for example `{ type: 'FATAL', text: "Unknown search command 'foo'." }`. */
export interface SplunkMessage {
  readonly type: string;
  readonly text: string;
}

/** Collects lines. */
export class ExportReader {
  readonly rows: SearchRow[] = [];
  readonly messages: SplunkMessage[] = [];
  /** True when a line was not JSON: somebody else than Splunk answered. */
  isForeign = false;
  #hasLastRow = false;
  #partial = '';
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** More of the answer. */
  push(text: string): void {
    const lines = (this.#partial + text).split('\n');
    this.#partial = lines.pop() ?? '';
    lines.forEach(line => this.#readLine(line));
  }

  /** The end of the answer. */
  end(): void {
    this.#readLine(this.#partial);
    this.#partial = '';
  }

  /** True when enough rows have come. */
  get isFull(): boolean {
    return this.rows.length > this.#limit;
  }

  /** True when the answer came whole. */
  get isComplete(): boolean {
    return this.#hasLastRow || this.rows.length === 0;
  }

  /** The first message that says that the search failed, or null. */
  get fatal(): SplunkMessage | null {
    return this.messages.find(message => /^(FATAL|ERROR)$/i.test(message.type)) ?? null;
  }

  #readLine(line: string): void {
    if (line.trim() === '') {
      return;
    }
    try {
      const value = JSON.parse(line) as {
        preview?: boolean;
        lastrow?: boolean;
        result?: SearchRow;
        messages?: readonly SplunkMessage[];
      };
      this.messages.push(...(value.messages ?? []));
      if (value.preview !== true) {
        this.#hasLastRow ||= value.lastrow === true;
        if (value.result) {
          this.rows.push(value.result);
        }
      }
    } catch {
      this.isForeign = true;
    }
  }
}
