// The phases of a run as they are shown to people. Steps that ended because nobody who could decide was there, such as in a run without a
// front end, wait; they did not fail.
import type { Outline } from '../../contract/notebook/outline.js';
import { statusOfPhase, summarizePhases, type PhaseSummary } from '../../contract/state/phase-status.js';
import { isHeld, lastAttemptOf, type RunState } from '../../contract/state/state.js';

/** Every phase of `outline` as it stands in `state`. */
export function toldPhases(state: RunState, outline: Outline): PhaseSummary[] {
  return summarizePhases(state, outline).map(phase => {
    const steps = phase.steps.map(step =>
      step.status === 'failed' && isHeld(lastAttemptOf(state, step.id))
        ? { ...step, status: 'waiting' as const }
        : step
    );
    const isSame = steps.every((step, index) => step === phase.steps[index]);
    return isSame ? phase : { ...phase, steps, status: statusOfPhase(steps) };
  });
}
