// One run of a board: its HTML, and what of it a page must know without reading HTML.
import { statusWords } from '../../contract/state/status-words.js';
import { htmlText } from '../../contract/base/escape.js';
import { asHtml } from '../status/format/as-html.js';
import type { HealthColor } from '../status/health.js';
import type { RunSummary } from '../status/summarize-run.js';

/** Replaces the element `id` of the page. */
export interface BoardPart {
  readonly id: string;
  readonly color: HealthColor;
  /** What a screen reader is told when it changes: short, and without times that run. */
  readonly said: string;
  readonly html: string;
}

/** The part of a run that could be read. */
export function partOf(id: string, summary: RunSummary): BoardPart {
  const { health, phase } = summary;
  const said = [
    summary.run ? `${summary.title}, release ${summary.run.release}` : summary.title,
    health.color,
    ...(phase ? [`${phase.title} ${statusWords(phase.status).word}`] : [])
  ].join(', ');
  return { id, color: health.color, said, html: asHtml(summary) };
}

/** The part of a run that could not be read: never shown as green. */
export function brokenPart(id: string, path: string, reason: string): BoardPart {
  return {
    id,
    color: 'red',
    said: `${path} cannot be read`,
    html: `<article class="run is-red">\n<h2>${htmlText(path)}</h2>\n<p class="health"><strong>✗ red</strong> it cannot be read: ${htmlText(reason)}</p>\n</article>`
  };
}

/** Red before amber before green, else as they were. */
export function partOrder(one: BoardPart, other: BoardPart): number {
  return COLORS.indexOf(one.color) - COLORS.indexOf(other.color);
}

const COLORS: readonly HealthColor[] = ['red', 'amber', 'green'];
