// A chart as a MIME bundle: SVG where it is shown, PNG for GitHub and other readers, text for terminals.
// No HTML and no Markdown in it, because front ends would choose them and show no picture.
import type { MimeBundle } from '../../contract/base/json.js';
import type { Chart } from './line-chart.js';
import { toPng } from './png.js';
import { toSvg } from './svg.js';

/** The bundle of a chart. */
export function chartBundle({ drawing, text }: Chart): MimeBundle {
  return {
    'image/svg+xml': toSvg(drawing),
    'image/png': toPng(drawing).toString('base64'),
    'text/plain': text
  };
}
