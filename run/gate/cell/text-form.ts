// A run is a notebook. A text that jupytext keeps of it (`release.md`, `release.py`) has neither its cells' ids nor a journal beside it.
import { statSync } from 'node:fs';
import { readTextOfRun } from '../../../record/files/read-file.js';
import { NotebookFile } from '../../keeper/notebook-file.js';
import { makeError } from '../../make-error.js';
import type { CellCheck } from '../check.js';

/** Enough for the header of such a text. */
const HEADER_CHARACTERS = 64 * 1024;

/** Refuses everything of a text that is the text of a run: by its own header, or by the notebook beside it. */
export function refuseTextForm({ textForm }: { readonly textForm: string | null }): CellCheck {
  return () =>
    textForm !== null && (saysRun(textForm) || isBesideRun(textForm))
      ? makeError(
          'TextFormError',
          'run.text_form',
          `${textForm} is the text of a run, and a run is executed from its notebook alone: a text has no record. Nothing of the cell has run.`,
          'Open the .ipynb of the run.'
        )
      : null;
}

/** `launchbook:` with `run:` below it, in the YAML at the top; in a script each line is a comment. */
function saysRun(path: string): boolean {
  try {
    const lines = readTextOfRun(path, 'notebook')
      .slice(0, HEADER_CHARACTERS)
      .split(/\r?\n/)
      .map(line => line.replace(/^(?:#|\/\/) ?/, ''));
    const end = lines.findIndex((line, index) => index > 0 && line.trim() === '---');
    const header = lines.slice(0, Math.max(end, 0)).join('\n');
    return /^\s+launchbook:/m.test(header) && /^\s+run:/m.test(header);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT'; // unknown means no; the session of a console has no file
  }
}

function isBesideRun(path: string): boolean {
  const notebook = new NotebookFile(path.replace(/\.\w+$/, '.ipynb'));
  const { run } = notebook.read();
  return (
    run !== null ||
    (notebook.fault() !== null && statSync(notebook.path, { throwIfNoEntry: false }) !== undefined)
  );
}
