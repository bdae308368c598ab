// What a rollback would do: a pure function, shown to people before anything happens. A step is rolled back with everything after it in
// the outline, because that was built on it; a checkpoint with everything that was done after it. Undo steps run in the reverse order
// of their registration.
import type { RollbackTarget } from '../base/rollback-target.js';
import { undoStepOf, type Outline } from '../notebook/outline.js';
import { effectsToJudge, attemptChain, continuableAttempt } from './resume-plan.js';
import type { EffectState, RollbackState, RunState, StepState } from '../state/state.js';

/** An undo step that is run. */
export interface PlannedUndo extends RollbackState {
  /** Title of the step that registered it. */
  readonly title: string;
  /** How long undoing it took the last time it passed, in milliseconds; null when it never did. */
  readonly expectedMs: number | null;
}

/** A step that did something and has registered no undo step. */
export interface StepWithoutUndo {
  readonly step: string;
  readonly title: string;
  /** What it did, one line each. */
  readonly effects: readonly string[];
}

/** A step that becomes stale. */
export interface RolledBackStep {
  readonly step: string;
  readonly title: string;
  /** How long its last passed attempt took, in milliseconds; null when it never passed. */
  readonly expectedMs: number | null;
}

/** The whole plan. */
export interface RollbackPlan extends RollbackTarget {
  /** Title of the step before which the run will be; empty for a checkpoint, and for before the first step. */
  readonly title: string;
  /** When the checkpoint was reached, ISO 8601 UTC; null without one. */
  readonly reachedAt: string | null;
  /** Undo steps in the order in which they run: the newest first. What is undone already is not in it. */
  readonly rollbacks: readonly PlannedUndo[];
  /** Steps whose failed attempt is evaluated again first, because it alone registered an undo step that is needed. */
  readonly broughtBack: readonly { readonly step: string; readonly title: string }[];
  /** What cannot be undone here, in the order of the outline. */
  readonly without: readonly StepWithoutUndo[];
  /** Effects of undo steps that began earlier and have no end: a person judges them first. */
  readonly asks: readonly EffectState[];
  /** Steps that become stale, in the order of the outline. */
  readonly steps: readonly RolledBackStep[];
  /** Approvals that no longer count. */
  readonly approvals: readonly { readonly id: string; readonly name: string }[];
  /** How long it takes to be here again: the sum of the steps' expected times, in milliseconds. */
  readonly expectedMs: number;
  /** How long undoing takes, in milliseconds; null when it is not known of every undo step. */
  readonly undoMs: number | null;
}

/**
 * What going back to `to` would do, or null when the run has no such step or checkpoint.
 * `broughtBack` and `without` are empty: the state does not tell them (see {@link withWhatHasNoUndo}).
 *
 * @example
 * planRollback(state, state.outline, { checkpoint: null, step: 'deploy' })?.rollbacks.map(({ name }) => name)
 * // ['Orders back to 2.3.9']
 */
export function planRollback(state: RunState, outline: Outline, to: RollbackTarget): RollbackPlan | null {
  const titles = titlesOf(outline);
  const range =
    to.checkpoint === null
      ? behindStep(state, [...titles.keys()], to.step)
      : sinceCheckpoint(state, to.checkpoint);
  if (!range) {
    return null;
  }
  const rollbacks = state.rollbacks
    .filter(rollback => rollback.status !== 'passed' && range.covers(rollback))
    .sort((a, b) => b.seq - a.seq)
    .map(rollback => ({
      ...rollback,
      title: titles.get(rollback.step) ?? '',
      expectedMs: undoTimeOf(state, rollback)
    }));
  const steps = [...titles].flatMap(([id, title]) => {
    const step = state.steps[id];
    return step && range.makesStale(step) ? [{ step: id, title, expectedMs: expectedOf(step) }] : [];
  });
  return {
    checkpoint: to.checkpoint,
    step: to.step,
    title: to.step === null ? '' : titles.get(to.step)!,
    reachedAt: range.reachedAt,
    rollbacks,
    broughtBack: [],
    without: [],
    asks: rollbacks.flatMap(({ id }) => openEffectsOf(state, undoStepOf(id))),
    steps,
    approvals: fallenApprovals(state, steps),
    expectedMs: steps.reduce((sum, { expectedMs }) => sum + (expectedMs ?? 0), 0),
    undoMs: rollbacks.reduce<number | null>(
      (sum, { expectedMs }) => (sum === null || expectedMs === null ? null : sum + expectedMs),
      0
    )
  };
}

