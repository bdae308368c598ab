// What a run has offered to its runbook, in one line.
import type { LearnedAnswer } from '../../../contract/comms/lifecycle-comm.js';
import type { Words } from '../../page/words.js';

const NAMED = 3;

/** `2 changes are on the branch redlines/2.4.0-staging (edited: …). Merge it, or push it and open a pull request.` */
export function learnedText({ changes, branch }: LearnedAnswer, words: Words): string {
  if (branch === null) {
    return words.__('Nothing to learn: the run is the same as its runbook.');
  }
  const named = changes.slice(0, NAMED).map(({ kind, name }) => words.__('%1: %2', kind, name));
  const rest = changes.length > NAMED ? [words.__('%1 more', changes.length - NAMED)] : [];
  return words._n(
    '%1 change is on the branch %2 (%3). Merge it, or push it and open a pull request.',
    '%1 changes are on the branch %2 (%3). Merge it, or push it and open a pull request.',
    changes.length,
    branch,
    [...named, ...rest].join('; ')
  );
}
