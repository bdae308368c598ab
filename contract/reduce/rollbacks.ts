// The way back: checkpoints, undo steps, and rollbacks.
import type { RollbackState } from '../state/state.js';
import type { Draft, RulesOf } from './draft.js';
import { staleApproval } from './approvals.js';
import { markStale } from './staleness.js';

/** Rules of checkpoints and undo steps. */
export const ROLLBACK_RULES: RulesOf<
  | 'checkpoint'
  | 'rollback-registered'
  | 'rollback-values'
  | 'rollback-started'
  | 'rollback-ended'
  | 'undoing-started'
  | 'undoing-stopped'
  | 'rolled-back'
  | 'rewound'
> = {
  checkpoint: (draft, record) => {
    const { name, step, at, seq } = record;
    draft.checkpoints = [...draft.checkpoints, { name, step, at, seq }];
  },
  'rollback-registered': (draft, record) => {
    const rollback = {
      id: record.rollback,
      name: record.name,
      step: record.step,
      seq: record.seq,
      status: 'registered' as const,
      attempt: draft.steps[record.step]?.attempts.at(-1)?.attempt ?? null,
      ...(record.values && { values: record.values })
    };
    // A name that is registered again takes the place of the earlier one, unless that has been undone.
    const others = draft.rollbacks.filter(({ name, status }) => name !== record.name || status === 'passed');
    draft.rollbacks = [...others, rollback];
  },
  'rollback-values': (draft, { rollback, values }) => setRollback(draft, rollback, { values }),
  'rollback-started': (draft, record) =>
    setRollback(draft, record.rollback, { status: 'running', ranIn: record.step }),
  'rollback-ended': (draft, record) => setRollback(draft, record.rollback, { status: record.outcome }),
  'undoing-started': (draft, record) => {
    const { by, at, reason, checkpoint, step, rollbacks } = record;
    draft.undoing = { by, at, reason, checkpoint, step, rollbacks, error: null };
  },
  'undoing-stopped': (draft, record) => {
    draft.undoing = draft.undoing && { ...draft.undoing, error: record.error };
  },
  'rolled-back': (draft, record) => {
    const { at, seq, reason, checkpoint, steps } = record;
    draft.undoing = null;
    steps.forEach(step => markStale(draft, step, { at, because: 'rolled-back', cause: reason }));
    record.approvals.forEach(approval =>
      staleApproval(draft, approval, `Its step was rolled back: ${reason}`, { at, seq })
    );
    if (typeof checkpoint === 'string') {
      forgetLaterCheckpoints(draft, checkpoint);
    } else if (checkpoint === null) {
      draft.checkpoints = draft.checkpoints.filter(({ step }) => !steps.includes(step));
    } // else a journal of an earlier version, in which they stayed
  },
  rewound: (draft, record) => {
    const { at, seq } = record;
    draft.undoing = null;
    const stale = { at, because: 'rewound' as const, cause: record.checkpoint };
    record.steps.forEach(step => markStale(draft, step, stale));
    record.approvals.forEach(approval =>
      staleApproval(draft, approval, `Back to “${record.checkpoint}”.`, { at, seq })
    );
    forgetLaterCheckpoints(draft, record.checkpoint);
  }
};

/** The run is at the newest checkpoint of this name. */
function forgetLaterCheckpoints(draft: Draft, checkpoint: string): void {
  const last = draft.checkpoints.findLastIndex(({ name }) => name === checkpoint);
  draft.checkpoints = last < 0 ? draft.checkpoints : draft.checkpoints.slice(0, last + 1);
}

/** A process ended: an undo step that ran in it has no known end. */
export function closeRollbacks(draft: Draft): void {
  draft.rollbacks
    .filter(({ status }) => status === 'running')
    .forEach(({ id }) => setRollback(draft, id, { status: 'inconclusive' }));
  if (draft.undoing?.error === null) {
    draft.undoing = { ...draft.undoing, error: CUT_OFF };
  }
}

const CUT_OFF = {
  name: 'UndoingCutOffError',
  code: 'rollback.cut_off',
  message: 'The process ended in the middle of it.'
};

function setRollback(
  draft: Draft,
  id: string,
  news: Partial<Pick<RollbackState, 'status' | 'ranIn' | 'values'>>
): void {
  draft.rollbacks = draft.rollbacks.map(rollback =>
    rollback.id === id ? { ...rollback, ...news } : rollback
  );
}
