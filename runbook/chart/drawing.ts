// What a chart is drawn from: a few shapes on a white sheet. The SVG and the PNG are made of the same shapes, so they cannot differ.

import { visibleLine } from '../../contract/base/escape.js';

/** A colour of {@link PALETTE}, by its place. */
export type Ink = number;

/** One shape. Coordinates are pixels from the top left corner. */
export type Shape =
  | { readonly kind: 'line'; readonly points: readonly Point[]; readonly ink: Ink; readonly isThick: boolean }
  | {
      readonly kind: 'box';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly ink: Ink;
    }
  | {
      readonly kind: 'text';
      readonly x: number;
      /** Top of the letters. */
      readonly y: number;
      readonly text: string;
      readonly ink: Ink;
      readonly align: 'left' | 'middle' | 'right';
    };

/** A place on the sheet. */
export type Point = readonly [x: number, y: number];

/** A whole picture. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** What the picture shows, for readers who cannot see it. */
  readonly title: string;
  readonly shapes: readonly Shape[];
}

/** Colours as red, green, blue. The first four are the sheet and its marks; the series follow, told apart by colour-blind eyes too (Okabe and Ito). */
export const PALETTE: readonly (readonly [number, number, number])[] = [
  [255, 255, 255],
  [33, 33, 33],
  [97, 97, 97],
  [224, 224, 224],
  [0, 114, 178],
  [213, 94, 0],
  [0, 158, 115],
  [204, 121, 167],
  [230, 159, 0],
  [86, 180, 233],
  [120, 120, 120],
  [148, 118, 0]
];

/** Places of the marks in {@link PALETTE}. */
export const INK = { text: 1, faint: 2, grid: 3 } as const;

/** Most series of one chart: each has a colour of its own. */
export const MOST_SERIES = PALETTE.length - 4;

/** The colour of a series. */
export function inkOfSeries(index: number): Ink {
  return 4 + (index % MOST_SERIES);
}

/** Width of one letter and height of a line of text, in pixels. */
export const LETTER = { width: 12, height: 14, lineHeight: 22 } as const;

/** A text on one line that fits into `width` pixels. */
export function fitText(text: string, width: number): string {
  const most = Math.max(1, Math.floor(width / LETTER.width));
  const letters = [...visibleLine(text)];
  return letters.length <= most ? letters.join('') : `${letters.slice(0, most - 1).join('')}…`;
}

/** Names of series beside their colours, on one line of a sheet of this width. */
export function legend(series: readonly { readonly name: string }[], sheetWidth: number): Shape[] {
  const width = (sheetWidth - 16) / Math.max(1, series.length);
  return series.flatMap(({ name }, index): Shape[] => [
    { kind: 'box', x: 8 + index * width, y: 34, width: 10, height: 10, ink: inkOfSeries(index) },
    {
      kind: 'text',
      x: 24 + index * width,
      y: 32,
      text: fitText(name, width - 24),
      ink: INK.text,
      align: 'left'
    }
  ]);
}
