// What an approval approves: one hash over everything that would make it a different release step.
import { createHash } from 'node:crypto';
import type { Evidence } from '../../contract/hold.js';
import { phaseOfStep, textOf, type OutlineCell } from '../../contract/outline.js';
import type { NotebookContent } from './notebook-file.js';

/**
 * SHA-256 (hex) over the phase's cells in order, the environment, the parameters and the evidence shown.
 * Prose outside the phase, outputs and metadata do not count; saving or re-opening changes nothing.
 */
export function contentHash(
  content: NotebookContent,
  step: string,
  code: string,
  evidence: readonly Evidence[]
): string {
  const phase = phaseOfStep(content.outline, step);
  const ids = new Set(phase?.steps.map(candidate => candidate.id));
  const first = content.cells.findIndex(cell => cell.id === phase?.id);
  const cells = content.cells.filter(
    (cell, index) => ids.has(cell.id ?? '') || index === first || isProseOf(content, cell, index, first, ids)
  );
  const bound = {
    cells: cells.map(cell => [
      cell.id ?? null,
      cell.cell_type,
      cell.id === step ? code : textOf(cell.source)
    ]),
    // A step that the file does not know yet is bound by its own text.
    code: ids.has(step) ? null : code,
    environment: content.run?.environment ?? null,
    parameters: sorted(content.run?.parameters ?? {}),
    release: content.run?.release ?? null,
    evidence
  };
  return createHash('sha256').update(JSON.stringify(bound)).digest('hex');
}

/** Prose between the phase's heading and its last step belongs to what was approved. */
function isProseOf(
  content: NotebookContent,
  cell: OutlineCell,
  index: number,
  first: number,
  ids: ReadonlySet<string>
): boolean {
  const last = content.cells.findLastIndex(candidate => ids.has(candidate.id ?? ''));
  return cell.cell_type === 'markdown' && first >= 0 && index > first && index < last;
}

function sorted(value: object): unknown {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
