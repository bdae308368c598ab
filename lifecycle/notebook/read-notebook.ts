// Reads a notebook file and refuses what is none, with the reason.
import { jsonFault } from '../../record/files/json-fault.js';
import type { Notebook } from '../../contract/notebook/notebook.js';
import { refuse } from '../refused-error.js';
import { FileRefusedError } from '../../record/errors/file-refused-error.js';
import { settledText } from './settled-text.js';

/** The notebook in `file`, once a save that is under way has ended. Cell ids are needed, so nbformat 4.5 or later is expected. @throws RefusedError */
export function readNotebook(file: string): Notebook {
  return parseNotebook(textOfFile(file), file);
}

/** The notebook that a text holds; `file` names it in errors. @throws RefusedError */
export function parseNotebook(text: string, file: string): Notebook {
  const doing = `Reading ${file}`;
  let notebook: Notebook;
  try {
    notebook = JSON.parse(text) as Notebook;
  } catch (error) {
    // A notebook that was cut off or has marks of a merge in it: the place helps.
    return text.trimStart().startsWith('{')
      ? refuse('notebook.unreadable', doing, `it is not a whole notebook: ${jsonFault(error)}`)
      : refuse('notebook.unreadable', doing, 'it is not a notebook (not JSON)', HINT);
  }
  if (!Array.isArray(notebook?.cells)) {
    refuse('notebook.unreadable', doing, 'it is not a notebook, it has no list of cells', HINT);
  }
  const format = `${notebook.nbformat}.${notebook.nbformat_minor}`;
  if (notebook.nbformat !== 4 || !(notebook.nbformat_minor >= 5)) {
    const hint = 'Open and save it in JupyterLab 4, which upgrades it and gives every cell an id.';
    refuse('notebook.format', doing, `its format is ${format}, expected 4.5 or later of 4`, hint);
  }
  return notebook;
}

function textOfFile(file: string): string {
  try {
    return settledText(file);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    return refuse(
      'notebook.unreadable',
      `Reading ${file}`,
      error instanceof FileRefusedError
        ? error.reason.replace(/^it is a folder.*/, REASONS['EISDIR']!)
        : (REASONS[code] ?? message)
    );
  }
}

const HINT = 'Give a file that Jupyter has written, with the ending .ipynb.';

const REASONS: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder, expected a notebook such as runs/2.4.0-staging/release.ipynb'
};
