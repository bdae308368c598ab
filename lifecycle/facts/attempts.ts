// Every execution in a run, with the name of what ran and the word for its end.
import type { Outcome } from '../../contract/base/run.js';
import { isHeld, type AttemptState, type RunState } from '../../contract/state/state.js';
import type { StepTitles } from './acts/step-titles.js';

/** One execution. */
export interface AttemptFacts extends AttemptState {
  /** Id of the step. */
  readonly step: string;
  /** Title of the step. */
  readonly title: string;
  /** Title of its phase; empty for what is in no outline. */
  readonly phase: string;
  /** `held`: it ended at a hold point and nobody had decided. Null: it has not ended. */
  readonly end: Outcome | 'held' | null;
}

/** The word for the end of an attempt. */
export function endOf(attempt: AttemptState): AttemptFacts['end'] {
  return isHeld(attempt) ? 'held' : attempt.outcome;
}

/** All of them in the order of their start: also those of undo steps, and of steps that are in the outline no more. */
export function allAttempts(state: RunState, names: StepTitles): AttemptFacts[] {
  return Object.values(state.steps)
    .flatMap(({ id: step, attempts }) =>
      attempts.map(attempt => ({ ...attempt, step, ...names.place(step), end: endOf(attempt) }))
    )
    .sort((a, b) => a.seq - b.seq);
}
