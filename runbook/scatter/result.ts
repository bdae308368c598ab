// What a scatter leaves behind: one entry for each item, whether it passed or not.
import type { ErrorRecord } from '../../contract/base/error.js';
import { alreadyShown } from '../already-shown.js';

/** One item and its result. The same fields whether it passed or not. */
export interface ScatterItem<T, R> {
  /** The item as `scatter` was given it. */
  readonly item: T;
  /** Its name in the table. */
  readonly name: string;
  /** `skipped`: it did not begin, because another one failed or the cell was interrupted. */
  readonly status: 'passed' | 'failed' | 'skipped';
  /** What the function gave back; undefined unless it passed. */
  readonly value: R | undefined;
  /** What the function threw, as plain data; null unless it failed. */
  readonly error: ErrorRecord | null;
  /** Milliseconds of the last attempt; 0 when it did not begin. */
  readonly durationMs: number;
  /** How often the function was called for it. */
  readonly attempts: number;
}

/** All items in their order. */
export interface ScatterResult<T, R> {
  /** The result of each item, in their order. */
  readonly items: readonly ScatterItem<T, R>[];
  /** True when an item failed or did not begin. */
  readonly failed: boolean;
  /** Milliseconds from the first call to the last end; of a retry, of the retry alone. */
  readonly durationMs: number;
  /** Values of the items that passed, in the order of the items. */
  readonly values: readonly R[];
  /**
   * Calls the function again for the items that failed or did not begin, with the same options. The others stay as they are.
   *
   * Repeated: on resume it is called again; helpers inside give back what they have recorded.
   * @throws {@link ScatterFailedError} when an item fails again (unless `collect` is given) or the cell was interrupted.
   * @example
   * const restarts = await scatter(hosts, restart, { collect: true })
   * await restarts.retryFailed() // ScatterResult { failed: false, … }
   */
  retryFailed(): Promise<ScatterResult<T, R>>;
}

/** Builds a result. */
export function toScatterResult<T, R>(
  items: readonly ScatterItem<T, R>[],
  durationMs: number,
  retryFailed: (result: ScatterResult<T, R>) => Promise<ScatterResult<T, R>>
): ScatterResult<T, R> {
  const data = {
    items: Object.freeze([...items]),
    failed: items.some(item => item.status !== 'passed'),
    durationMs,
    values: Object.freeze(items.filter(item => item.status === 'passed').map(item => item.value as R))
  };
  const result: ScatterResult<T, R> = Object.defineProperty(alreadyShown({ ...data }), 'retryFailed', {
    value: () => retryFailed(result),
    enumerable: false
  }) as unknown as ScatterResult<T, R>;
  return Object.freeze(result);
}
