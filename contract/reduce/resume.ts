// Resume: variables come back step by step, or are given up; a person leaves a step out.
import { rollbackOfStep } from '../notebook/outline.js';
import type { StepState } from '../state/state.js';
import type { RulesOf } from './draft.js';
import { noteReturned } from './recovery.js';
import { makeStale, markStale, stepsBehind } from './staleness.js';

/** Rules of resuming and skipping. */
export const RESUME_RULES: RulesOf<
  | 'resume-started'
  | 'step-continued'
  | 'step-replayed'
  | 'resume-ended'
  | 'recovery-discarded'
  | 'step-skipped'
> = {
  'resume-started': (draft, record) => {
    if (draft.recovery) {
      const { by, at, steps } = record;
      draft.recovery = { ...draft.recovery, resume: { by, at, steps }, error: null };
    }
  },
  'step-continued': (draft, record) => {
    const step = draft.steps[record.step];
    if (step) {
      const { attempt, sourceHash, by, reason, at } = record;
      draft.steps[record.step] = { ...step, continuing: { attempt, sourceHash, by, reason, at } };
    }
  },
  'step-replayed': (draft, record) => noteReturned(draft, record.step),
  'resume-ended': (draft, record) => {
    if (draft.recovery) {
      // What is still lost after a resume that passed was lost while it went on, with another process.
      const isOver = record.outcome === 'passed' && draft.recovery.lost.length === 0;
      draft.recovery = isOver ? null : { ...draft.recovery, resume: null, error: record.error ?? null };
    }
  },
  'recovery-discarded': (draft, record) => {
    const { at, seq, from } = record;
    const stale = { at, because: 'discarded' as const, cause: record.reason };
    const again =
      from === null
        ? Object.keys(draft.steps).filter(isRunAgain)
        : [from, ...stepsBehind(draft.outline, from)];
    makeStale(draft, new Set(again), stale, seq);
    // What a step before it had made stale already is given up as well.
    again
      .filter(step => ['inconclusive', 'stale'].includes(draft.steps[step]?.status ?? ''))
      .forEach(step => markStale(draft, step, stale));
  },
  'step-skipped': (draft, record) => {
    const { step: id, by, reason, at, seq, holds = [] } = record;
    const step = draft.steps[id] ?? neverRun(id);
    draft.steps[id] = { ...step, status: 'skipped', skipped: { by, reason, at, seq }, stale: null };
    draft.holdsSkipped = [...draft.holdsSkipped, ...holds.map(name => ({ name, by, at, reason }))];
    noteReturned(draft, id);
  }
};

/** An undo step that was cut off is continued, whatever is run again: begun again it would undo twice. */
function isRunAgain(step: string): boolean {
  return rollbackOfStep(step) === null;
}

function neverRun(id: string): StepState {
  return { id, status: 'not-started', attempts: [], holds: [], skipped: null, stale: null };
}
