// When a run is expected to end: what earlier runs took from the same step to their end, waits for people included.
import type { RunState } from '../../contract/state.js';
import { lastAttemptOf } from '../../contract/state.js';
import type { Outline } from '../../contract/outline.js';
import type { EarlierRun } from './earlier-runs.js';

/** Two times, ISO 8601 UTC, and what they rest on. */
export interface ExpectedEnd {
  /** Half of the earlier runs would have ended by then. */
  readonly p50: string;
  /** Nine of ten would have ended by then. */
  readonly p90: string;
  /** True when the current step has taken longer than nine of ten earlier runs did from it to their end. */
  readonly isLate: boolean;
  /** How many earlier runs passed through the same step. */
  readonly runs: number;
}

/**
 * The expected end, seen from `nowMs`. Null when the run has ended or no earlier run says anything.
 *
 * The first step that has not passed counts; the time it has already taken is taken off, down to nothing.
 */
export function expectEnd(
  state: RunState,
  outline: Outline,
  earlier: readonly EarlierRun[],
  nowMs: number
): ExpectedEnd | null {
  const step = outline.phases
    .flatMap(phase => phase.steps)
    .find(({ id }) => !['passed', 'skipped'].includes(state.steps[id]?.status ?? 'not-started'));
  if (!step) {
    return null;
  }
  const remaining = earlier
    .flatMap(run => {
      const start = run.stepStartsMs[step.id];
      return start === undefined ? [] : [run.endedMs - start];
    })
    .sort((a, b) => a - b);
  if (remaining.length === 0) {
    return null;
  }
  const last = lastAttemptOf(state, step.id);
  const isOpen = last !== undefined && last.endedAt === null;
  const takenMs = isOpen ? Math.max(0, nowMs - Date.parse(last.startedAt)) : 0;
  const endAt = (share: number): string =>
    new Date(nowMs + Math.max(0, quantile(remaining, share) - takenMs)).toISOString();
  return {
    p50: endAt(0.5),
    p90: endAt(0.9),
    isLate: takenMs > quantile(remaining, 0.9),
    runs: remaining.length
  };
}

/**
 * The value that `share` (0 to 1) of the sorted `values` do not exceed: the nearest rank.
 *
 * @example
 * quantile([10, 20, 30], 0.5) // 20
 */
export function quantile(values: readonly number[], share: number): number {
  return values[Math.max(0, Math.ceil(share * values.length) - 1)] ?? 0;
}
