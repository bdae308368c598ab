// A notebook as text, exactly as Jupyter writes it, so that a file of ours is no difference in git once it is saved.
import { sortKeys } from '../../contract/base/stable-text.js';
import type { Notebook } from '../../contract/notebook/notebook.js';

/** The text of a notebook: keys in alphabetical order, one space of indentation, a line feed at the end. */
export function notebookText(notebook: Notebook): string {
  return `${JSON.stringify(notebook, sortKeys, 1)}\n`;
}
