// Two equal time ranges around a step or phase, searched with one query and shown beside each other.
import { formatCount } from '../../contract/base/format.js';
import type { SearchResult } from './result.js';
import { SearchFailedError } from './search-failed-error.js';
import type { RunOptions } from './run-options.js';
import { rangesAround, type TimeRange } from './window.js';

/** A search that can be run: {@link Search}. */
interface Runnable {
  run(options?: RunOptions): Promise<SearchResult>;
}

/** The results of both ranges. */
export interface BeforeAfterResult {
  /** Of the range that ends where the step or phase began. */
  readonly before: SearchResult;
  /** Of the range that begins where it ended. */
  readonly after: SearchResult;
}

/** A search over two equal ranges. Made by {@link Search.beforeAfter}; touches nothing until it is run. */
export class BeforeAfter<S extends Runnable> {
  readonly #searchIn: (range: TimeRange, caption: string) => S;
  readonly #stepOrPhase: string;
  readonly #lengthMs: number | null;
  readonly #waits: boolean;

  /** Use `search.beforeAfter()`. */
  constructor(
    searchIn: (range: TimeRange, caption: string) => S,
    stepOrPhase: string,
    lengthMs: number | null,
    waits: boolean
  ) {
    this.#searchIn = searchIn;
    this.#stepOrPhase = stepOrPhase;
    this.#lengthMs = lengthMs;
    this.#waits = waits;
  }

  /**
   * The two searches with fixed times. Nothing is sent. On resume the times are looked up again. With the option `wait` it waits
   * until the range is over.
   *
   * @throws code `splunk.window_open` while the step runs, or the range after it is not over and there is no option `wait`; `run.no_such_step`,
   * `run.ambiguous_step` and `run.not_started` for a name without one recorded time.
   * @example
   * (await errors.beforeAfter('First batch', { length: '10m' }).resolve()).after.link() // 'https://splunk…/search?q=…'
   */
  async resolve(): Promise<{ readonly before: S; readonly after: S }> {
    const { before, after } = await rangesAround(this.#stepOrPhase, this.#lengthMs, this.#waits);
    return {
      before: this.#searchIn(before, `Before “${this.#stepOrPhase}”`),
      after: this.#searchIn(after, `After “${this.#stepOrPhase}”`)
    };
  }

  /**
   * Runs both searches, the one before first, and shows both results.
   *
   * Recorded: on resume a finished search gives back its recorded rows.
   * @param options - Of each of the two searches.
   * @throws {@link SearchFailedError} when one could not be run to its end; with code `splunk.incomplete` when rows may be missing or one
   * found more rows than the limit; codes of `resolve()` before anything is sent.
   * @example
   * await errors.beforeAfter('First batch', { length: '10m' }).run() // { before: SearchResult { count: 2, … }, after: … }
   */
  async run(options: RunOptions = {}): Promise<BeforeAfterResult> {
    const { before, after } = await this.resolve();
    const result = { before: await before.run(options), after: await after.run(options) };
    const cut = [result.before, result.after].find(({ isTruncated }) => isTruncated);
    if (cut && options.incomplete !== 'show') {
      throw new SearchFailedError(
        'splunk.incomplete',
        `found more than ${formatCount(cut.count, 'row')} (${cut.caption}), so before and after cannot be compared`,
        cut.spl,
        { messages: cut.messages }
      );
    }
    return result;
  }
}
