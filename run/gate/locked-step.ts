// A step after a hold point that is not released does not run. A page with another document cannot remove the hold points of the file.
import { phaseOfStep } from '../../contract/notebook/outline.js';
import { isWayBack } from '../../contract/notebook/way-back.js';
import { lockOf } from '../../contract/state/hold-locks.js';
import type { OutlineSource } from '../keeper/outline-source.js';
import type { RunKeeper } from '../keeper/run-keeper.js';
import { lockedError } from '../holds/locked-error.js';
import type { GateCheck } from './check.js';

/**
 * Refuses a step that is locked in the document of whoever runs it, or in the one in the file. A step that is in neither, such as one of a
 * console, is locked by those that the run has come to. Going back is always possible.
 */
export function refuseLockedStep({
  keeper,
  outline
}: {
  readonly keeper: RunKeeper;
  readonly outline: OutlineSource;
}): GateCheck {
  return ({ code, session }, { step }) => {
    if (isWayBack(code)) {
      return null;
    }
    const outlines = [outline.of(session), outline.saved()];
    const knowing = outlines.filter(each => phaseOfStep(each, step) !== undefined);
    const locks = (knowing.length > 0 ? knowing : outlines).map(each => lockOf(keeper.state, each, step));
    const lock = locks.find(each => each !== undefined);
    return lock ? lockedError(lock, keeper.state, outlines) : null;
  };
}
