// How a phase that has passed is told.
import { formatCount, formatDuration } from '../../contract/base/format.js';
import type { PhaseSummary } from '../../contract/state/phase-status.js';
import { STATUS_WORDS } from '../../contract/state/status-words.js';

/** `Deployment has passed: 2 of 3 steps, 1 skipped, 4 min 2 s`. */
export function phaseWords({ title, passedSteps, skippedSteps, steps, elapsedMs }: PhaseSummary): string {
  const skipped = skippedSteps > 0 ? `, ${skippedSteps} skipped` : '';
  return `${title} ${STATUS_WORDS.passed.sentence}: ${passedSteps} of ${formatCount(steps.length, 'step')}${skipped}, ${formatDuration(elapsedMs)}`;
}
