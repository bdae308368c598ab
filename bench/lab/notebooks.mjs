// The notebooks that are opened and run, written as JupyterLab writes them, so that opening changes nothing by itself.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const METADATA = {
  kernelspec: { display_name: 'Python 3 (ipykernel)', language: 'python', name: 'python3' },
  language_info: { name: 'python' }
};

/** Writes `long.ipynb` and `run.ipynb` into `folder`. */
export function writeNotebooks(folder, { cells, runs }) {
  mkdirSync(folder, { recursive: true });
  write(join(folder, 'long.ipynb'), longNotebook(cells));
  write(join(folder, 'run.ipynb'), [
    markdown('phase', '## Deploy'),
    ...Array.from({ length: runs }, (_, index) => code(`run-${index}`, `print(${index})`, []))
  ]);
}

/** Four code cells with five lines of output each under a heading with a list. */
function longNotebook(count) {
  return Array.from({ length: count }, (_, index) =>
    index % 5 === 0
      ? markdown(`cell-${index}`, `## Phase ${index / 5}\n\nWhat is done here, and:\n\n- why\n- by whom`)
      : code(`cell-${index}`, `for i in range(5):\n    print("step ${index}", i)`, [
          {
            name: 'stdout',
            output_type: 'stream',
            text: Array.from({ length: 5 }, (_line, i) => `step ${index} ${i}\n`)
          }
        ])
  );
}

function markdown(id, source) {
  return { cell_type: 'markdown', id, metadata: {}, source: lines(source) };
}

function code(id, source, outputs) {
  return { cell_type: 'code', execution_count: null, id, metadata: {}, outputs, source: lines(source) };
}

function lines(text) {
  return text.split(/(?<=\n)/);
}

function write(file, cells) {
  const notebook = { cells, metadata: METADATA, nbformat: 4, nbformat_minor: 5 };
  writeFileSync(file, `${JSON.stringify(notebook, null, 1)}\n`);
}
