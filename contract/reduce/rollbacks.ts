// The way back: checkpoints, undo steps, and the return to a checkpoint.
import type { Outcome } from '../run.js';
import type { Draft, RulesOf } from './draft.js';
import { staleApproval } from './approvals.js';
import { markStale } from './staleness.js';

/** Rules of checkpoints and undo steps. */
export const ROLLBACK_RULES: RulesOf<
  'checkpoint' | 'rollback-registered' | 'rollback-started' | 'rollback-ended' | 'rewound'
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
      status: 'registered' as const
    };
    // A name that is registered again takes the place of the earlier one, unless that has been undone.
    const others = draft.rollbacks.filter(({ name, status }) => name !== record.name || status === 'passed');
    draft.rollbacks = [...others, rollback];
  },
  'rollback-started': (draft, record) => setRollback(draft, record.rollback, 'running'),
  'rollback-ended': (draft, record) => setRollback(draft, record.rollback, record.outcome),
  rewound: (draft, record) => {
    const { at, seq } = record;
    const stale = { at, because: 'rewound' as const, cause: record.checkpoint };
    record.steps.forEach(step => markStale(draft, step, stale));
    record.approvals.forEach(approval =>
      staleApproval(draft, approval, `Back to “${record.checkpoint}”.`, { at, seq })
    );
    const last = draft.checkpoints.findLastIndex(({ name }) => name === record.checkpoint);
    draft.checkpoints = last < 0 ? draft.checkpoints : draft.checkpoints.slice(0, last + 1);
  }
};

/** A process ended: an undo step that ran in it has no known end. */
export function closeRollbacks(draft: Draft): void {
  draft.rollbacks
    .filter(({ status }) => status === 'running')
    .forEach(({ id }) => setRollback(draft, id, 'inconclusive'));
}

function setRollback(draft: Draft, id: string, status: 'running' | Outcome): void {
  draft.rollbacks = draft.rollbacks.map(rollback =>
    rollback.id === id ? { ...rollback, status } : rollback
  );
}
