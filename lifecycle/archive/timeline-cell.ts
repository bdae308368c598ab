// The picture of a run: one bar an attempt, as PNG in the output of a cell of its own, because GitHub does not show pictures that
// are attached to Markdown.
import type { OutlineCell } from '../../contract/notebook/outline.js';
import { timeline } from '../../runbook/chart/timeline.js';
import { toPng } from '../../runbook/chart/png.js';
import type { ArchiveFacts } from '../facts/archive-facts.js';
import { markedAs } from '../notebook/archive-marks.js';
import { linesOf } from './canonical-notebook.js';

/** The cell. Its text says what it is; it is no step. */
export function timelineCell({ run, attempts, lastAt }: ArchiveFacts): OutlineCell {
  const spans = attempts.map(({ title, attempt, startedAt, endedAt, end }) => ({
    label: `${title}${attempt > 1 ? ` (${attempt})` : ''}`,
    startMs: Date.parse(startedAt),
    endMs: endedAt === null ? null : Date.parse(endedAt),
    status: end ?? 'running'
  }));
  const caption = `Release ${run?.release ?? ''} in ${run?.environment ?? ''}`;
  const { drawing, text } = timeline(spans, caption, Date.parse(lastAt ?? ''));
  const cell = {
    cell_type: 'code',
    id: 'launchbook-timeline',
    metadata: markedAs('timeline'),
    execution_count: null,
    source: [
      '// When each step ran. Drawn by `launchbook archive` from the journal; this cell is no step of the run.'
    ],
    outputs: [
      {
        output_type: 'display_data',
        data: { 'image/png': toPng(drawing).toString('base64'), 'text/plain': linesOf(text) },
        metadata: {}
      }
    ]
  };
  return cell;
}
