// Recovery: which steps have lost their variables with the process that held them.
import { isCellStep } from '../notebook/outline.js';
import type { Draft } from './draft.js';

/** The process that held the variables is gone. */
export function loseVariables(draft: Draft, at: string, cause: 'kernel' | 'executor'): void {
  const lost = Object.values(draft.steps)
    .filter(({ id, status }) => status === 'passed' && isCellStep(id))
    .map(({ id, attempts }) => ({
      id,
      seq: attempts.findLast(({ outcome }) => outcome === 'passed')?.seq ?? 0
    }))
    .sort((a, b) => a.seq - b.seq)
    .map(({ id }) => id);
  draft.recovery = lost.length === 0 ? null : { since: at, cause, lost, resume: null, error: null };
}

/** The variables of a step are back, or no longer wanted. The last one ends the recovery. */
export function noteReturned(draft: Draft, step: string): void {
  const { recovery } = draft;
  if (recovery?.lost.includes(step)) {
    const lost = recovery.lost.filter(id => id !== step);
    draft.recovery = lost.length === 0 && recovery.resume === null ? null : { ...recovery, lost };
  }
}
