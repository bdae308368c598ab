// Runs one search: parse everything, read the events of the window, pass them through the commands.
import type { Message, ResultRow } from './answer.ts';
import { readEvents } from './read-events.ts';
import type { SearchWindow } from './spl/command.ts';
import { parsePipeline, type Pipeline } from './spl/parse-pipeline.ts';
import { SearchFault, toText, type Row } from './spl/row.ts';
import { formatTime, parseTime } from './spl/time.ts';

export interface SearchRequest {
  readonly search: string;
  readonly earliest: string;
  readonly latest: string;
}

/** @throws {@link SearchFault} when the search or its times cannot be understood */
export function runSearch(folder: string, request: SearchRequest, nowMs: number): ResultRow[] {
  const pipeline = parsePipeline(request.search);
  const window = windowOf(pipeline, request, nowMs);
  const found = readEvents(folder, window).filter(pipeline.find.matches);
  return pipeline.transforms.reduce((rows, transform) => transform(rows, window), found).map(toResult);
}

/** What the server says about a search that it has run, beside the rows. */
export function messagesOf({ search, earliest, latest }: SearchRequest): Message[] {
  const { find } = parsePipeline(search);
  const isSubstituted = (find.earliest && earliest) || (find.latest && latest);
  return isSubstituted
    ? [{ type: 'INFO', text: 'Your timerange was substituted based on your search string' }]
    : [];
}

function windowOf({ find }: Pipeline, request: SearchRequest, nowMs: number): SearchWindow {
  const earliestMs = timeOf(find.earliest ?? (request.earliest || '0'), 'earliest', nowMs);
  const latestMs = timeOf(find.latest ?? (request.latest || 'now'), 'latest', nowMs);
  if (earliestMs >= latestMs && earliestMs !== 0)
    throw new SearchFault('Invalid time range: earliest_time must be before latest_time.');
  return { earliestMs, latestMs };
}

function timeOf(text: string, name: string, nowMs: number): number {
  try {
    return parseTime(text, nowMs);
  } catch {
    throw new SearchFault(`Invalid ${name}_time.`);
  }
}

function toResult(row: Row): ResultRow {
  const result: Record<string, string | readonly string[]> = Object.create(null) as Record<string, string>;
  for (const [name, value] of row) {
    if (value === null) continue;
    if (name === '_time' && typeof value === 'number') result[name] = formatTime(value);
    else result[name] = Array.isArray(value) ? (value as readonly string[]) : toText(value);
  }
  return result;
}
