// A chart under a cell: Vega-Lite for front ends that draw it, PNG for GitHub and other readers, text for terminals.
// No HTML and no Markdown in it, because front ends would choose them and show no picture.
import { ports } from '../context.js';
import type { Chart } from '../chart/chart.js';
import { drawChartNow } from '../chart/picture/draw-picture.js';
import { WIDTH } from '../chart/size.js';

/** Shows it. */
export function showChart(chart: Chart): void {
  const { spec, png, text } = drawChartNow(chart);
  const picture = png === undefined ? {} : { 'image/png': png.toString('base64') };
  const bundle = { 'application/vnd.vegalite.v5+json': spec, ...picture, 'text/plain': text };
  ports().display.show(bundle, { metadata: { 'image/png': { width: WIDTH } } });
}
