// The cell with the picture of a run: in its output, because GitHub does not show pictures that are attached to Markdown.
import type { OutlineCell } from '../../contract/notebook/outline.js';
import type { DrawnChart } from '../../runbook/chart/picture/draw-picture.js';
import { WIDTH } from '../../runbook/chart/size.js';
import { markedAs } from '../notebook/archive-marks.js';
import { linesOf } from './canonical-notebook.js';

/** The cell. Its text says what it is; it is no step. Where there is no PNG, a reader has its text. */
export function timelineCell({ spec, png, text }: DrawnChart): OutlineCell {
  const picture = png === undefined ? {} : { 'image/png': png.toString('base64') };
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
        data: { 'application/vnd.vegalite.v5+json': spec, ...picture, 'text/plain': linesOf(text) },
        metadata: { 'image/png': { width: WIDTH } }
      }
    ]
  };
  return cell;
}
