// Reads the answer of Splunk's export endpoint: one JSON object a line, results and messages mixed.
// Only an answer with its last row is complete, and one without rows says so too; from anything else nothing may be concluded.
import { readMessages, type SplunkMessage } from './messages.js';

/** One row. Splunk sends every value as text, or as a list of texts. */
export interface SearchRow {
  readonly [field: string]: string | readonly string[];
}

/** Collects lines. */
export class ExportReader {
  readonly rows: SearchRow[] = [];
  readonly messages: SplunkMessage[] = [];
  /** True when the first line was not JSON: somebody else than Splunk answered. */
  isForeign = false;
  /** True when the last of the rows that came was marked as the last one. */
  #isAtEnd = false;
  /** A later line cannot be read. */
  #isCut = false;
  #lines = 0;
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
    return this.#isAtEnd && !this.#isCut;
  }

  #readLine(line: string): void {
    if (line.trim() === '') {
      return;
    }
    this.#lines += 1;
    const value = parseObject(line);
    if (value === null) {
      this.isForeign ||= this.#lines === 1;
      this.#isCut = true;
      return;
    }
    this.messages.push(...readMessages(value.messages));
    if (value.preview === true) {
      return;
    }
    if (value.result !== undefined || value.lastrow !== undefined) {
      this.#isAtEnd = value.lastrow === true;
    }
    if (value.result) {
      this.rows.push(value.result);
    }
  }
}

interface ExportLine {
  readonly preview?: boolean;
  readonly lastrow?: boolean;
  readonly result?: SearchRow;
  readonly messages?: unknown;
}

function parseObject(line: string): ExportLine | null {
  try {
    const value = JSON.parse(line) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
