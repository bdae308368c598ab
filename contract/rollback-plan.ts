// What rolling back would do: a pure function, shown to people before anything happens. A step is rolled back with everything behind
// it in the outline, because that was built on it; undo steps run in the reverse order of their registration.
import { undoStepOf, type Outline } from './outline.js';
import { effectsToJudge, attemptChain, continuableAttempt } from './resume-plan.js';
import { expectedOf, fallenApprovals, type RewoundStep } from './rewind-plan.js';
import type { EffectState, RollbackState, RunState, StepState } from './state.js';

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

/** The whole plan. */
export interface RollbackPlan {
  /** Id and title of the step before which the run will be; null and empty for before the first step. */
  readonly step: string | null;
  readonly title: string;
  /** Undo steps in the order in which they run: the newest first. What is undone already is not in it. */
  readonly rollbacks: readonly PlannedUndo[];
  /** Steps whose failed attempt is evaluated again first, because it alone registered an undo step that is needed. */
  readonly broughtBack: readonly { readonly step: string; readonly title: string }[];
  /** What cannot be undone here, in the order of the outline. */
  readonly without: readonly StepWithoutUndo[];
  /** Effects of undo steps that began earlier and have no end: a person judges them first. */
  readonly asks: readonly EffectState[];
  /** Steps that become stale, in the order of the outline. */
  readonly steps: readonly RewoundStep[];
  /** Approvals that fall. */
  readonly approvals: readonly { readonly id: string; readonly name: string }[];
  /** How long it takes to be here again: the sum of the steps' expected times, in milliseconds. */
  readonly expectedMs: number;
  /** How long undoing takes, in milliseconds; null when it is not known of every undo step. */
  readonly undoMs: number | null;
}

/**
 * What rolling back to before `step` (null: before the first) would do, or null when the run has no such step.
 * `broughtBack` and `without` are empty: only the kernel knows them.
 *
 * @example
 * planRollback(state, state.outline, 'deploy')?.rollbacks.map(({ name }) => name) // ['Orders back to 2.3.9']
 */
export function planRollback(state: RunState, outline: Outline, step: string | null): RollbackPlan | null {
  const titles = new Map(outline.phases.flatMap(phase => phase.steps.map(({ id, title }) => [id, title])));
  const order = [...titles.keys()];
  const index = step === null ? 0 : order.indexOf(step);
  if (index < 0) {
    return null;
  }
  const behind = new Set(order.slice(index));
  // A step that is in the notebook no more, or never was, has no place: what it did since then counts.
  const sinceSeq = step === null ? 0 : Math.min(...order.slice(index).map(id => beganAt(state.steps[id])));
  const rollbacks = state.rollbacks
    .filter(({ status }) => status !== 'passed')
    .filter(({ step: id, seq }) => behind.has(id) || (!titles.has(id) && seq > sinceSeq))
    .sort((a, b) => b.seq - a.seq)
    .map(rollback => ({
      ...rollback,
      title: titles.get(rollback.step) ?? '',
      expectedMs: undoTimeOf(state, rollback)
    }));
  const steps = [...behind]
    .filter(id => (state.steps[id]?.attempts.length ?? 0) > 0 || state.steps[id]?.skipped)
    .map(id => ({ step: id, title: titles.get(id)!, expectedMs: expectedOf(state.steps[id]!) }));
  return {
    step,
    title: step === null ? '' : titles.get(step)!,
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

/** Effects of an undo step that was cut off, of which nobody has said what became of them. */
export function openEffectsOf(state: RunState, step: string): readonly EffectState[] {
  const died = continuableAttempt(state.steps[step]);
  return died ? effectsToJudge(state, step, attemptChain(state.steps[step], died.attempt)) : [];
}

function beganAt(step: StepState | undefined): number {
  return step?.attempts[0]?.seq ?? Infinity;
}

/** Of an undo step of this name, whichever attempt of its step registered it. */
function undoTimeOf(state: RunState, { name }: RollbackState): number | null {
  const times = state.rollbacks
    .filter(rollback => rollback.name === name)
    .flatMap(({ id }) => state.steps[undoStepOf(id)]?.attempts ?? [])
    .filter(({ outcome }) => outcome === 'passed');
  return times.at(-1)?.durationMs ?? null;
}
