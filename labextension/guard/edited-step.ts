// The remark for a person who edits a cell that has passed or was approved.
import type { ApprovalState } from '../../contract/holds/hold.js';
import { phaseOfStep, type Outline } from '../../contract/notebook/outline.js';
import { describePerson } from '../../contract/base/person.js';
import { lastAttemptOf, type RunState } from '../../contract/state/state.js';
import { utcNear } from '../page/time-text.js';
import type { Words } from '../page/words.js';

export interface EditedCell {
  readonly id: string;
  /** SHA-256 (hex) of its text now; '' when it is not known, and then there is no remark. */
  readonly hash: string;
}

/** The remark, or '' when the cell is as it was when it passed, or has not passed. */
export function editedStepText(
  cell: EditedCell,
  state: RunState,
  outline: Outline,
  words: Words,
  now = Date.now()
): string {
  const last = lastAttemptOf(state, cell.id);
  if (
    state.steps[cell.id]?.status !== 'passed' ||
    !last ||
    cell.hash === '' ||
    last.sourceHash === cell.hash
  ) {
    return '';
  }
  const approvals = lostApprovals(cell.id, state, outline);
  return approvals.length > 0
    ? words.__(
        'This text is not the one that %1. The approval no longer counts and has to be asked for again; undo the change to keep it.',
        approvals.map(approval => approvedText(approval, words, now)).join(', ')
      )
    : words.__('This step passed with another text. Run it again, or undo the change.');
}

/** Approvals that bind the cell: those that name it, and in older journals those of its phase. */
function lostApprovals(cell: string, state: RunState, outline: Outline): ApprovalState[] {
  const steps = new Set(phaseOfStep(outline, cell)?.steps.map(step => step.id));
  return Object.values(state.approvals).filter(
    ({ status, binding, step }) =>
      status === 'approved' && (binding ? binding.cells.some(each => each.id === cell) : steps.has(step))
  );
}

function approvedText({ name, decisions }: ApprovalState, words: Words, now: number): string {
  const last = decisions.findLast(each => each.decision === 'approved');
  return last
    ? words.__('%1 approved as “%2” at %3', describePerson(last.by), name, utcNear(last.at, now))
    : words.__('was approved as “%1”', name);
}
