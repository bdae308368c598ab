// Which cells of an open notebook the rules check: those of a runbook. A notebook without phases that is no run is no runbook.
import { outlineOf, START_PHASE, type OutlineCell } from '../../contract/notebook/outline.js';

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
  const hasPhase = outlineOf(own, () => null).phases.some(phase => phase.id !== START_PHASE);
  return isRun || hasPhase ? own : null;
}
