// Start, end and duration of every attempt as visible text under its step: a reader on GitHub sees no metadata.
import type { PhaseStatus } from '../../contract/base/run.js';
import type { PhaseSummary } from '../../contract/state/phase-status.js';
import { statusWords } from '../../contract/state/status-words.js';
import { visibleLine } from '../../contract/base/escape.js';
import { formatDuration, formatUtc, formatUtcClock } from '../../contract/base/format.js';
import { describePerson } from '../../contract/base/person.js';
import type { OutlineCell } from '../../contract/notebook/outline.js';
import type { AttemptFacts } from '../facts/attempts.js';
import { statusText } from '../facts/rows.js';
import type { CodeCell } from '../notebook/archive-marks.js';
import { markedOutput } from './marked-output.js';

/**
 * The cell with one more output that tells its attempts; the same cell when it never ran. `standing`: how the step stands now, which the
 * attempts do not tell of one that was rolled back or left out since. Null: nobody tells.
 */
export function withVisibleTimes(
  cell: OutlineCell,
  attempts: readonly AttemptFacts[],
  standing: PhaseStatus | null = null
): OutlineCell {
  if (cell.cell_type !== 'code' || attempts.length === 0) {
    return cell;
  }
  const outputs = (cell as CodeCell).outputs ?? [];
  return {
    ...cell,
    outputs: [...outputs, markedOutput('times', [...attempts.map(describeAttempt), ...sinceThen(standing)])]
  } as OutlineCell;
}

/** How each step stands, by its id. */
export function standingsOf(
  phases: readonly Pick<PhaseSummary, 'steps'>[]
): ReadonlyMap<string, PhaseStatus> {
  return new Map(phases.flatMap(({ steps }) => steps.map(({ id, status }) => [id, status] as const)));
}

/** What the attempts do not tell. */
function sinceThen(standing: PhaseStatus | null): string[] {
  return standing === 'stale' || standing === 'skipped' ? [`${statusText(standing)} now`] : [];
}

/** One line for an attempt: `☑ passed 2026-11-22 07:50:03 – 07:50:05 UTC, 2.3 s, attempt 1, Ann Lee (claimed)`. */
function describeAttempt(attempt: AttemptFacts): string {
  const outcome = attempt.end ?? 'not ended';
  const start = formatUtc(attempt.startedAt).replace(/ UTC$/, '');
  const end = attempt.endedAt === null ? '…' : formatUtcClock(attempt.endedAt);
  const took = attempt.durationMs === null ? [] : [formatDuration(attempt.durationMs)];
  const facts = [`${start} – ${end} UTC`, ...took, `attempt ${attempt.attempt}`, describePerson(attempt.by)];
  return visibleLine(`${statusWords(outcome).mark} ${outcome} ${facts.join(', ')}`);
}
