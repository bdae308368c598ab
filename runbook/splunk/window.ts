// Time ranges that the run itself has recorded: the exact beginning and end of a step or phase, and equal ranges around it.
import { ports } from '../context.js';
import { requireOfWorld } from '../effect/effect.js';
import { UsageError } from '../errors/usage-error.js';
import { waitUntil } from '../poll/soak.js';
import { formatDuration } from '../../contract/base/format.js';
import { readSearchTime } from './time-range.js';

/** A time range as Splunk reads it: epoch seconds with milliseconds. */
export interface TimeRange {
  readonly earliest: string;
  readonly latest: string;
}

/** From the beginning of a step or phase to its end, or to now while it runs, and what that range is. */
export async function windowOf(stepOrPhase: string): Promise<TimeRange & { readonly caption: string }> {
  const { startedAt, endedAt } = await ports().times(stepOrPhase);
  const range = rangeOf(Date.parse(startedAt), endedAt === null ? ports().now() : Date.parse(endedAt));
  return { ...range, caption: `While “${stepOrPhase}” ran${endedAt === null ? ', up to now' : ''}` };
}

/**
 * Two equal ranges: one that ends where the step or phase began, one that begins where it ended.
 *
 * @param lengthMs - Null for as long as it has been since the end.
 * @param waits - Waits until the range after it is over.
 * @throws {@link UsageError} when the step still runs, or the range after it is not over yet.
 */
export async function rangesAround(
  stepOrPhase: string,
  lengthMs: number | null,
  waits: boolean
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
  if (waits && lengthMs !== null) {
    await waitUntil(end + lengthMs, `${formatDuration(lengthMs)} after the ${kind} “${title}”`);
  }
  const passedMs = ports().now() - end;
  const length = lengthMs ?? passedMs;
  requireOfWorld(() => {
    if (length > passedMs) {
      throw new UsageError(
        `.beforeAfter() looks at ${formatDuration(length)} after the ${kind} “${title}”, of which ${formatDuration(passedMs)} have passed.`,
        {
          code: 'splunk.window_open',
          hint: `Wait another ${formatDuration(length - passedMs)}, give a shorter 'length', or the option wait.`
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
