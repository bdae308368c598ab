// Which cells of an open notebook the rules look at: those of a runbook. A scratch notebook has no phases and is nobody's runbook.
import { outlineOf, type OutlineCell } from '../../contract/outline.js';

/** A cell as JupyterLab has it. */
export interface OpenCell {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly tags: unknown;
  /** The value of our key in its metadata. */
  readonly ours: unknown;
}

/** The cells of a runbook, without those that an archive added; null when it has no phase and is no run. */
export function lintedCells(cells: readonly OpenCell[], isRun: boolean): readonly OutlineCell[] | null {
  const own = cells
    .filter(({ ours }) => (ours as { archive?: unknown } | null | undefined)?.archive === undefined)
    .map(({ id, type, source, tags }): OutlineCell => ({
      id,
      cell_type: type,
      source,
      ...(tags === undefined ? {} : { metadata: { tags } })
    }));
  const hasPhase = outlineOf(own).phases.some(phase => phase.id !== START);
  return isRun || hasPhase ? own : null;
}

/** Id of the phase that code cells before the first heading form. */
const START = 'start';
