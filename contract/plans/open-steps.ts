// The order of a runbook: which steps before a step are open. Pure and shared, so that whoever asks gets the same answer.
import type { Outline } from '../notebook/outline.js';
import { isUndone } from '../state/phase-status.js';
import { lastAttemptOf, type RunState } from '../state/state.js';
import { attemptChain, effectsToJudge, interruptedEffects } from './resume-plan.js';

/** A step that is not done. */
export interface OpenStep {
  readonly id: string;
  readonly title: string;
  /** Title of its phase. */
  readonly phase: string;
}

/**
 * The steps before `step` that are not done, in document order. None for a step that is done itself and is run again, for one that is
 * optional, for one that the outline does not know (a console), and in a scratch notebook.
 * Steps that came before it when the run began count too: moved, deleted or marked optional since, they are as open as they were.
 *
 * @example
 * openStepsBefore(state, outline, 'closing') // [{ id: 'deploy', title: 'Deploy orders', phase: 'Deployment' }]
 */
export function openStepsBefore(state: RunState, outline: Outline, step: string): readonly OpenStep[] {
  return [
    ...new Map(
      [outline, state.outlineAtStart ?? outline]
        .flatMap(each => openIn(state, each, step))
        .map(open => [open.id, open])
    ).values()
  ];
}

function openIn(state: RunState, outline: Outline, step: string): readonly OpenStep[] {
  const steps = outline.phases.flatMap(phase => phase.steps.map(each => ({ ...each, phase: phase.title })));
  const index = steps.findIndex(({ id }) => id === step);
  const asked = steps[index];
  return state.run === null || !asked || asked.isOptional || isDone(state, step)
    ? []
    : steps
        .slice(0, index)
        .filter(({ id, isOptional }) => !isOptional && !isDone(state, id))
        .map(({ id, title, phase }) => ({ id, title, phase }));
}

/** Passed, judged as passed, left out with a reason, or stale only because a step before it was run again. */
function isDone(state: RunState, id: string): boolean {
  const { status, stale } = state.steps[id] ?? {};
  if (status === 'skipped') {
    return true;
  }
  const counts =
    status === 'passed' ||
    (status === 'stale' && stale?.because === 'rerun') ||
    (status === 'inconclusive' && isJudgedPassed(state, id));
  return counts && !isUndone(state, id);
}

/** Its last attempt was cut off, and a person has said of everything without an end that it has passed. */
function isJudgedPassed(state: RunState, id: string): boolean {
  const attempts = attemptChain(state.steps[id], lastAttemptOf(state, id)?.attempt ?? 0);
  const judged = Object.values({ ...state.openEffects, ...state.cutOffEffects }).filter(
    effect => effect.step === id && attempts.includes(effect.attempt) && effect.judged !== null
  );
  return (
    judged.length > 0 &&
    judged.every(effect => effect.judged?.judgement === 'passed') &&
    effectsToJudge(state, id, attempts).length === 0 &&
    interruptedEffects(state, id).length === 0
  );
}
