// What continuing a failed step does, in the words of its dialog.
import { formatCount } from '../../contract/base/format.js';
import type { ContinuePlan } from '../../contract/plans/continue-plan.js';
import type { Words } from '../page/words.js';

/** How many effects are named one by one. */
const MOST_NAMED = 5;

/** What is not done again, what is, and what running the step from its start would do a second time. */
export function continueText(plan: ContinuePlan, words: Words): string {
  const { kept, failed, repeated, fromStart, isEdited } = plan;
  return [
    ...(isEdited
      ? [
          words.__(
            'The text was edited since it failed: what has passed counts up to the first difference, and everything after it is done. Say why what has passed still fits.'
          )
        ]
      : []),
    words.__('Passed, not done again: %1', listOf(kept, words)),
    words.__('Failed, done again: %1', listOf(failed, words)),
    ...(repeated.length > 0
      ? [words.__('Passed after the failure, done a second time: %1', listOf(repeated, words))]
      : []),
    words.__('Retry, from the start, would do %1 a second time.', formatCount(fromStart.length, 'effect'))
  ].join('\n');
}

function listOf(lines: readonly string[], words: Words): string {
  if (lines.length === 0) {
    return words.__('nothing');
  }
  const named = lines.slice(0, MOST_NAMED).join(', ');
  const left = lines.length - MOST_NAMED;
  return left > 0 ? words.__('%1 and %2 more', named, left) : named;
}