/** Ids and titles of the steps that have to be evaluated again before these undo steps can run: those whose function is not at hand. */
export function stepsToBringBack(
  rollbacks: readonly RollbackState[],
  outline: Outline,
  isAtHand: (rollback: string) => boolean
): RollbackPlan['broughtBack'] {
  const titles = titlesOf(outline);
  const steps = new Set(rollbacks.filter(({ id }) => !isAtHand(id)).map(({ step }) => step));
  return [...steps].map(step => ({ step, title: titles.get(step) ?? step }));
}

/** Effects of an undo step that was cut off, of which nobody has said how they ended. */
export function openEffectsOf(state: RunState, step: string): readonly EffectState[] {
  const died = continuableAttempt(state.steps[step]);
  return died ? effectsToJudge(state, step, attemptChain(state.steps[step], died.attempt)) : [];
}

/** What lies between here and the target. */
interface Range {
  readonly reachedAt: string | null;
  readonly covers: (rollback: RollbackState) => boolean;
  /** Asked of steps of the outline. */
  readonly makesStale: (step: StepState) => boolean;
}

/**
 * The step and everything after it; null: everything. A step that is in the notebook no more, or never was, has no place: what it
 * registered since the first of the others began is undone too.
 */
function behindStep(state: RunState, order: readonly string[], step: string | null): Range | null {
  const index = step === null ? 0 : order.indexOf(step);
  if (index < 0) {
    return null;
  }
  const known = new Set(order);
  const behind = new Set(order.slice(index));
  const sinceSeq = step === null ? 0 : Math.min(...order.slice(index).map(id => beganAt(state.steps[id])));
  return {
    reachedAt: null,
    covers: ({ step: id, seq }) => behind.has(id) || (!known.has(id) && seq > sinceSeq),
    makesStale: ({ id, attempts, skipped }) => behind.has(id) && (attempts.length > 0 || skipped !== null)
  };
}

/**
 * Whatever was executed or left out after the newest checkpoint of this name. A step that reached it in its middle becomes stale only
 * when it registered an undo step after it.
 */
function sinceCheckpoint(state: RunState, name: string): Range | null {
  const checkpoint = state.checkpoints.findLast(candidate => candidate.name === name);
  if (!checkpoint) {
    return null;
  }
  const covers = ({ seq }: RollbackState): boolean => seq > checkpoint.seq;
  // Those that a rollback which stopped has undone already count too: what they undid is stale at its end.
  const undone = new Set(
    state.rollbacks
      .filter(rollback => covers(rollback) && (rollback.status !== 'passed' || isUndoneByPerson(rollback)))
      .map(({ step }) => step)
  );
  return {
    reachedAt: checkpoint.at,
    covers,
    makesStale: ({ id, attempts, skipped }) =>
      undone.has(id) || (attempts.at(-1)?.seq ?? 0) > checkpoint.seq || (skipped?.seq ?? 0) > checkpoint.seq
  };
}

/** By id, in the order of the outline. */
function titlesOf(outline: Outline): ReadonlyMap<string, string> {
  return new Map(outline.phases.flatMap(phase => phase.steps.map(({ id, title }) => [id, title])));
}

function isUndoneByPerson({ id, ranIn }: RollbackState): boolean {
  return ranIn === undoStepOf(id);
}

function beganAt(step: StepState | undefined): number {
  return step?.attempts[0]?.seq ?? Infinity;
}

/** Approvals that were given in these steps, and no longer count when they are stale. */
function fallenApprovals(
  state: RunState,
  steps: readonly RolledBackStep[]
): readonly { readonly id: string; readonly name: string }[] {
  return Object.values(state.approvals)
    .filter(({ step, status }) => status === 'approved' && steps.some(found => found.step === step))
    .map(({ id, name }) => ({ id, name }));
}

/** How long the last passed attempt of a step took, in milliseconds; null when none has passed. */
function expectedOf({ attempts }: StepState): number | null {
  return attempts.findLast(({ outcome }) => outcome === 'passed')?.durationMs ?? null;
}

/** Of an undo step of this name, whichever attempt of its step registered it. */
function undoTimeOf(state: RunState, { name }: RollbackState): number | null {
  const times = state.rollbacks
    .filter(rollback => rollback.name === name)
    .flatMap(({ id }) => state.steps[undoStepOf(id)]?.attempts ?? [])
    .filter(({ outcome }) => outcome === 'passed');
  return times.at(-1)?.durationMs ?? null;
}
