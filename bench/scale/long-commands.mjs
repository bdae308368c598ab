// A notebook of many cells that the command runs, beside papermill on the same one in Python: what a cell takes at the end of it, over what
// one takes at the beginning. papermill writes the whole notebook after each cell.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { venvProgram } from '../../scripts/set-up/places.mjs';
import { growthOf } from '../statistics.mjs';
import { call, makeFreshRun } from '../lifecycle/make-run.mjs';

/** By command `{ ratio, firstMs, lastMs }`: from the start of one step to that of the next, means of the first and the last tenth. */
export async function measureCommands(steps) {
  const folder = mkdtempSync(join(tmpdir(), 'launchbook-commands-'));
  try {
    const { run, python, launchbook } = makeFreshRun(folder, steps);
    launchbook('run', run, '--quiet');
    call(folder, venvProgram('papermill'), [
      python,
      'executed.ipynb',
      '--kernel',
      'python3',
      '--no-progress-bar'
    ]);
    return {
      launchbook: growthOf(startsOfRun(join(folder, run.replace('.ipynb', '.journal.jsonl')))),
      papermill: growthOf(startsOfNotebook(join(folder, 'executed.ipynb')))
    };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

function startsOfRun(journal) {
  return readFileSync(journal, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
    .filter(({ kind }) => kind === 'attempt-started')
    .map(({ at }) => Date.parse(at));
}

function startsOfNotebook(path) {
  const { cells } = JSON.parse(readFileSync(path, 'utf8'));
  return cells
    .filter(cell => cell.cell_type === 'code')
    .map(({ metadata }) => Date.parse(metadata.papermill.start_time));
}
