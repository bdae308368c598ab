// The glyph of a status as a small drawing in the colour of the text around it: sharp in both themes and at every zoom.
import type { StatusName } from './status-look.js';

/** A status, or something that a person can do. */
export type GlyphName = StatusName | 'undo';

const RING = 'M8 2.25a5.75 5.75 0 1 1 0 11.5a5.75 5.75 0 0 1 0-11.5z';

/** Strokes on a grid of 16 by 16. */
const STROKES: Record<GlyphName, readonly string[]> = {
  'not-started': [RING],
  queued: ['M3.5 8h.01M8 8h.01M12.5 8h.01'],
  running: ['M8 2.25a5.75 5.75 0 1 1-5.75 5.75', 'M6.75 5.75l3.5 2.25l-3.5 2.25z'],
  begun: [RING, 'M8 4.5v7'],
  waiting: [RING, 'M8 4.75v3.5l2.25 1.5'],
  passed: [RING, 'M5.25 8.25l1.9 1.9l3.6-4'],
  failed: [RING, 'M5.9 5.9l4.2 4.2M10.1 5.9l-4.2 4.2'],
  rejected: [RING, 'M4 4l8 8'],
  inconclusive: [RING, 'M6.4 6.4a1.65 1.65 0 1 1 2.4 1.5c-.5.3-.8.6-.8 1.2M8 11.1h.01'],
  interrupted: [RING, 'M6 6h4v4h-4z'],
  stale: ['M13.25 8a5.25 5.25 0 1 1-1.6-3.75', 'M13 2v2.75h-2.75'],
  skipped: ['M3.5 4.5l4 3.5l-4 3.5M8.5 4.5l4 3.5l-4 3.5'],
  aborted: [RING, 'M5.5 8h5'],
  refused: [RING, 'M8 4.9v3.7M8 11.1h.01'],
  undo: ['M5.75 3.25l-3 3l3 3', 'M3 6.25h6.25a3.25 3.25 0 0 1 0 6.5h-4'],
  locked: ['M3.75 7.25h8.5v6.25h-8.5z', 'M5.5 7.25v-1.75a2.5 2.5 0 0 1 5 0v1.75']
};

const SVG = 'http://www.w3.org/2000/svg';

/** The drawing of a status. Screen readers skip it: the word stands beside it. */
export function makeStatusGlyph(status: GlyphName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', `lb-Glyph lb-mod-${status}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('focusable', 'false');
  for (const stroke of STROKES[status]) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', stroke);
    svg.append(path);
  }
  return svg;
}
