// What is said while the notebook of a kernel cannot be read: nothing is executed that is not known.
import { makeError } from '../make-error.js';
import type { NotebookFile } from './notebook-file.js';

/** `fault`: why it cannot be read. */
export function unreadableError(notebook: NotebookFile, fault: string): Error {
  const unknown = notebook.wasRead
    ? 'so this text is not known as a step of the run'
    : 'so it is not known whether it is a run';
  return makeError(
    'UnreadableNotebookError',
    'notebook.unreadable',
    `The notebook ${notebook.name} cannot be read, ${unknown}: ${fault} Nothing of the cell has run.`,
    'Mend the file, or put it back (git checkout), then run the cell again.'
  );
}
