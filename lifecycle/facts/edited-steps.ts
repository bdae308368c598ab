// Steps that were edited after they ran: the text that stands in the notebook is not the one that was executed.
import { textOf, type OutlineCell } from '../../contract/notebook/outline.js';
import { lastAttemptOf, type RunState } from '../../contract/state/state.js';
import { sha256 } from '../../record/hash.js';

/** Ids of code cells whose text is not the one of their last attempt. */
export function editedSteps(cells: readonly OutlineCell[], state: RunState): string[] {
  return cells.flatMap(({ id = '', cell_type: type, source }) => {
    const last = lastAttemptOf(state, id);
    return type === 'code' && last && last.sourceHash !== sha256(textOf(source)) ? [id] : [];
  });
}
