// The rows that a search found, with the search that found them.
import { alreadyShown } from '../already-shown.js';
import { formatCount, formatDuration, formatUtc } from '../../contract/base/format.js';
import type { SplunkMessage } from './messages.js';
import type { SearchRow } from './read-export.js';

/** The result of a search. Iterating it gives the rows. */
export interface SearchResult extends Iterable<SearchRow> {
  /** The search as Splunk got it. */
  readonly spl: string;
  /** Beginning of the time range, included: relative such as `-15m`, or seconds since 1970. */
  readonly earliest: string;
  /** End of the time range, excluded: relative such as `now`, or seconds since 1970. */
  readonly latest: string;
  /** Address that opens the search in Splunk Web. */
  readonly link: string;
  /** What was found; every value is a text or a list of texts. */
  readonly rows: readonly SearchRow[];
  /** Number of rows. */
  readonly count: number;
  /** The search found more rows than the limit; `rows` are the first ones. */
  readonly isTruncated: boolean;
  /** False only with the option `incomplete: 'show'`: rows may be missing. */
  readonly isComplete: boolean;
  /** Everything that Splunk said beside the rows. */
  readonly messages: readonly SplunkMessage[];
  /** Id of the search job, when the option `onStop: 'keep'` left it on the server; else null. */
  readonly sid: string | null;
  /** What the time range is, or null when it was given. */
  readonly caption: string | null;
  /** The rows are a time chart. */
  readonly isTimechart: boolean;
  /** Milliseconds until the last row had come. */
  readonly durationMs: number;
}

/** Builds a result from plain data. */
export function toSearchResult(data: Omit<SearchResult, typeof Symbol.iterator>): SearchResult {
  const iterator = { value: () => data.rows[Symbol.iterator](), enumerable: false };
  return Object.freeze(
    Object.defineProperty(alreadyShown({ ...data }), Symbol.iterator, iterator)
  ) as unknown as SearchResult;
}

/** True for results of searches. */
export function isSearchResult(value: unknown): value is SearchResult {
  return typeof value === 'object' && value !== null && 'spl' in value && 'rows' in value && 'link' in value;
}

/** `3 rows in 120 ms, -15m to now`. */
export function describeSearchResult(result: SearchResult): string {
  const more = result.isTruncated
    ? ' (more were found)'
    : result.isComplete
      ? ''
      : ', which may not be all that there are,';
  const caption = result.caption ? `${result.caption}: ` : '';
  return `${caption}${formatCount(result.count, 'row')}${more} in ${formatDuration(result.durationMs)}, ${rangeText(result.earliest, result.latest)}`;
}

/** `-15m to now`. */
export function rangeText(earliest: string, latest: string): string {
  return `${timeText(earliest)} to ${timeText(latest)}`;
}

/** Epoch seconds as a time that people read; relative times as they are. */
function timeText(time: string): string {
  return /^\d+\.\d{3}$/.test(time) ? formatUtc(new Date(Number(time) * 1000).toISOString()) : time;
}
