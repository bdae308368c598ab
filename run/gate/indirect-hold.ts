// A step that asks people shows it in its own text: only so does everybody know what it locks. A name that asks people and is passed on,
// renamed or declared anew would ask where nobody sees it, or not at all.
import { ASKING, sourceFactsOf } from '../../record/source/source-facts.js';
import { makeError } from '../make-error.js';
import type { GateCheck } from './check.js';

/** Refuses a cell that does anything else with `approval`, `checklist` or `gather` than to call it. */
export const refuseIndirectHold: GateCheck = ({ code }) => {
  const { indirect, redeclared } = sourceFactsOf(code);
  const places = [
    ...indirect.map(({ helper, line }) => `line ${line} uses ${helper} without calling it by its name`),
    ...redeclared.map(({ helper, line }) => `line ${line} declares ${helper} anew`)
  ];
  return places.length === 0
    ? null
    : makeError(
        'IndirectHoldError',
        'hold.indirect',
        `Whether this step asks people cannot be read from its text: ${places.join(', and ')}. Nothing of the cell has run.`,
        `Call ${[...ASKING].join(', ')} by name in the step that waits: await approval('QA sign-off'). Give names of your own another spelling.`
      );
};
