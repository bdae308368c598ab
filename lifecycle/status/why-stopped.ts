// Why a step stopped, behind its title and what it is: who rejected it and with what words, else the reason of its last attempt.
import { describePerson } from '../../contract/base/person.js';
import { isHeld, lastAttemptOf, type RunState } from '../../contract/state/state.js';
import { shortReasonOf } from '../../runbook/errors/short-reason.js';

/** Enough to know where to look. */
const MOST_CHARACTERS = 300;

/**
 * The reason of a failed or rejected step; '' of others, and when none is recorded.
 *
 * @example
 * whyStopped(state, 'deploy') // ': Command failed with exit code 1 after 12 ms: bin/deploy orders — no room in the registry'
 */
export function whyStopped(state: RunState, step: string): string {
  const last = lastAttemptOf(state, step);
  if (last?.outcome === 'rejected') {
    const rejection = Object.values(state.approvals)
      .findLast(approval => approval.step === step && approval.attempt === last.attempt)
      ?.decisions.findLast(({ decision }) => decision === 'rejected');
    const comment = rejection?.comment ? `: ${rejection.comment}` : '';
    return rejection ? clipped(` by ${describePerson(rejection.by)}${comment}`) : '';
  }
  return last?.outcome === 'failed' && last.error && !isHeld(last)
    ? clipped(`: ${shortReasonOf(last.error)}`)
    : '';
}

function clipped(text: string): string {
  const characters = [...text];
  return characters.length > MOST_CHARACTERS ? `${characters.slice(0, MOST_CHARACTERS - 1).join('')}…` : text;
}
