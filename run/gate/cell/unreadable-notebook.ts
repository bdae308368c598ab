// A kernel that was told of a notebook and cannot read it does not know whether it is a run, so it executes nothing. One that knew the run
// before executes what it has read of it, and nothing newer.
import type { NotebookFile } from '../../keeper/notebook-file.js';
import { unreadableError } from '../../keeper/unreadable-error.js';
import type { CellCheck } from '../check.js';

/** A front end that saves in place leaves half a file for a moment. */
const PATIENCE_MS = 1000;
const AGAIN_MS = 50;

/** Refuses a cell while the notebook cannot be read. `patienceMs`: how long it is waited for. */
export function refuseUnreadableNotebook({
  notebook,
  patienceMs = PATIENCE_MS
}: {
  readonly notebook: NotebookFile | null;
  readonly patienceMs?: number;
}): CellCheck {
  return ({ code, cellId }) => {
    if (notebook === null || notebook.fault() === null) {
      return null;
    }
    const isKnown = notebook.wasRead && (notebook.read().run === null || notebook.holds(code, cellId));
    return isKnown ? null : untilReadable(notebook, patienceMs);
  };
}

async function untilReadable(notebook: NotebookFile, patienceMs: number): Promise<Error | null> {
  const until = performance.now() + patienceMs;
  while (notebook.fault() !== null && performance.now() < until) {
    await new Promise(resolve => setTimeout(resolve, AGAIN_MS));
  }
  const fault = notebook.fault();
  if (fault === null) {
    return null;
  }
  return unreadableError(notebook, fault);
}
