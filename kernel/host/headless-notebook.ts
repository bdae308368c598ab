// What a cell has shown, on its way into the notebook file: as Jupyter writes it, whole or not at all.
import { notebookOutputsOf } from '../../contract/notebook-outputs.js';
import type { Notebook } from '../../contract/notebook.js';
import type { OutlineCell } from '../../contract/outline.js';
import { notebookText } from '../../lifecycle/notebook/notebook-text.js';
import { readNotebook } from '../../lifecycle/notebook/read-notebook.js';
import { writeAtomically } from '../../lifecycle/notebook/write-atomically.js';
import type { ExecutedCell } from './headless-client.js';

/** Puts the outputs of a cell in place of its earlier ones. The file is read anew, so that an edit elsewhere in it stays. */
export function writeCellOutputs(path: string, cellId: string, executed: ExecutedCell): void {
  const notebook: Notebook = readNotebook(path);
  const cells = notebook.cells.map((cell): OutlineCell =>
    cell.id === cellId
      ? withFields(cell, {
          execution_count: executed.executionCount,
          outputs: notebookOutputsOf(executed.outputs).map(inLines)
        })
      : cell
  );
  writeAtomically(path, notebookText({ ...notebook, cells }));
}

function withFields(cell: OutlineCell, fields: object): OutlineCell {
  return { ...cell, ...fields };
}

/** Jupyter saves text as a list of lines. */
function inLines(output: ReturnType<typeof notebookOutputsOf>[number]): object {
  return output.output_type === 'stream'
    ? { ...output, text: output.text.split(/(?<=\n)/).filter(line => line !== '') }
    : output;
}
