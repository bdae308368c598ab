// Time ranges that the run itself has recorded: the exact beginning and end of a step or phase, and equal ranges around it.
import { ports } from '../context.js';
import { requireOfWorld } from '../effect.js';
import { UsageError } from '../errors/usage-error.js';
import { formatDuration } from '../../contract/format.js';
import { readSearchTime } from './time-range.js';

/** A time range as Splunk reads it: epoch seconds with milliseconds. */
export interface TimeRange {
  readonly earliest: string;
  readonly latest: string;
}

/** From the beginning of a step or phase to its end, or to now while it runs. */
export async function windowOf(stepOrPhase: string): Promise<TimeRange> {
  const { startedAt, endedAt } = await ports().times(stepOrPhase);
  return rangeOf(Date.parse(startedAt), endedAt === null ? ports().now() : Date.parse(endedAt));
}

/**
 * Two equal ranges: one that ends where the step or phase began, one that begins where it ended.
 *
 * @param lengthMs - Null for as long as it has been since the end.
 * @throws {@link UsageError} when the step still runs, or the range after it is not over yet.
 */
export async function rangesAround(
  stepOrPhase: string,
  lengthMs: number | null
): Promise<{ readonly before: TimeRange; readonly after: TimeRange }> {
  const { startedAt, endedAt, kind, title } = await ports().times(stepOrPhase);
  if (endedAt === null) {
    throw new UsageError(`.beforeAfter() needs what comes after the ${kind} “${title}”, which still runs.`, {
      code: 'splunk.window_open',
      hint: 'Call it in a later step.'
    });
  }
  const start = Date.parse(startedAt);
  const end = Date.parse(endedAt);
  const passedMs = ports().now() - end;
  const length = lengthMs ?? passedMs;
  requireOfWorld(() => {
    if (length > passedMs) {
      throw new UsageError(
        `.beforeAfter() looks at ${formatDuration(length)} after the ${kind} “${title}”, of which ${formatDuration(passedMs)} have passed.`,
        {
          code: 'splunk.window_open',
          hint: `Wait another ${formatDuration(length - passedMs)}, or give a shorter 'length'.`
        }
      );
    }
  });
  return { before: rangeOf(start - length, start), after: rangeOf(end, end + length) };
}

function rangeOf(fromMs: number, toMs: number): TimeRange {
  return {
    earliest: readSearchTime(new Date(fromMs), 'earliest'),
    latest: readSearchTime(new Date(toMs), 'latest')
  };
}
