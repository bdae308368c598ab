// Does the notebook still hold what was approved? Each approval that released a hold point names the cells, the environment, the release
// and the parameters that it was bound to.
import { runOf, type Notebook } from '../../contract/notebook.js';
import { textOf } from '../../contract/outline.js';
import type { BoundCell } from '../../contract/content-binding.js';
import type { ApprovalState } from '../../contract/hold.js';
import type { RunState } from '../../contract/state.js';
import { sha256 } from '../../runbook/hash.js';
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
  const run = runOf(notebook);
  return boundApprovals(state).flatMap(approval => {
    const binding = approval.binding!;
    const finding = (part: string, seen: string): Finding => ({
      file: names.notebook,
      line: lineOfText(text, part),
      code: 'approval.stale',
      text: `${seen} the approval “${approval.name}” was given for`
    });
    const facts = (['environment', 'release'] as const).filter(
      fact => (run?.[fact] ?? null) !== binding[fact]
    );
    return [
      ...facts.map(fact => finding(`"${fact}"`, `holds another ${fact} than`)),
      ...[...binding.cells, ...binding.parameterCells]
        .filter(cell => !holds(notebook, cell))
        .map(cell =>
          finding(`"id": ${JSON.stringify(cell.id)}`, `does not hold the text of “${cell.title}” that`)
        )
    ];
  });
}

function holds(notebook: Notebook, bound: BoundCell): boolean {
  const cell = notebook.cells.find(candidate => candidate.id === bound.id);
  return cell !== undefined && bound.hashes.includes(sha256(textOf(cell.source)));
}
