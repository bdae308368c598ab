// A silent request and the expressions beside a cell are code that no record shows. In a run nothing is executed without one.
import type { NotebookFile } from '../../keeper/notebook-file.js';
import type { RunKeeper } from '../../keeper/run-keeper.js';
import { makeError } from '../../make-error.js';
import type { CellCheck } from '../check.js';

/** Refuses code of a run that would leave no record. */
export function refuseUnrecordedCode({
  notebook,
  keeper
}: {
  readonly notebook: NotebookFile | null;
  readonly keeper: RunKeeper;
}): CellCheck {
  return ({ code, isSilent, expressions = [] }) => {
    const isUnrecorded = (isSilent && code.trim() !== '') || expressions.length > 0;
    const isRun = notebook !== null && (notebook.read().run !== null || keeper.state.run !== null);
    return isUnrecorded && isRun
      ? makeError(
          'UnrecordedCodeError',
          'run.unrecorded',
          `This front end asks for ${isSilent ? 'a cell in silence' : 'expressions beside a cell'} (${isSilent ? 'silent' : 'user_expressions'}), which no record would show; this is a run, so nothing of it has run.`,
          'Run it as a cell.'
        )
      : null;
  };
}
