// The run as a whole: the journal's opening, the processes that ran it, the outline, remarks.
import { closeAttempts } from './attempts.js';
import { withdrawChecklists } from './checklists.js';
import type { Draft, RulesOf } from './draft.js';
import { withdrawApprovals } from './approvals.js';
import { endGathering } from './task-lists.js';
import { loseVariables } from './recovery.js';
import { closeRollbacks } from './rollbacks.js';

/** Rules of records that belong to no step. */
export const RUN_RULES: RulesOf<
  | 'journal-opened'
  | 'kernel-started'
  | 'executor-replaced'
  | 'outline'
  | 'note'
  | 'run-archived'
  | 'run-reopened'
  | 'clock-accepted'
> = {
  'journal-opened': (draft, record) => {
    draft.run = record.run;
    draft.notebook = record.notebook;
    draft.openedAt = record.at;
    if (record.anew) {
      const { by, reason, because } = record.anew;
      const text = `The run was begun anew without its earlier journal (${because}): ${reason}`;
      draft.notes = [...draft.notes, { text, step: null, by, at: record.at, seq: record.seq }];
    }
  },
  'kernel-started': (draft, record) => endProcess(draft, record.at, record.seq, 'kernel'),
  'executor-replaced': (draft, record) => endProcess(draft, record.at, record.seq, 'executor'),
  outline: (draft, record) => {
    if (draft.run !== null && draft.outline.phases.length > 0) {
      draft.outlineAtStart ??= draft.outline;
    }
    draft.outline = record.outline;
  },
  note: (draft, record) => {
    const { text, step, by, at, seq } = record;
    draft.notes = [...draft.notes, { text, step, by, at, seq }];
  },
  'run-archived': (draft, { by, at }) => {
    draft.archived = { by, at };
  },
  'run-reopened': draft => {
    delete draft.archived;
  },
  'clock-accepted': (draft, { at }) => {
    draft.latestAt = at;
  }
};

/** A process ended: whatever ran or waited in it has no known end, and the variables of its cells are gone. */
function endProcess(draft: Draft, at: string, seq: number, cause: 'kernel' | 'executor'): void {
  closeAttempts(draft, at);
  withdrawApprovals(draft, at, seq);
  withdrawChecklists(draft, at, seq);
  endGathering(draft, at, seq);
  closeRollbacks(draft);
  loseVariables(draft, at, cause);
}
