// Start, end and duration of every attempt as visible text under its step: a reader on GitHub sees no metadata.
import { statusWords } from '../../contract/state/status-words.js';
import { visibleLine } from '../../contract/base/escape.js';
import { formatDuration, formatUtc, formatUtcClock } from '../../contract/base/format.js';
import { describePerson } from '../../contract/base/person.js';
import type { OutlineCell } from '../../contract/notebook/outline.js';
import type { AttemptFacts } from '../facts/attempts.js';
import type { CodeCell } from '../notebook/archive-marks.js';
import { markedOutput } from './marked-output.js';

/** The cell with one more output that tells its attempts; the same cell when it never ran. */
export function withVisibleTimes(cell: OutlineCell, attempts: readonly AttemptFacts[]): OutlineCell {
  if (cell.cell_type !== 'code' || attempts.length === 0) {
    return cell;
  }
  const outputs = (cell as CodeCell).outputs ?? [];
  return {
    ...cell,
    outputs: [...outputs, markedOutput('times', attempts.map(describeAttempt))]
  } as OutlineCell;
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
