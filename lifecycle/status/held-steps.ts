// Steps that ended because nobody who could decide was there, such as in a run without a front end: they wait, they did not fail.
import { statusOfPhase, type PhaseSummary } from '../../contract/phase-status.js';
import { isHeld, lastAttemptOf, type RunState } from '../../contract/state.js';

/** The phases as they are told to people. */
export function withHeldSteps(phases: readonly PhaseSummary[], state: RunState): PhaseSummary[] {
  return phases.map(phase => {
    const steps = phase.steps.map(step =>
      step.status === 'failed' && isHeld(lastAttemptOf(state, step.id))
        ? { ...step, status: 'waiting' as const }
        : step
    );
    const isSame = steps.every((step, index) => step === phase.steps[index]);
    return isSame ? phase : { ...phase, steps, status: statusOfPhase(steps.map(({ status }) => status)) };
  });
}
