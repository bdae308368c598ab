// What going back to a checkpoint would do: a pure function, shown to people before anything happens.
import type { Outline } from './outline.js';
import type { CheckpointState, RollbackState, RunState, StepState } from './state.js';

/** A step that becomes stale. */
export interface RewoundStep {
  readonly step: string;
  readonly title: string;
  /** How long its last passed attempt took, in milliseconds; null when it never passed. */
  readonly expectedMs: number | null;
}

/** The whole plan. */
export interface RewindPlan {
  readonly checkpoint: CheckpointState;
  /** Steps that become stale, in the order of the outline. */
  readonly steps: readonly RewoundStep[];
  /** Undo steps in the order in which they run: the newest first. */
  readonly rollbacks: readonly RollbackState[];
  /** Approvals that fall. */
  readonly approvals: readonly { readonly id: string; readonly name: string }[];
  /** Sum of the steps' expected times: how long it takes to be here again. The undo steps come on top. */
  readonly expectedMs: number;
}

/**
 * What going back to the newest checkpoint of this name would do, or null when there is none.
 * Stale becomes whatever was executed or left out after it; a step that reached it in its middle only when it registered an
 * undo step after it.
 *
 * @example
 * planRewind(state, state.outline, 'before deploy')?.rollbacks.map(({ name }) => name) // ['Orders back to 2.3.9']
 */
export function planRewind(state: RunState, outline: Outline, name: string): RewindPlan | null {
  const checkpoint = state.checkpoints.findLast(candidate => candidate.name === name);
  if (!checkpoint) {
    return null;
  }
  const rollbacks = state.rollbacks
    .filter(({ seq, status }) => seq > checkpoint.seq && status !== 'passed')
    .sort((a, b) => b.seq - a.seq);
  const undone = new Set(rollbacks.map(({ step }) => step));
  const titles = new Map(outline.phases.flatMap(phase => phase.steps.map(({ id, title }) => [id, title])));
  const order = [...titles.keys()];
  const steps = Object.values(state.steps)
    .filter(step => undone.has(step.id) || isAfter(step, checkpoint.seq))
    .filter(({ id }) => titles.has(id))
    .sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
    .map(step => ({ step: step.id, title: titles.get(step.id)!, expectedMs: expectedOf(step) }));
  return {
    checkpoint,
    steps,
    rollbacks,
    approvals: fallenApprovals(state, steps),
    expectedMs: steps.reduce((sum, { expectedMs }) => sum + (expectedMs ?? 0), 0)
  };
}

function isAfter({ attempts, skipped }: StepState, seq: number): boolean {
  return (attempts.at(-1)?.seq ?? 0) > seq || (skipped?.seq ?? 0) > seq;
}

/** Approvals that were given in these steps, and count no longer when they are stale. */
export function fallenApprovals(
  state: RunState,
  steps: readonly RewoundStep[]
): readonly { readonly id: string; readonly name: string }[] {
  return Object.values(state.approvals)
    .filter(({ step, status }) => status === 'approved' && steps.some(found => found.step === step))
    .map(({ id, name }) => ({ id, name }));
}

/** How long the last passed attempt of a step took, in milliseconds; null when none has passed. */
export function expectedOf({ attempts }: StepState): number | null {
  return attempts.findLast(({ outcome }) => outcome === 'passed')?.durationMs ?? null;
}
