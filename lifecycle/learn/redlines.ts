// Redlines: what people changed in the notebook while it ran, compared with the template that it was made from. Values of parameters are
// no redlines; neither are outputs, times and what an archive adds.
import type { Notebook } from '../../contract/notebook/notebook.js';
import { textOf, type OutlineCell } from '../../contract/notebook/outline.js';
import type { RunInfo } from '../../contract/base/run.js';
import { parametersOf, withParameters } from '../notebook/parameters.js';
import { cellTitles, firstLineOf } from '../notebook/cell-titles.js';
import { withoutArchiveMarks } from '../notebook/archive-marks.js';

/** One changed cell. */
export interface Redline {
  readonly kind: 'edited' | 'added' | 'removed';
  /** Id of the cell. */
  readonly cell: string;
  /** What the cell is called, for reading: a step by title and phase. */
  readonly name: string;
  /** First line of the cell. */
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
  const names = new Map([...cellTitles(before), ...cellTitles(now)]);
  const redlines = [
    ...now.flatMap(
      cell =>
        redlineOf(
          cell,
          before.find(other => other.id === cell.id),
          names
        ) ?? []
    ),
    ...before.filter(cell => !ids.has(cell.id)).map(cell => redline('removed', cell, names))
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

function redlineOf(cell: OutlineCell, before: OutlineCell | undefined, names: Names): Redline | null {
  if (before === undefined) {
    return redline('added', cell, names);
  }
  const isSame = textOf(cell.source) === textOf(before.source) && cell.cell_type === before.cell_type;
  return isSame ? null : redline('edited', cell, names);
}

function redline(kind: Redline['kind'], cell: OutlineCell, names: Names): Redline {
  const { id = '' } = cell;
  return { kind, cell: id, name: names.get(id) ?? 'a cell', title: firstLineOf(cell) };
}

type Names = ReturnType<typeof cellTitles>;

/** The cell of the template with the run's text; a new cell without what its execution left. */
function templateCell(cell: OutlineCell, template: readonly OutlineCell[]): OutlineCell {
  const original = template.find(other => other.id === cell.id);
  if (original !== undefined && original.cell_type === cell.cell_type) {
    return { ...original, source: cell.source };
  }
  const executed = cell.cell_type === 'code' ? { outputs: [], execution_count: null } : {};
  return { ...cell, metadata: {}, ...executed };
}
