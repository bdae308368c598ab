// The run as a whole: the journal's opening, the processes behind it, the outline, remarks.
import { closeAttempts } from './attempts.js';
import { withdrawChecklists } from './checklists.js';
import type { Draft, RulesOf } from './draft.js';
import { withdrawApprovals } from './approvals.js';
import { endGathering } from './boards.js';
import { loseVariables } from './recovery.js';
import { closeRollbacks } from './rollbacks.js';

/** Rules of records that belong to no step. */
export const RUN_RULES: RulesOf<
  'journal-opened' | 'kernel-started' | 'executor-replaced' | 'outline' | 'note'
> = {
  'journal-opened': (draft, record) => {
    draft.run = record.run;
    draft.notebook = record.notebook;
    draft.openedAt = record.at;
  },
  'kernel-started': (draft, record) => endProcess(draft, record.at, record.seq, 'kernel'),
  'executor-replaced': (draft, record) => endProcess(draft, record.at, record.seq, 'executor'),
  outline: (draft, record) => {
    draft.outline = record.outline;
  },
  note: (draft, record) => {
    const { text, step, by, at, seq } = record;
    draft.notes = [...draft.notes, { text, step, by, at, seq }];
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
