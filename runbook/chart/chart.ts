// What every chart has: a Vega-Lite specification and a text, its frame, and the colours that are told apart on a white and on a dark page.
import type { JsonObject } from '../../contract/base/json.js';
import { WIDTH } from './size.js';

/** A chart as a specification, which front ends and the PNG are drawn from, and as text. */
export interface Chart {
  readonly spec: JsonObject;
  readonly text: string;
}

/** Colours of series. Each has at least three times the brightness of a dark page, and a third of that of a white one. */
export const COLOURS: readonly string[] = [
  '#2f86c9',
  '#d55e00',
  '#009e73',
  '#bf62a0',
  '#a37b00',
  '#8a70d6',
  '#15979f',
  '#808080'
];

/** Most series of one chart: each has a colour of its own. */
export const MOST_SERIES = COLOURS.length;

/** The specification of a chart: `body` in the frame that all have. `notes` stand below the heading. */
export function chartSpec(caption: string, notes: readonly string[], body: JsonObject): JsonObject {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
    description: [caption, ...notes].join('. '),
    title: { text: caption, ...(notes.length > 0 ? { subtitle: notes } : {}) },
    width: WIDTH,
    autosize: { type: 'fit-x', contains: 'padding' },
    padding: 12,
    ...body,
    config: {
      font: 'Noto Sans, system-ui, sans-serif',
      title: { anchor: 'start', fontSize: 16, fontWeight: 'normal', subtitleFontSize: 12, offset: 12 },
      axis: {
        labelFontSize: 12,
        labelLimit: 0,
        labelPadding: 6,
        titleFontSize: 12,
        titleFontWeight: 'normal',
        titleLimit: 0
      },
      legend: { labelFontSize: 12, labelLimit: 0, orient: 'top', title: null, symbolStrokeWidth: 3 },
      view: { stroke: null }
    }
  };
}

/** The scale and the axis of times, in UTC and as exact as their range needs. */
export function timeAxis(
  fromMs: number,
  toMs: number
): { readonly scale: JsonObject; readonly axis: JsonObject } {
  const [format] = TIME_FORMATS.find(([, most]) => toMs - fromMs < most) ?? ['%Y-%m-%d'];
  return { scale: { type: 'utc' }, axis: { format, tickCount: 6, labelOverlap: true, labelFlush: true } };
}

const MINUTE_MS = 60_000;
const TIME_FORMATS: readonly (readonly [format: string, mostMs: number])[] = [
  ['%H:%M:%S.%L', MINUTE_MS / 10],
  ['%H:%M:%S', 12 * MINUTE_MS],
  ['%H:%M', 24 * 60 * MINUTE_MS],
  ['%m-%d %H:%M', 7 * 24 * 60 * MINUTE_MS]
];

/** Places of a text of which a letter of Chinese, Japanese or Korean and an emoji take two. */
export function placesOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (WIDE.test(letter) ? 2 : 1), 0);
}

/** A text that takes at most `most` places. */
export function fitText(text: string, most: number): string {
  const letters = [...text];
  if (placesOf(text) <= most) {
    return text;
  }
  while (letters.length > 0 && placesOf(letters.join('')) >= most) {
    letters.pop();
  }
  return `${letters.join('')}…`;
}

/** The field `told` of a mark is what it says to the pointer and to screen readers. */
export const TOLD: JsonObject = {
  tooltip: { field: 'told', type: 'nominal' },
  description: { field: 'told', type: 'nominal' }
};

/** Labels by their place, as Vega's expression for an axis or a legend whose values are these places. JSON is a literal there. */
export function labelsByPlace(labels: readonly string[]): string {
  return `${JSON.stringify(labels)}[datum.value]`;
}

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/u;
