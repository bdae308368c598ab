// Attempts: each execution of a step is kept, none is ever overwritten.
import { rollbackOfStep } from '../notebook/outline.js';
import type { AttemptEnded } from '../journal/attempts.js';
import type { AttemptState } from '../state/state.js';
import type { StepStatus } from '../base/run.js';
import { endGathering } from './task-lists.js';
import { updateStep, type Draft, type RulesOf } from './draft.js';
import { noteReturned } from './recovery.js';
import { staleBehind } from './staleness.js';

/** Rules of executions. */
export const ATTEMPT_RULES: RulesOf<
  'attempt-started' | 'attempt-ended' | 'order-waived' | 'second-run-allowed'
> = {
  'attempt-started': (draft, record) => {
    const before = draft.steps[record.step];
    const attempt: AttemptState = {
      attempt: record.attempt,
      seq: record.seq,
      executionCount: record.executionCount,
      by: record.by,
      ...(record.client === undefined ? {} : { client: record.client }),
      sourceHash: record.sourceHash,
      queuedAt: record.queuedAt,
      startedAt: record.at,
      endedAt: null,
      durationMs: null,
      outcome: null,
      error: null,
      continues: record.continues ?? null,
      ...(record.outOfOrder === undefined ? {} : { outOfOrder: record.outOfOrder })
    };
    delete draft.orderWaivers[record.step];
    delete draft.secondRuns[record.step];
    draft.steps[record.step] = {
      id: record.step,
      status: 'running',
      attempts: [...(before?.attempts ?? []), attempt],
      holds: before?.holds ?? [],
      skipped: null,
      stale: null
    };
    if (rollbackOfStep(record.step) === null && draft.undoing?.error) {
      draft.undoing = null; // somebody goes on in another way
    }
    if (before?.attempts.some(({ outcome }) => outcome === 'passed')) {
      staleBehind(draft, record.step, record);
    }
  },
  'attempt-ended': (draft, record) => {
    updateStep(draft, record.step, statusAfter(draft, record), attempts =>
      attempts.map(attempt =>
        attempt.attempt === record.attempt
          ? {
              ...attempt,
              endedAt: record.at,
              durationMs: record.durationMs,
              outcome: record.outcome,
              error: record.error ?? null
            }
          : attempt
      )
    );
    endGathering(draft, record.at, record.seq, draft.steps[record.step]?.holds);
    if (record.outcome === 'passed') {
      noteReturned(draft, record.step);
    }
  },
  'order-waived': (draft, { step, open, by, reason }) => {
    draft.orderWaivers[step] = { open, by, reason };
  },
  'second-run-allowed': (draft, { step, attempt }) => {
    draft.secondRuns[step] = attempt;
  }
};

/** An attempt may end again, when what it has left behind fails: that says nothing of a later one, nor of a step rolled back since. */
function statusAfter(draft: Draft, { step: id, attempt, outcome }: AttemptEnded): StepStatus {
  const { status = outcome, attempts = [], stale = null, skipped = null } = draft.steps[id] ?? {};
  const last = attempts.at(-1);
  const endsNow = last?.attempt === attempt && (last.outcome === null || (!stale && !skipped));
  return endsNow ? outcome : status;
}

/** A process ended: what ran or waited in it has no known end. */
export function closeAttempts(draft: Draft, at: string): void {
  for (const step of Object.values(draft.steps)) {
    if (step.status === 'running' || step.status === 'waiting') {
      updateStep(draft, step.id, 'inconclusive', attempts =>
        attempts.map(attempt =>
          attempt.endedAt === null ? { ...attempt, endedAt: at, outcome: 'inconclusive' } : attempt
        )
      );
    }
  }
}
