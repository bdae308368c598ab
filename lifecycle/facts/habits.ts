// How long each step of a run usually takes: what earlier runs of the same kind took.
import type { Habits } from '../../contract/state/habits.js';
import { findEarlierRuns, quantile } from './earlier-runs.js';

/**
 * The habits of the runbook of the run at `path`. None for what is no run.
 *
 * @example
 * habitsOf('runs/2.4.0-staging/release.ipynb').steps['4f1c'] // { usualMs: 60000, mostMs: 80000, runs: 5 }
 */
export function habitsOf(path: string): Habits {
  const took = findEarlierRuns(path).flatMap(({ stepDurationsMs }) => Object.entries(stepDurationsMs));
  const steps = [...Map.groupBy(took, ([step]) => step)].map(([step, durations]) => {
    const sorted = durations.map(([, ms]) => ms).sort((a, b) => a - b);
    return [step, { usualMs: quantile(sorted, 0.5), mostMs: quantile(sorted, 0.9), runs: sorted.length }];
  });
  return { steps: Object.fromEntries(steps) as Habits['steps'] };
}
