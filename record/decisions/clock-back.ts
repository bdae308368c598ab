// The clock of this machine shows an earlier time than the record has: what is recorded now would seem to have been before it.
import { LaunchbookError } from '../../contract/base/error.js';
import { formatDuration, formatUtc } from '../../contract/base/format.js';
import { CLOCK_BACK } from '../../contract/decide/decision-page.js';
import type { RunState } from '../../contract/state/state.js';
import { CLOCK_SKEW_MS } from '../signature/clock-skew.js';

/** Thrown, code `run.clock_back`, for a step that would begin and for every act that would count. Nothing was done. */
export class ClockBackError extends LaunchbookError {
  constructor(latestAt: string, nowMs: number) {
    const behind = formatDuration(Date.parse(latestAt) - nowMs);
    super(
      `The clock of this machine shows ${formatUtc(new Date(nowMs).toISOString())}, and the record of this run has ${formatUtc(latestAt)}, ${behind} later. Nothing was done: what is recorded now would seem to have been before it.`,
      {
        code: CLOCK_BACK,
        hint: 'Set the clock of the machine right. If it is right, and was ahead when that was recorded, the driver says so with a reason: %accept-clock REASON.'
      }
    );
  }
}

/** Why nothing may begin and no act may count in a run at this time; null when it may, and in a scratch notebook. */
export function faultOfClock(
  { run, latestAt, lastAt }: Pick<RunState, 'run' | 'latestAt' | 'lastAt'>,
  nowMs = Date.now()
): ClockBackError | null {
  const latest = latestAt ?? lastAt;
  return run === null || latest === null || nowMs >= Date.parse(latest) - CLOCK_SKEW_MS
    ? null
    : new ClockBackError(latest, nowMs);
}
