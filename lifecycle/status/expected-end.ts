// When a run is expected to end: what earlier runs took from the same step to their end, waits for people included.
import type { RunState } from '../../contract/state/state.js';
import { lastAttemptOf } from '../../contract/state/state.js';
import type { Outline } from '../../contract/notebook/outline.js';
import { quantile, type EarlierRun } from '../facts/earlier-runs.js';

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
 * The expected end, seen from `nowMs`. Null when the run has ended or no earlier run says anything: one in which an open step was never done
 * does not.
 *
 * The first step that has not passed counts; the time it has already taken is taken off, down to nothing.
 */
export function expectEnd(
  state: RunState,
  outline: Outline,
  earlier: readonly EarlierRun[],
  nowMs: number
): ExpectedEnd | null {
  const open = outline.phases
    .flatMap(phase => phase.steps)
    .filter(({ id }) => !['passed', 'skipped'].includes(state.steps[id]?.status ?? 'not-started'));
  const [step] = open;
  if (!step) {
    return null;
  }
  const remaining = earlier
    .filter(({ stepStartsMs }) => open.every(({ id, isOptional }) => isOptional || id in stepStartsMs))
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
