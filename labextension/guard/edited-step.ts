// What a person should know who edits a cell of a phase that has been passed or approved.
import { formatUtcClock } from '../../contract/format.js';
import type { ApprovalState } from '../../contract/hold.js';
import { phaseOfStep, type Outline } from '../../contract/outline.js';
import { describePerson } from '../../contract/person.js';
import { lastAttemptOf, type RunState } from '../../contract/state.js';
import type { Words } from '../words.js';

export interface EditedCell {
  readonly id: string;
  /** SHA-256 (hex) of its text now; '' when that cannot be told, which says nothing. */
  readonly hash: string;
}

/** The remark, or '' when the cell is as it was when it passed, or has not passed. */
export function editedStepText(cell: EditedCell, state: RunState, outline: Outline, words: Words): string {
  const last = lastAttemptOf(state, cell.id);
  if (
    state.steps[cell.id]?.status !== 'passed' ||
    !last ||
    cell.hash === '' ||
    last.sourceHash === cell.hash
  ) {
    return '';
  }
  const approvals = fallingApprovals(cell.id, state, outline);
  return approvals.length > 0
    ? words.__(
        'This is not what %1 any more. The approval falls and has to be asked for again; undo the change to keep it.',
        approvals.map(approval => approvedText(approval, words)).join(', ')
      )
    : words.__('This step passed with another text. Run it again, or undo the change.');
}

/** Approvals that bind the cell: those that name it, and in older journals those of its phase. */
function fallingApprovals(cell: string, state: RunState, outline: Outline): ApprovalState[] {
  const steps = new Set(phaseOfStep(outline, cell)?.steps.map(step => step.id));
  return Object.values(state.approvals).filter(
    ({ status, binding, step }) =>
      status === 'approved' && (binding ? binding.cells.some(each => each.id === cell) : steps.has(step))
  );
}

function approvedText({ name, decisions }: ApprovalState, words: Words): string {
  const last = decisions.findLast(each => each.decision === 'approved');
  return last
    ? words.__('%1 approved as “%2” at %3 UTC', describePerson(last.by), name, formatUtcClock(last.at))
    : words.__('was approved as “%1”', name);
}
