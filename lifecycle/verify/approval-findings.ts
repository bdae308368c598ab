// Does the notebook still hold what was approved? Each approval that released a hold point says what it was bound to: the cells of its
// phase, the parameters, the order of the phases, environment and release. Bound anew to the archive, nothing of it may differ.
import { contentChanges, type ContentChange } from '../../contract/content-binding.js';
import type { ApprovalState } from '../../contract/hold.js';
import { runOf, type Notebook } from '../../contract/notebook.js';
import { outlineOf } from '../../contract/outline.js';
import type { RunState } from '../../contract/state.js';
import { bindContent } from '../../runbook/hold/bind-content.js';
import { withoutArchiveMarks } from '../notebook/archive-marks.js';
import { lineOfText } from './line-of.js';
import type { ArchiveFiles, Finding } from './verification.js';

/** Approvals that stand and say what they are bound to; journals of the first format do not say. */
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
  const content = { run: runOf(notebook), outline: outlineOf(cells), cells };
  return boundApprovals(state).flatMap(approval => {
    const bound = approval.binding!;
    const { evidence, question } = bound;
    const now = bindContent({ content, state, sources: {} }, approval.step, { evidence, question });
    return contentChanges(bound, now).map(change => ({
      file: names.notebook,
      line: lineOfText(text, placeOf(change)),
      code: 'approval.stale',
      text: `is not what “${approval.name}” was approved for: ${change.text.replace(/\.$/, '')}`
    }));
  });
}

/** The text that a change is looked for by. A cell that was removed stands nowhere. */
function placeOf({ part, name }: ContentChange): string {
  if (part === 'cells' || part === 'parameterCells') {
    return name === null ? '"cells": [' : `"id": ${JSON.stringify(name)}`;
  }
  return part === 'parameters' ? '"parameters": {' : `"${part === 'phases' ? 'cells' : part}":`;
}
