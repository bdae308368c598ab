// A page says with each cell to which run its document belongs. What it says only ever refuses: a kernel that was told of no notebook, or
// of another one, would execute the cell without the record, the hold points and the driver of the run that the person looks at.
import type { NotebookFile } from '../../keeper/notebook-file.js';
import { makeError } from '../../make-error.js';
import type { CellCheck } from '../check.js';

/** Refuses a cell of a page that shows another run than that of the kernel's notebook. */
export function refuseShownRun({ notebook }: { readonly notebook: NotebookFile | null }): CellCheck {
  return ({ shownRun = null }) => {
    if (shownRun === null) {
      return null;
    }
    if (notebook === null) {
      return makeError(
        'UntoldRunError',
        'run.untold',
        `This cell is of the run ${shownRun}, and nobody has told the kernel which notebook it runs: it would run without a record, without its hold points and without a driver. Nothing of the cell has run.`,
        'Let the server, and the gateway behind it, pass JPY_SESSION_NAME on; or run it with launchbook run.'
      );
    }
    const its = notebook.read().run?.id ?? null;
    return its === shownRun
      ? null
      : makeError(
          'OtherRunError',
          'run.other',
          `The page shows the run ${shownRun}, and ${notebook.name} is ${its === null ? 'no run' : `the run ${its}`}. Nothing of the cell has run.`,
          'Load the page again, then run the cell again.'
        );
  };
}
