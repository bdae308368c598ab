// Says once, with the first cell that acts on the world, that nothing of it is kept: nobody has told the kernel which notebook it runs.
import { helpersIn } from '../../../record/source/source-facts.js';
import type { NotebookFile } from '../../keeper/notebook-file.js';
import type { CellNotices } from '../cell-notices.js';
import type { CellCheck } from '../check.js';

/** Refuses nothing. */
export function tellNoJournal({
  notebook,
  notices
}: {
  readonly notebook: NotebookFile | null;
  readonly notices: CellNotices;
}): CellCheck {
  let isTold = notebook !== null;
  return ({ code, isSilent }) => {
    if (!isTold && !isSilent && helpersIn(code).some(helper => !helper.startsWith('display'))) {
      isTold = true;
      notices.add(`No journal: ${NO_NOTEBOOK}, so nothing of this is recorded.`);
    }
    return null;
  };
}

/** Why there is no journal. */
export const NO_NOTEBOOK = 'this front end has not told the kernel which notebook it runs';
