// What a phase usually takes: the middle of earlier runs of the same runbook in the same environment. Only runs that had ended
// before this one began count, so that an archive does not change when later runs come.
import type { RunFiles } from '../notebook/read-run.js';
import { findEarlierRuns, type EarlierRun } from '../status/earlier-runs.js';

/** Half of the earlier runs took at most this long, in milliseconds by phase id. */
export interface UsualTimes {
  readonly [phase: string]: number;
}

/** Reads the earlier runs. Phases that none of them had are left out. */
export function usualTimes({ path, run, state, outline }: RunFiles): UsualTimes {
  const began = Date.parse(state.openedAt ?? '');
  const earlier = findEarlierRuns(path).filter(
    other => other.environment === run?.environment && other.endedMs < began
  );
  const entries = outline.phases.flatMap((phase): [string, number][] => {
    const took = earlier.flatMap(other => durationOf(phase.steps, other) ?? []).sort((a, b) => a - b);
    return took.length === 0 ? [] : [[phase.id, took[Math.ceil(took.length / 2) - 1]!]];
  });
  return Object.fromEntries(entries);
}

/** Null when the earlier run did not have one of the steps. */
function durationOf(
  steps: readonly { readonly id: string }[],
  { stepDurationsMs }: EarlierRun
): number | null {
  const durations = steps.map(step => stepDurationsMs[step.id]);
  return durations.length > 0 && durations.every(duration => duration !== undefined)
    ? durations.reduce((sum, duration) => sum + duration, 0)
    : null;
}
