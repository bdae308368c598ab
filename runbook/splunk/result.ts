// The rows that a search found, with the search that found them.
import { alreadyShown } from '../already-shown.js';
import { formatCount, formatDuration, formatUtc } from '../../contract/format.js';
import type { SearchRow } from './read-export.js';

/** The result of a search. Iterating it gives the rows. */
export interface SearchResult extends Iterable<SearchRow> {
  readonly spl: string;
  readonly earliest: string;
  readonly latest: string;
  /** Address that opens the search in Splunk Web. */
  readonly link: string;
  readonly rows: readonly SearchRow[];
  /** Number of rows. */
  readonly count: number;
  /** The search found more rows than the limit; `rows` are the first ones. */
  readonly isTruncated: boolean;
  /** Id of the search job, when the option `onStop: 'keep'` left it on the server; else null. */
  readonly sid: string | null;
  /** What the time range is, or null when it was given. */
  readonly caption: string | null;
  /** The rows are a time chart. */
  readonly isTimechart: boolean;
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
  const more = result.isTruncated ? ' (more were found)' : '';
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
