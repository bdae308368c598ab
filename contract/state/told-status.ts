// How steps and phases stand as people are told it, wherever they are told it: panel, cell, status, board, chat, report and archive.
// A step that ended because nobody who could decide was there, such as in a run without a front end, waits for those whom it asked; it did
// not fail.
import { holdOf, type HoldState } from '../holds/pending.js';
import type { StepStatus } from '../base/run.js';
import type { Outline } from '../notebook/outline.js';
import { openRequest } from './hold-locks.js';
import { standingOf, statusOfPhase, summarizePhases, type PhaseSummary } from './phase-status.js';
import { isHeld, lastAttemptOf, type RunState } from './state.js';

/** Every phase of `outline` as it stands in `state`. */
export function toldPhases(state: RunState, outline: Outline): PhaseSummary[] {
  return toldAs(state, summarizePhases(state, outline));
}

/** The same where they are summed up already. */
export function toldAs(state: RunState, summaries: readonly PhaseSummary[]): PhaseSummary[] {
  return summaries.map(phase => {
    if (phase.steps.every(step => toldOf(state, step.id, step.status) === step.status)) {
      return phase;
    }
    const steps = phase.steps.map(step => ({ ...step, status: toldOf(state, step.id, step.status) }));
    const held = phase.steps.flatMap((step, place) =>
      step.status === steps[place]!.status ? [] : (askedBy(state, step.id) ?? [])
    );
    return { ...phase, steps, status: statusOfPhase(steps), waiting: [...phase.waiting, ...held] };
  });
}

/** What the step asked last. */
function askedBy(state: RunState, step: string): HoldState | undefined {
  const id = state.steps[step]?.holds.at(-1);
  return id === undefined ? undefined : holdOf(state, id);
}

/** One step that has begun: it is not told here whether it is locked. */
export function toldStatus(state: RunState, step: string): StepStatus {
  return toldOf(state, step, standingOf(state, step, openRequest(state, step)));
}

function toldOf<S extends string>(state: RunState, step: string, status: S): S | 'waiting' {
  return status === 'failed' && isHeld(lastAttemptOf(state, step)) ? 'waiting' : status;
}
