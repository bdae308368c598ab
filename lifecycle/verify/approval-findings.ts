// Does the notebook still hold what was approved? Each approval that released a hold point says what it was bound to: the cells of its
// phase, the parameters, the order of the phases, environment and release. Bound again to the archive, nothing of it may differ.
import { contentChanges, type ContentChange } from '../../contract/holds/content-binding.js';
import type { ApprovalState } from '../../contract/holds/hold.js';
import { runOf, type Notebook } from '../../contract/notebook/notebook.js';
import { readOutline } from '../../record/source/read-outline.js';
import type { RunState } from '../../contract/state/state.js';
import { bindLike } from '../../record/policy/bind-content.js';
import { withoutArchiveMarks } from '../notebook/archive-marks.js';
import { lineOfText } from '../findings/line-of.js';
import type { ArchiveFiles, Finding } from '../findings/verification.js';

/** Approvals that count and say what they are bound to; journals of the first format do not say it. */
export function boundApprovals(state: RunState): ApprovalState[] {
  return Object.values(state.approvals).filter(
    approval => approval.status === 'approved' && approval.binding !== undefined
  );
}

/** Every difference between what was approved and what the notebook holds. */
export function approvalFindings(
  { names, notebook: bytes }: ArchiveFiles,
  notebook: Notebook,
  state: RunState
): Finding[] {
  const text = bytes.toString('utf8');
  const { cells } = withoutArchiveMarks(notebook);
  const content = { run: runOf(notebook), outline: readOutline(cells), cells };
  return boundApprovals(state).flatMap(approval => {
    const bound = approval.binding!;
    const now = bindLike(bound, { content, state, sources: {} }, approval.step);
    return contentChanges(bound, now).map(change => ({
      file: names.notebook,
      line: lineOfText(text, placeOf(change)),
      code: 'approval.stale',
      text: `is not what “${approval.name}” was approved for: ${change.text.replace(/\.$/, '')}`
    }));
  });
}

/** The text that a change is looked for by. A cell that was removed has none. */
function placeOf({ part, name }: ContentChange): string {
  if (part === 'cells' || part === 'parameterCells') {
    return name === null ? '"cells": [' : `"id": ${JSON.stringify(name)}`;
  }
  return part === 'parameters' ? '"parameters": {' : `"${part === 'phases' ? 'cells' : part}":`;
}
