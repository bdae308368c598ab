// What a saved notebook tells of executions, without its journal: the lines of attempts in its cells, and outputs.
import { METADATA_KEY } from '../notebook/notebook.js';
import { textOf, type OutlineCell } from '../notebook/outline.js';
import { keptRecordsOf } from './kept-executions.js';

/** A code cell as nbformat saves it. */
type SavedCell = OutlineCell & {
  readonly outputs?: readonly { readonly output_type?: string }[];
};

/**
 * Ids of the code cells that have run: with attempts of their own, or with an output other than an error. An error alone may be that of a
 * cell that was refused, and a line command makes no attempt.
 */
export function executedCells(cells: readonly OutlineCell[]): string[] {
  return cells.filter(cell => cell.cell_type === 'code' && hasRun(cell)).map(({ id = '' }) => id);
}

/** The attempts that the cells tell of and that have not started by the record, as `STEP attempt N`. */
export function missingAttempts(
  cells: readonly OutlineCell[],
  hasStarted: (step: string, attempt: number) => boolean
): string[] {
  return cells.flatMap(({ id = '', metadata }) =>
    keptRecordsOf(metadata?.[METADATA_KEY], id)
      .filter(({ n }) => !hasStarted(id, n))
      .map(({ n }) => `${id} attempt ${n}`)
  );
}

function hasRun(cell: SavedCell): boolean {
  const { id = '', metadata, outputs = [], source } = cell;
  return (
    keptRecordsOf(metadata?.[METADATA_KEY], id).length > 0 ||
    (outputs.some(({ output_type: type }) => type !== 'error') && !textOf(source).trimStart().startsWith('%'))
  );
}
