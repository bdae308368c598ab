// The state of a whole run in one word. A pure function of the phases.
import { isPhaseDone, type PhaseSummary } from './phase-status.js';
import type { Outcome } from '../base/run.js';

/**
 * The state of a whole run: its end, or why there is none yet.
 * `held`: it waits at a hold point, or has not come to its end.
 */
export type RunOutcome = Outcome | 'held';

/** The word for a run in this state: the worst thing first; a run that has not come to its end is held. */
export function outcomeOf(phases: readonly PhaseSummary[]): RunOutcome {
  const statuses = phases.map(phase => phase.status);
  const worst = (['rejected', 'failed', 'inconclusive'] as const).find(word => statuses.includes(word));
  return worst ?? (hasPassed(phases) ? 'passed' : 'held');
}

/** True when every phase with steps has passed or was left out, and not all of them were. */
export function hasPassed(phases: readonly PhaseSummary[]): boolean {
  const withSteps = phases.filter(phase => phase.steps.length > 0);
  return withSteps.some(phase => phase.status === 'passed') && withSteps.every(isPhaseDone);
}

/** True when nobody has anything left to do: every phase passed, or a person rejected. */
export function isAtItsEnd(outcome: RunOutcome): boolean {
  return outcome === 'passed' || outcome === 'rejected';
}
