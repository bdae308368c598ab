// A drawing as SVG text. Only shapes and text: no style element, no script, nothing that is fetched.
import { htmlText } from '../../contract/base/escape.js';
import { LETTER, PALETTE, type Drawing, type Ink, type Shape } from './drawing.js';

/** The SVG of a drawing. */
export function toSvg(drawing: Drawing): string {
  const { width, height, title, shapes } = drawing;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="ui-monospace, monospace" font-size="18">`,
    `<title>${htmlText(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${colour(0)}"/>`,
    ...shapes.map(svgShape),
    '</svg>'
  ].join('\n');
}

function svgShape(shape: Shape): string {
  switch (shape.kind) {
    case 'line':
      return `<polyline points="${shape.points.map(([x, y]) => `${round(x)},${round(y)}`).join(' ')}" fill="none" stroke="${colour(shape.ink)}" stroke-width="${shape.isThick ? 3 : 1}" stroke-linejoin="round" stroke-linecap="round"/>`;
    case 'box':
      return `<rect x="${round(shape.x)}" y="${round(shape.y)}" width="${round(shape.width)}" height="${round(shape.height)}" fill="${colour(shape.ink)}"/>`;
    case 'text':
      return `<text x="${round(shape.x)}" y="${round(shape.y + LETTER.height)}" fill="${colour(shape.ink)}" text-anchor="${ANCHORS[shape.align]}">${htmlText(shape.text)}</text>`;
  }
}

const ANCHORS = { left: 'start', middle: 'middle', right: 'end' } as const;

function colour(ink: Ink): string {
  return `#${PALETTE[ink]!.map(part => part.toString(16).padStart(2, '0')).join('')}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
