// Hold points that nobody released: requests of the journal without a release, and those that a person left out against the policy.
import { describePerson } from '../../contract/base/person.js';
import { formatUtc } from '../../contract/base/format.js';
import { unreleasedRequests } from '../../contract/state/hold-locks.js';
import type { RunState } from '../../contract/state/state.js';

/** A sentence for each; what has run behind one is a finding of its own. */
export function unreleasedHolds(state: RunState): string[] {
  return [
    ...unreleasedRequests(state).map(
      ({ name, phase, status, requestedAt }) =>
        `“${name}” in phase “${phase}” was asked at ${formatUtc(requestedAt)} and never released: it is ${status}.`
    ),
    ...state.holdsSkipped.map(
      ({ name, by, at, reason }) =>
        `“${name}” was left out against the policy by ${describePerson(by)} at ${formatUtc(at)}: ${reason}`
    )
  ];
}
