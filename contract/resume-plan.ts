// What a resume would do, step by step: a pure function, so that the page, the command and the kernel show and do the same.
import { phaseOfStep, rollbackOfStep, type Outline } from './outline.js';
import type { AttemptState, EffectState, RunState, StepState } from './state.js';

/**
 * What becomes of a step.
 * - `replay`: it had passed; it is evaluated again with its effects answered from the journal.
 * - `keep`: nothing to bring back (skipped, failed, stale, or its variables are there).
 * - `ask`: a person has to say something first; `asks` tells what.
 * - `run`: it is unfinished or has not begun. A resume does not run it; it is what comes after.
 */
export type ResumeAction = 'replay' | 'keep' | 'ask' | 'run';

/** What has to be said before a step can go on. */
export type ResumeQuestion =
  /**
   * The cell's text is another one than that which passed, or the cell is gone. Put it back, or discard from here on.
   * `recorded`: the text that passed, secrets masked; absent where only the state is at hand.
   */
  | { readonly kind: 'changed'; readonly isGone: boolean; readonly recorded?: string }
  /** An effect started and has no end. Judge it. */
  | { readonly kind: 'inconclusive'; readonly effect: EffectState };

/** One step of the plan. */
export interface PlannedStep {
  readonly step: string;
  readonly title: string;
  /** Title of its phase; empty for a step that the outline does not know. */
  readonly phase: string;
  readonly action: ResumeAction;
  /** The attempt that is replayed or gone on with, or null. */
  readonly attempt: number | null;
  readonly asks: readonly ResumeQuestion[];
}

/** The whole plan. */
export interface ResumePlan {
  /** Every step of the outline in its order, then steps that the outline no longer knows. */
  readonly steps: readonly PlannedStep[];
  /** Ids of the steps that are replayed, in the order in which they had passed. */
  readonly replay: readonly string[];
  /** The first step that is run afterwards, or null when nothing is left. */
  readonly next: string | null;
}

/** SHA-256 (hex) of the cells' texts as they are now, by step. */
export interface SourceHashes {
  readonly [step: string]: string | undefined;
}

/**
 * What a resume would do now.
 *
 * @param sources - Of the open document, or of the file. A step that is not in it counts as gone.
 * @example
 * planResume(state, state.outline, { p1: 'ab…' }).replay // ['p1']
 */
export function planResume(state: RunState, outline: Outline, sources: SourceHashes): ResumePlan {
  const known = outline.phases.flatMap(phase => phase.steps.map(({ id }) => id));
  const lost = state.recovery?.lost ?? [];
  const others = lost.filter(id => !known.includes(id));
  const steps = [
    ...[...known, ...others].map(id => planStep(state, outline, sources, id)),
    ...cutOffUndoSteps(state)
  ];
  const isReplayed = new Set(steps.filter(({ action }) => action === 'replay').map(({ step }) => step));
  return {
    steps,
    replay: lost.filter(id => isReplayed.has(id)),
    next: steps.find(step => isLeftToRun(state, step) && rollbackOfStep(step.step) === null)?.step ?? null
  };
}

/**
 * The attempt that the next execution of `step` goes on with, or null when it begins anew: one that died with its process.
 * After a failure, or when a person interrupted it, a step begins anew.
 */
export function continuableAttempt(step: StepState | undefined): AttemptState | null {
  const last = step?.attempts.at(-1);
  const died = last?.outcome === 'inconclusive' && (last.error === null || DEATHS.has(last.error.code));
  return step?.status === 'inconclusive' && last && died ? last : null;
}

/** The attempts whose effects count for `attempt`: itself and those it goes on with, oldest first. */
export function attemptChain(step: StepState | undefined, attempt: number): readonly number[] {
  const found = step?.attempts.find(candidate => candidate.attempt === attempt);
  if (!found) {
    return [];
  }
  const before = found.continues;
  return before !== null && before < attempt ? [...attemptChain(step, before), attempt] : [attempt];
}

/** Effects of these attempts that started, have no end, and that nobody has judged. */
export function effectsToJudge(
  state: RunState,
  step: string,
  attempts: readonly number[]
): readonly EffectState[] {
  return Object.values(state.openEffects).filter(
    effect =>
      effect.step === step &&
      attempts.includes(effect.attempt) &&
      effect.judged === null &&
      !REPEATABLE.has(effect.helper)
  );
}

/** Helpers that only look or wait: one that was cut off is simply done again. */
export const REPEATABLE: ReadonlySet<string> = new Set(['poll', 'soak', 'splunk']);

const DEATHS: ReadonlySet<string> = new Set(['executor.died']);

function planStep(state: RunState, outline: Outline, sources: SourceHashes, id: string): PlannedStep {
  const step = state.steps[id];
  const phase = phaseOfStep(outline, id);
  const found = actionOf(state, step, id, sources);
  return {
    step: id,
    title: phase?.steps.find(candidate => candidate.id === id)?.title ?? id,
    phase: phase?.title ?? '',
    ...found
  };
}

/** Undo steps that were cut off and ask what became of them; a rollback goes on with them afterwards. */
function cutOffUndoSteps(state: RunState): PlannedStep[] {
  return Object.values(state.steps).flatMap((step): PlannedStep[] => {
    const id = rollbackOfStep(step.id);
    const died = id === null ? null : continuableAttempt(step);
    const open = died ? effectsToJudge(state, step.id, attemptChain(step, died.attempt)) : [];
    const title = state.rollbacks.find(rollback => rollback.id === id)?.name ?? step.id;
    const asks = open.map((effect): ResumeQuestion => ({ kind: 'inconclusive', effect }));
    return died && open.length > 0
      ? [{ step: step.id, title, phase: '', action: 'ask', attempt: died.attempt, asks }]
      : [];
  });
}

function actionOf(
  state: RunState,
  step: StepState | undefined,
  id: string,
  sources: SourceHashes
): Pick<PlannedStep, 'action' | 'attempt' | 'asks'> {
  const isLost = state.recovery?.lost.includes(id) === true;
  const attempt = isLost
    ? (step?.attempts.findLast(({ outcome }) => outcome === 'passed') ?? null)
    : continuableAttempt(step);
  if (!step || !attempt) {
    const isOver = step?.status === 'passed' || step?.status === 'skipped';
    return { action: isOver ? 'keep' : 'run', attempt: null, asks: [] };
  }
  const changed: ResumeQuestion[] =
    sources[id] === attempt.sourceHash ? [] : [{ kind: 'changed', isGone: sources[id] === undefined }];
  const open = effectsToJudge(state, id, attemptChain(step, attempt.attempt)).map(
    (effect): ResumeQuestion => ({ kind: 'inconclusive', effect })
  );
  const asks = [...changed, ...open];
  const action = asks.length > 0 ? 'ask' : isLost ? 'replay' : 'run';
  return { action, attempt: attempt.attempt, asks };
}

/** Not passed and not left out: also a step that waits for an answer before it goes on. */
function isLeftToRun(state: RunState, { step, action }: PlannedStep): boolean {
  const isLost = state.recovery?.lost.includes(step) === true;
  return action === 'run' || (action === 'ask' && !isLost);
}
