// The picture of a run: one bar an attempt, as PNG in the output of a cell of its own, because GitHub does not show pictures that
// are attached to Markdown.
import type { OutlineCell } from '../../contract/outline.js';
import { timeline, type Span } from '../../runbook/chart/timeline.js';
import { toPng } from '../../runbook/chart/png.js';
import { markedAs } from '../notebook/archive-marks.js';
import type { RunFiles } from '../notebook/read-run.js';
import { linesOf } from './canonical-notebook.js';

/** The cell. Its text says what it is; it is no step. */
export function timelineCell({ state, outline, run }: RunFiles): OutlineCell {
  const caption = `Release ${run?.release ?? ''} in ${run?.environment ?? ''}`;
  const { drawing, text } = timeline(spansOf(state, outline), caption, Date.parse(state.lastAt ?? ''));
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

/** Attempts in the order of their start. */
function spansOf(state: RunFiles['state'], outline: RunFiles['outline']): Span[] {
  const spans = outline.phases.flatMap(phase =>
    phase.steps.flatMap(step =>
      (state.steps[step.id]?.attempts ?? []).map((attempt): Span => {
        const again = attempt.attempt > 1 ? ` (${attempt.attempt})` : '';
        return {
          label: `${step.title}${again}`,
          startMs: Date.parse(attempt.startedAt),
          endMs: attempt.endedAt === null ? null : Date.parse(attempt.endedAt),
          status: attempt.outcome ?? 'running'
        };
      })
    )
  );
  return spans.sort((a, b) => a.startMs - b.startMs);
}
