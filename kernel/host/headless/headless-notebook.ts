// What a cell has shown, on its way into the notebook file: as Jupyter writes it, whole or not at all.
import { notebookOutputsOf } from '../../../contract/notebook/notebook-outputs.js';
import { recordOfAttempt, withRecord } from '../../../contract/state/kept-executions.js';
import { METADATA_KEY, type Notebook } from '../../../contract/notebook/notebook.js';
import type { OutlineCell } from '../../../contract/notebook/outline.js';
import type { AttemptState } from '../../../contract/state/state.js';
import { notebookText } from '../../../lifecycle/notebook/notebook-text.js';
import { readNotebook } from '../../../lifecycle/notebook/read-notebook.js';
import { writeAtomically } from '../../../lifecycle/notebook/write-atomically.js';
import type { ExecutedCell } from './headless-client.js';
import type { CellOutputs } from './late-outputs.js';

/**
 * Puts the outputs of a cell in place of its earlier ones, and the times of its attempt beside them; null for a cell that was refused.
 * The file is read again, so that an edit elsewhere in it stays.
 */
export function writeCellOutputs(
  path: string,
  cellId: string,
  executed: ExecutedCell,
  attempt: AttemptState | null
): void {
  changeCells(path, cell =>
    cell.id === cellId
      ? withFields(cell, {
          metadata: withTimes(cell, cellId, attempt),
          execution_count: executed.executionCount,
          outputs: notebookOutputsOf(executed.outputs).map(inLines)
        })
      : cell
  );
}

/** Puts the times of an attempt in place of those that stand beside its cell. */
export function writeCellTimes(path: string, cellId: string, attempt: AttemptState): void {
  changeCells(path, cell =>
    cell.id === cellId ? withFields(cell, { metadata: withTimes(cell, cellId, attempt) }) : cell
  );
}

/** Puts what cells show now in place of what they showed at their end. */
export function writeChangedOutputs(path: string, changed: readonly CellOutputs[]): void {
  if (changed.length === 0) {
    return;
  }
  const outputs = new Map(
    changed.map(({ cell, outputs }) => [cell, notebookOutputsOf(outputs).map(inLines)])
  );
  changeCells(path, cell =>
    cell.id !== undefined && outputs.has(cell.id) ? withFields(cell, { outputs: outputs.get(cell.id) }) : cell
  );
}

function changeCells(path: string, change: (cell: OutlineCell) => OutlineCell): void {
  const notebook: Notebook = readNotebook(path);
  writeAtomically(path, notebookText({ ...notebook, cells: notebook.cells.map(change) }));
}

function withFields(cell: OutlineCell, fields: object): OutlineCell {
  return { ...cell, ...fields };
}

function withTimes({ metadata = {} }: OutlineCell, cellId: string, attempt: AttemptState | null): object {
  const record = attempt && recordOfAttempt(attempt);
  const ours = record && withRecord(metadata[METADATA_KEY], cellId, record);
  return ours ? { ...metadata, [METADATA_KEY]: ours } : metadata;
}

/** Jupyter saves text as a list of lines. */
function inLines(output: ReturnType<typeof notebookOutputsOf>[number]): object {
  return output.output_type === 'stream'
    ? { ...output, text: output.text.split(/(?<=\n)/).filter(line => line !== '') }
    : output;
}
