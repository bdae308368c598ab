// Staleness: what a step built on has changed, so the step and its approvals no longer count until they are made again.
// In a run alone; in a scratch notebook people go back and forth.
import { staleByStep } from '../holds/stale-approval.js';
import type { Outline } from '../notebook/outline.js';
import type { StaleState } from '../state/state.js';
import type { Draft } from './draft.js';
import { staleApproval } from './approvals.js';
import { noteReturned } from './recovery.js';

/** A step that had passed is run again: the steps after it in the outline, and their approvals, are stale. */
export function staleBehind(draft: Draft, step: string, { at, seq }: { at: string; seq: number }): void {
  if (draft.run !== null) {
    const behind = new Set(stepsBehind(draft.outline, step));
    makeStale(draft, behind, { at, because: 'rerun', cause: step }, seq);
  }
}

/** Steps that passed or were skipped, and approvals that were given, become stale. */
export function makeStale(draft: Draft, steps: ReadonlySet<string>, stale: StaleState, seq: number): void {
  for (const id of steps) {
    const status = draft.steps[id]?.status;
    if (status === 'passed' || status === 'skipped') {
      markStale(draft, id, stale);
    }
  }
  for (const approval of Object.values(draft.approvals)) {
    if (approval.status === 'approved' && steps.has(approval.step)) {
      staleApproval(draft, approval.id, staleByStep(stale.because, stale.cause), { at: stale.at, seq });
    }
  }
}

/** One step, however it ended before. Its variables need not come back: it is run again. */
export function markStale(draft: Draft, id: string, stale: StaleState): void {
  const step = draft.steps[id];
  if (step && step.status !== 'running' && step.status !== 'waiting') {
    draft.steps[id] = { ...step, status: 'stale', skipped: null, stale };
    noteReturned(draft, id);
  }
}

/** Ids of the steps after `step` in document order; none when the outline does not know it. */
export function stepsBehind(outline: Outline, step: string): readonly string[] {
  const ids = outline.phases.flatMap(phase => phase.steps.map(({ id }) => id));
  const index = ids.indexOf(step);
  return index < 0 ? [] : ids.slice(index + 1);
}
