// Two equal time ranges around a step or phase, searched with one query and shown beside each other.
import type { SearchResult } from './result.js';
import type { RunOptions } from './run-options.js';
import type { Search } from './search.js';
import { rangesAround, type TimeRange } from './window.js';

/** The results of both ranges. */
export interface BeforeAfterResult {
  readonly before: SearchResult;
  readonly after: SearchResult;
}

/** A search over two equal ranges. Made by {@link Search.beforeAfter}; touches nothing until it is run. */
export class BeforeAfter {
  readonly #searchIn: (range: TimeRange, caption: string) => Search;
  readonly #stepOrPhase: string;
  readonly #lengthMs: number | null;

  /** Use `search.beforeAfter()`. */
  constructor(
    searchIn: (range: TimeRange, caption: string) => Search,
    stepOrPhase: string,
    lengthMs: number | null
  ) {
    this.#searchIn = searchIn;
    this.#stepOrPhase = stepOrPhase;
    this.#lengthMs = lengthMs;
  }

  /** The two searches with fixed times. Throws code `splunk.window_open` while the step runs or the range after it is not over. */
  async resolve(): Promise<{ readonly before: Search; readonly after: Search }> {
    const { before, after } = await rangesAround(this.#stepOrPhase, this.#lengthMs);
    return {
      before: this.#searchIn(before, `Before “${this.#stepOrPhase}”`),
      after: this.#searchIn(after, `After “${this.#stepOrPhase}”`)
    };
  }

  /** Runs both searches, the one before first, and shows both results. */
  async run(options: RunOptions = {}): Promise<BeforeAfterResult> {
    const { before, after } = await this.resolve();
    return { before: await before.run(options), after: await after.run(options) };
  }
}
