// Start, end and duration of every attempt as visible text under its step: a reader on GitHub sees no metadata.
import { formatDuration, formatUtc, formatUtcClock } from '../../contract/format.js';
import { describePerson } from '../../contract/person.js';
import type { OutlineCell } from '../../contract/outline.js';
import type { AttemptState, RunState } from '../../contract/state.js';
import { markedAs, type CodeCell, type Output } from '../notebook/archive-marks.js';
import { escapeMarkdown } from '../text/markdown.js';

const GLYPHS: { readonly [outcome: string]: string } = {
  passed: '☑',
  failed: '✗',
  rejected: '✗',
  inconclusive: '?'
};

/** The cell with one more output that tells its attempts; the same cell when it never ran. */
export function withVisibleTimes(cell: OutlineCell, state: RunState): OutlineCell {
  const attempts = state.steps[cell.id ?? '']?.attempts ?? [];
  if (cell.cell_type !== 'code' || attempts.length === 0) {
    return cell;
  }
  const outputs = (cell as CodeCell).outputs ?? [];
  return { ...cell, outputs: [...outputs, timesOutput(attempts.map(describeAttempt))] } as OutlineCell;
}

/** One line for an attempt: `☑ passed 2026-11-22 07:50:03 – 07:50:05 UTC, 2.3 s, attempt 1, Ann Lee (claimed)`. */
export function describeAttempt(attempt: AttemptState): string {
  const outcome = attempt.outcome ?? 'not ended';
  const start = formatUtc(attempt.startedAt).replace(/ UTC$/, '');
  const end = attempt.endedAt === null ? '…' : formatUtcClock(attempt.endedAt);
  const took = attempt.durationMs === null ? [] : [formatDuration(attempt.durationMs)];
  const facts = [`${start} – ${end} UTC`, ...took, `attempt ${attempt.attempt}`, describePerson(attempt.by)];
  return `${GLYPHS[outcome] ?? '☐'} ${outcome} ${facts.join(', ')}`;
}

function timesOutput(lines: readonly string[]): Output {
  const escaped = lines.map(line => line.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'));
  return {
    output_type: 'display_data',
    data: {
      'text/html': escaped.map(line => `<div><code>${line}</code></div>\n`),
      'text/markdown': lines.map(line => `- ${escapeMarkdown(line)}\n`),
      'text/plain': lines.map((line, index) => (index === lines.length - 1 ? line : `${line}\n`))
    },
    metadata: markedAs('times')
  };
}
