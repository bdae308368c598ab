// Redlines: what people changed in the notebook while it ran, held against the template that it was made from. Values of parameters are
// no redlines; neither are outputs, times and what an archive adds.
import type { Notebook } from '../../contract/notebook.js';
import { textOf, type OutlineCell } from '../../contract/outline.js';
import type { RunInfo } from '../../contract/run.js';
import { parametersOf, withParameters } from '../new/parameters.js';
import { withoutArchiveMarks } from '../notebook/archive-marks.js';

/** One changed cell. */
export interface Redline {
  readonly kind: 'edited' | 'added' | 'removed';
  readonly cell: string;
  /** First line of the cell, for reading. */
  readonly title: string;
}

/** The redlines of a run, and the template with them. */
export interface Redlines {
  readonly redlines: readonly Redline[];
  readonly template: Notebook;
}

/** Compares by cell id. The answer's template is the given one when there are no redlines. */
export function redlinesOf(run: Notebook, template: Notebook, { parameters }: RunInfo): Redlines {
  const now = withoutArchiveMarks(run).cells;
  const before = withParameters(template.cells, parameters);
  const ids = new Set(now.map(cell => cell.id));
  const redlines = [
    ...now.flatMap(
      cell =>
        redlineOf(
          cell,
          before.find(other => other.id === cell.id)
        ) ?? []
    ),
    ...before.filter(cell => !ids.has(cell.id)).map(cell => redline('removed', cell))
  ];
  if (redlines.length === 0) {
    return { redlines, template };
  }
  const defaults = parametersOf(template.cells);
  const cells = withParameters(
    now.map(cell => templateCell(cell, template.cells)),
    defaults
  );
  return { redlines, template: { ...template, cells } };
}

function redlineOf(cell: OutlineCell, before: OutlineCell | undefined): Redline | null {
  if (before === undefined) {
    return redline('added', cell);
  }
  const isSame = textOf(cell.source) === textOf(before.source) && cell.cell_type === before.cell_type;
  return isSame ? null : redline('edited', cell);
}

function redline(kind: Redline['kind'], cell: OutlineCell): Redline {
  const title =
    textOf(cell.source)
      .split('\n')
      .find(line => line.trim() !== '')
      ?.trim()
      .slice(0, 80) ?? '(empty)';
  return { kind, cell: cell.id ?? '', title };
}

/** The cell of the template with the run's text; a new cell without what its execution left. */
function templateCell(cell: OutlineCell, template: readonly OutlineCell[]): OutlineCell {
  const original = template.find(other => other.id === cell.id);
  if (original !== undefined && original.cell_type === cell.cell_type) {
    return { ...original, source: cell.source };
  }
  const executed = cell.cell_type === 'code' ? { outputs: [], execution_count: null } : {};
  return { ...cell, metadata: {}, ...executed };
}
