// How a search is run: how long, how much, over which endpoint, and what happens to it when it is stopped.
import { parseDuration, type Duration } from '../duration.js';
import { faultsOfOptions, refuseFaults, type Rules } from '../usage/check-options.js';
import { isJson } from '../is-json.js';
import { count, duration, isPlainObject, rule, text } from '../usage/rules.js';
import type { SearchRow } from './read-export.js';

/**
 * What happens on the server to a search that is interrupted, runs out of time or cannot be read.
 * - `cancel`: it is stopped and its rows are deleted.
 * - `finalize`: it is stopped, and the rows found so far can be looked at in Splunk Web.
 * - `keep`: it runs on, and can be looked at in Splunk Web.
 */
export type StopStrategy = 'cancel' | 'finalize' | 'keep';

/** How a search is run. */
export interface RunOptions {
  /** Ends the whole search, which then fails. @default '60s' */
  readonly timeout?: Duration;
  /** Rows kept, up to 1,000,000. @default 10000 */
  readonly limit?: number;
  /**
   * `export` streams the rows over one connection, and the search ends with it. `job` starts a search job and reads its rows
   * page by page, for searches that take longer than a proxy leaves a connection open.
   * @default 'export'
   */
  readonly via?: 'export' | 'job';
  /** Only with `via: 'job'`. After a success the job is deleted, unless this is `keep`. @default 'cancel' */
  readonly onStop?: StopStrategy;
  /**
   * What becomes of an answer that is cut, or of which Splunk says that rows may be missing: `fail`, or `show` what there is, with
   * `isComplete: false` in the result. Checks always fail. @default 'fail'
   */
  readonly incomplete?: 'fail' | 'show';
  /** The rows that a dry run gives back; nothing is searched there. @default none */
  readonly dryRun?: readonly SearchRow[];
}

/** Options of `.expectNone()`: what is incomplete proves nothing. */
export type CheckOptions = Omit<RunOptions, 'incomplete'>;

/** Options of `.expectBelow()`. */
export interface ExpectOptions extends CheckOptions {
  /** Compares this number of every row instead of counting rows. @default none: rows are counted */
  readonly field?: string;
}

/** Checked options. */
export interface CheckedRun {
  readonly timeoutMs: number;
  readonly limit: number;
  readonly via: 'export' | 'job';
  readonly onStop: StopStrategy;
  /** Absent unless it is shown: the record of a search stays the one that it was. */
  readonly incomplete?: 'show';
  readonly dryRun: readonly SearchRow[];
}

/** Checks the options of `method` and fills in defaults. `more` are further options that it takes. */
export function checkRunOptions(method: string, options: RunOptions, more: Rules = {}): CheckedRun {
  const isUseless = options.onStop !== undefined && options.via !== 'job';
  refuseFaults(method, [
    ...faultsOfOptions(options, { ...RUN_RULES, ...more }),
    ...(isUseless
      ? ["'onStop' is given without via: 'job'; a search over 'export' ends with its connection."]
      : [])
  ]);
  return {
    timeoutMs: parseDuration(options.timeout ?? '60s', 'timeout'),
    limit: options.limit ?? 10_000,
    via: options.via ?? 'export',
    onStop: options.onStop ?? 'cancel',
    ...(options.incomplete === 'show' ? { incomplete: 'show' } : {}),
    dryRun: options.dryRun ?? []
  };
}

/** The further option of `.run()`, which judges nothing. */
export const SHOW_RULES: Rules = {
  incomplete: rule("'fail' or 'show'", value => value === 'fail' || value === 'show')
};

/** The further option of {@link ExpectOptions}. */
export const EXPECT_RULES: Rules = { field: text };

const RUN_RULES: Rules = {
  timeout: duration,
  limit: rule(
    'a whole number from 1 to 1,000,000',
    value => count(1).accepts(value) && (value as number) <= 1_000_000
  ),
  via: rule("'export' or 'job'", value => value === 'export' || value === 'job'),
  onStop: rule("'cancel', 'finalize' or 'keep'", value =>
    ['cancel', 'finalize', 'keep'].includes(value as string)
  ),
  dryRun: rule('a list of rows', value => Array.isArray(value) && value.every(isPlainObject) && isJson(value))
};
