// What a resume would do, step by step: a pure function, so that the page, the command and the kernel show and do the same.
import { phaseOfStep, rollbackOfStep, type Outline } from '../notebook/outline.js';
import { isMadeAgain, onlyLooks } from './looks.js';
import type { AttemptState, EffectState, RunState, StepState } from '../state/state.js';

/**
 * What happens to a step.
 * - `replay`: it had passed; it is evaluated again with its effects answered from the journal.
 * - `keep`: nothing to bring back (skipped, failed, stale, or its variables are there).
 * - `ask`: a person has to say something first; `asks` tells what.
 * - `run`: it is unfinished or has not begun. A resume does not run it; it is what comes after.
 */
export type ResumeAction = 'replay' | 'keep' | 'ask' | 'run';

/** What has to be said before a step can go on. */
export type ResumeQuestion =
  /**
   * The cell's text has changed since it passed, or the cell is gone. Restore it, or discard from here on.
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
  /** The attempt that is replayed or continued, or null. */
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
 * The attempt that the next execution of `step` continues, or null when it begins again: one that died with its process.
 * After a failure, or when a person interrupted it, a step begins again, unless a person lets it continue.
 */
export function continuableAttempt(step: StepState | undefined): AttemptState | null {
  const last = step?.attempts.at(-1);
  if (last && step?.continuing?.attempt === last.attempt && isOver(last)) {
    return last;
  }
  const died = last?.outcome === 'inconclusive' && (last.error === null || isCutOff(last.error.code));
  return step?.status === 'inconclusive' && last && died ? last : null;
}

/** A step that failed or was interrupted can be continued by a person's word. */
export function isContinuable(step: StepState | undefined): boolean {
  const last = step?.attempts.at(-1);
  return last !== undefined && isOver(last) && continuableAttempt(step) === null;
}

function isOver({ outcome }: AttemptState): boolean {
  return outcome === 'failed' || outcome === 'inconclusive';
}

/** The attempts whose effects count for `attempt`: itself and those that it continues, oldest first. */
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
      !onlyLooks(effect) &&
      !isPartOfAnother(state, effect)
  );
}

/**
 * Effects of the last attempt that an interrupt has cut off, and that nobody has judged: how far they came is not known, so whatever way
 * the step goes on, a person is asked first. What only looks is not asked about.
 */
export function interruptedEffects(state: RunState, step: string): readonly EffectState[] {
  const found = state.steps[step];
  const last = found?.attempts.at(-1);
  const isDone = found?.status === 'passed' || found?.status === 'skipped' || found?.status === 'stale';
  if (state.run === null || isDone || !last) {
    return [];
  }
  // What an interrupt has left without an end, as a function of one's own that did not hear of it.
  const left =
    last.endedAt === null
      ? []
      : effectsToJudge(state, step, [last.attempt]).filter(({ helper }) => helper !== 'background');
  const cutOff = Object.values(state.cutOffEffects).filter(
    effect => effect.step === step && effect.attempt === last.attempt && effect.judged === null
  );
  return [...cutOff, ...left];
}

/** Made again with a wait, or asked about with the work in the background, in which it began. */
export function isPartOfAnother(
  { openEffects }: Pick<RunState, 'openEffects'>,
  effect: EffectState
): boolean {
  const outers: EffectState[] = [];
  for (let outer = openEffects[effect.within ?? '']; outer && !outers.includes(outer);) {
    outers.push(outer);
    outer = openEffects[outer.within ?? ''];
  }
  return isMadeAgain(effect, outers);
}

/** By the code of its error: the step did not fail, its process died or its journal could not be written. It can go on where it was. */
export function isCutOff(code: string): boolean {
  return code === 'executor.died' || code.startsWith('journal.');
}

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

/** Undo steps that were cut off, of which a person has to say how they ended; a rollback continues them afterwards. */
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
    const isDone = step?.status === 'passed' || step?.status === 'skipped';
    const cutOff = interruptedEffects(state, id).map((effect): ResumeQuestion => ({
      kind: 'inconclusive',
      effect
    }));
    const action = cutOff.length > 0 ? 'ask' : isDone ? 'keep' : 'run';
    return { action, attempt: null, asks: cutOff };
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
