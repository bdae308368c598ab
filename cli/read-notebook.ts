// Reads a notebook file and refuses what is none, with the reason.
import { readFileSync } from 'node:fs';
import type { Notebook } from '../contract/notebook.js';
import { UsageError } from './usage-error.js';

/** The notebook in `file`. Cell ids are needed, so nbformat 4.5 or later is expected. */
export function readNotebook(file: string): Notebook {
  let notebook: Notebook;
  try {
    notebook = JSON.parse(readFileSync(file, 'utf8')) as Notebook;
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UsageError(
      `Reading ${file}: ${isMissing ? 'there is no such file' : (error as Error).message}`
    );
  }
  if (!Array.isArray(notebook?.cells)) {
    throw new UsageError(`Reading ${file}: it is not a notebook, it has no list of cells`);
  }
  const format = `${notebook.nbformat}.${notebook.nbformat_minor}`;
  if (notebook.nbformat !== 4 || !(notebook.nbformat_minor >= 5)) {
    const hint = 'Open and save it in JupyterLab 4, which upgrades it and gives every cell an id.';
    throw new UsageError(`Reading ${file}: its format is ${format}, expected 4.5 or later of 4`, hint);
  }
  return notebook;
}
