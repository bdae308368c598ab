// Who may ask: a step whose own text calls the helper. A question out of a function of another cell, of a module or of text that was
// evaluated comes where nobody could see that the step holds, so nothing would be locked behind it.
import type { HelperCall } from '../../contract/notebook/source-facts.js';
import { UNSEEN_QUESTION } from '../../contract/state/hold-locks.js';
import { sourceFactsOf } from '../../record/source/source-facts.js';
import type { RunningStep } from '../keeper/step-register.js';
import { makeError } from '../make-error.js';

/** @throws code `hold.not_in_step` when the text of the running cell calls no `helper` that could ask under this name. */
export function refuseUnseenQuestion(
  { cell }: Pick<RunningStep, 'cell'>,
  helper: 'approval' | 'checklist' | 'gather',
  name: string | null
): void {
  const calls = sourceFactsOf(cell.code).holds.filter(call => call.helper === helper);
  if (!calls.some(call => couldAsk(call, name))) {
    throw makeError(
      'UnseenQuestionError',
      UNSEEN_QUESTION,
      `${helper}(${name === null ? '…' : `'${name}'`}) was called from outside of the text of this step (a function of another cell, a module), so nobody could see that the step waits for people. Nobody was asked.`,
      `Call ${helper} in the step itself. A function of another cell may prepare what is asked.`
    );
  }
}

/** A name that is computed may be any. */
function couldAsk(call: HelperCall, name: string | null): boolean {
  return name === null || call.name === null || call.name === name;
}
