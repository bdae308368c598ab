// What runs in a run is a step of its document: this text, under this id, as the file has it or as the page that sends it has told its own
// document. Whoever sends the text of a locked step under another id, or under none that is known, runs nothing.
import { UNNAMED_STEP } from '../../contract/notebook/outline.js';
import type { NotebookFile } from '../keeper/notebook-file.js';
import type { OutlineSource } from '../keeper/outline-source.js';
import { makeError } from '../make-error.js';
import type { GateCheck } from './check.js';

/** A page tells what was typed a moment after it was typed. */
const PATIENCE_MS = 2000;

/** Refuses a cell of a run that is no step of its document. A cell without an id, as consoles send it, is in the record as such. */
export function refuseOtherText({
  notebook,
  outline,
  patienceMs = PATIENCE_MS
}: {
  readonly notebook: NotebookFile | null;
  readonly outline: OutlineSource;
  readonly patienceMs?: number | undefined;
}): GateCheck {
  return ({ code, session, cellId }, { step, hash }) => {
    if (notebook === null || notebook.read().run === null || step.startsWith(UNNAMED_STEP)) {
      return null;
    }
    const isStep = (): boolean => notebook.holds(code, step) || outline.sourcesOf(session)[step] === hash;
    if (isStep()) {
      return null;
    }
    return waitFor(isStep, outline, session, patienceMs).then(isFound =>
      isFound ? null : otherText(step, notebook, outline.isOpenAt(session), cellId)
    );
  };
}

async function waitFor(
  isStep: () => boolean,
  outline: OutlineSource,
  session: string,
  patienceMs: number
): Promise<boolean> {
  const until = performance.now() + patienceMs;
  while (outline.isOpenAt(session) && performance.now() < until && !isStep()) {
    await outline.announced(until - performance.now());
  }
  return isStep();
}

function otherText(step: string, notebook: NotebookFile, isOpen: boolean, cellId: string | null): Error {
  const known = notebook.read().cells.some(({ id }) => id === step);
  return makeError(
    'OtherTextError',
    'step.other_text',
    `${notebook.name} has ${known ? `another text in the cell ${step}` : `no cell ${cellId ?? step}`}, and what runs in a run is a step of its notebook. Nothing of the cell has run.`,
    isOpen
      ? 'Save the notebook, then run the cell again.'
      : 'Save the cell in the notebook of the run, then run it from there.'
  );
}
