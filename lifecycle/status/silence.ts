// The silence alarm: a step runs, and nothing has been recorded for longer than it should take.
import { lastAttemptOf, type RunState } from '../../contract/state/state.js';
import { quantile, type EarlierRun } from '../facts/earlier-runs.js';

/** A step that runs without a sign of life. */
export interface Silence {
  readonly step: string;
  /** When the last record was written, ISO 8601 UTC. */
  readonly since: string;
  readonly silentMs: number;
  /** What was allowed. */
  readonly allowedMs: number;
}

/** Allowed for a step that no earlier run knows. */
const LEAST_ALLOWED_MS = 10 * 60_000;
/** A step may be silent for this many times of what it took in nine of ten earlier runs. */
const PATIENCE = 2;

/** The step that is silent for too long; null when none runs or all is well. A step that waits for people is not silent. */
export function findSilence(state: RunState, earlier: readonly EarlierRun[], nowMs: number): Silence | null {
  const running = Object.values(state.steps).find(({ status }) => status === 'running');
  const since = state.lastAt;
  if (!running || since === null) {
    return null;
  }
  const known = earlier.flatMap(run => run.stepDurationsMs[running.id] ?? []).sort((a, b) => a - b);
  const allowedMs = Math.max(LEAST_ALLOWED_MS, PATIENCE * quantile(known, 0.9));
  const lastMs = Math.max(
    Date.parse(since),
    Date.parse(lastAttemptOf(state, running.id)?.startedAt ?? since)
  );
  const silentMs = nowMs - lastMs;
  return silentMs > allowedMs ? { step: running.id, since, silentMs, allowedMs } : null;
}
