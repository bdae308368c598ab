// What people are told of a step behind a hold point that is not released.
import { formatUtc } from '../../contract/base/format.js';
import { isPending } from '../../contract/holds/pending.js';
import { phaseOfStep, type Outline } from '../../contract/notebook/outline.js';
import type { Lock } from '../../contract/state/hold-locks.js';
import { lastAttemptOf, type RunState } from '../../contract/state/state.js';
import { makeError } from '../make-error.js';

/** Names the hold point, what is known of it, and how to go on. `outlines`: where its step may stand. */
export function lockedError(lock: Lock, state: RunState, outlines: readonly Outline[]): Error {
  const { approval } = lock;
  const awaited = approval?.request.approvers.join(', ') || 'anybody who may approve';
  const last = lastAttemptOf(state, lock.step)?.outcome;
  const seen =
    approval !== undefined
      ? isPending(approval)
        ? `it waits for ${awaited} since ${formatUtc(approval.requestedAt)}`
        : `it is ${approval.status} since ${formatUtc(approval.changedAt)}`
      : last === 'passed'
        ? 'its step passed without asking'
        : last
          ? `its step is ${last}`
          : 'it has not been asked yet';
  const isGone = outlines.every(each => phaseOfStep(each, lock.step) === undefined);
  return makeError(
    'StepLockedError',
    'hold.locked',
    `This step is locked: hold point “${lock.hold}” in phase “${lock.phase}” stands before it and is not released; ${seen}.`,
    isPending(approval)
      ? 'Decide there, then run this step.'
      : isGone
        ? `Its step is no longer in the notebook. Put it back and have it approved, or leave it out, against the policy: %skip "${lock.hold}" REASON.`
        : last === 'passed' && approval === undefined
          ? `Let the step of “${lock.hold}” ask, or leave it out, against the policy: %skip "${lock.hold}" REASON.`
          : `Run the step of “${lock.hold}” and have it approved first.`
  );
}
