// A notebook as text, exactly as Jupyter writes it, so that a file of ours is no difference in git once it is saved.
import type { Notebook } from '../../contract/notebook.js';

/** The text of a notebook: keys in alphabetical order, one space of indentation, a line feed at the end. */
export function notebookText(notebook: Notebook): string {
  return `${JSON.stringify(notebook, sortKeys, 1)}\n`;
}

function sortKeys(_key: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}
