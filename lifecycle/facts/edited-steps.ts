// Steps that were edited after they ran: the text that stands in the notebook is not the one that was executed; and those whose cells are
// gone.
import { textOf, type OutlineCell } from '../../contract/notebook/outline.js';
import { lastAttemptOf, type RunState } from '../../contract/state/state.js';
import type { AttemptFacts } from './attempts.js';
import { sha256 } from '../../record/hash.js';

/** Ids of code cells whose text is not the one of their last attempt. */
export function editedSteps(cells: readonly OutlineCell[], state: RunState): string[] {
  return cells.flatMap(({ id = '', cell_type: type, source }) => {
    const last = lastAttemptOf(state, id);
    return type === 'code' && last && last.sourceHash !== sha256(textOf(source)) ? [id] : [];
  });
}

/** Ids of steps that ran and have no code cell in the notebook. An undo step is in no phase; a notebook without any cell tells nothing. */
export function goneSteps(cells: readonly OutlineCell[], attempts: readonly AttemptFacts[]): string[] {
  const there = new Set(cells.filter(({ cell_type: type }) => type === 'code').map(({ id }) => id));
  return [
    ...new Set(
      attempts.flatMap(({ step, phase }) =>
        phase === '' || cells.length === 0 || there.has(step) ? [] : [step]
      )
    )
  ];
}
