// A question to people that nobody awaits holds nothing: the step would go on, and its later commands run before the answer.
import { ASKING, sourceFactsOf } from '../../record/source/source-facts.js';
import { makeError } from '../make-error.js';
import type { GateCheck } from './check.js';

/** Refuses a cell that asks people and does not await their answer. */
export const refuseUnawaitedHold: GateCheck = cell => {
  const calls = sourceFactsOf(cell.code).unawaited.filter(({ helper }) => ASKING.has(helper));
  if (calls.length === 0) {
    return null;
  }
  const places = calls.map(
    ({ helper, name, line }) => `${helper}(${name === null ? '…' : `'${name}'`}) in line ${line}`
  );
  return makeError(
    'NotAwaitedError',
    'hold.not_awaited',
    `Nobody awaits ${places.join(' and ')}: the step would go on without the answer. Nothing of the cell has run.`,
    'Write await before the call.'
  );
};
