// Lines over time, over a number, or over names, with a legend and a text of small bars for readers without pictures.
import { formatUtc } from '../../contract/base/format.js';
import { cellText } from '../text/cell-text.js';
import { visibleLine } from '../../contract/base/escape.js';
import {
  fitText,
  INK,
  inkOfSeries,
  legend,
  LETTER,
  type Drawing,
  type Point,
  type Shape
} from './drawing.js';
import { numberOf, timeOf, type ChartRows, type Series } from './read-rows.js';
import { numberText, share, ticksOf, timeTicksOf } from './scale.js';
import { LINE_CHART_HEIGHT, WIDTH } from './size.js';

/** A chart as a picture and as text. */
export interface Chart {
  readonly drawing: Drawing;
  readonly text: string;
}

const SHEET = { width: WIDTH, height: LINE_CHART_HEIGHT, left: 96, right: 24, top: 64, bottom: 40 };

/** More places are thinned: of each group the lowest and the highest stay, so that no peak is lost. */
const MOST_PLACES = 700;

/** Draws lines. `caption` stands above them. */
export function lineChart(rows: ChartRows, caption: string): Chart {
  const axis = axisOf(rows.places);
  const values = rows.series.flatMap(series => series.values.filter(value => value !== null));
  const ticks = ticksOf(Math.min(0, ...minOf(values)), Math.max(...maxOf(values)), 4);
  const plot = {
    x: SHEET.left,
    y: SHEET.top,
    width: SHEET.width - SHEET.left - SHEET.right,
    height: SHEET.height - SHEET.top - SHEET.bottom
  };
  const xOf = (at: number): number => plot.x + plot.width * share(at, axis.from, axis.to);
  const yOf = (value: number): number => plot.y + plot.height * (1 - share(value, ticks[0]!, ticks.at(-1)!));
  const shapes: Shape[] = [
    { kind: 'text', x: 8, y: 8, text: fitText(caption, SHEET.width - 16), ink: INK.text, align: 'left' },
    ...legend(rows.series, SHEET.width),
    ...ticks.flatMap((tick): Shape[] => [
      line(
        [
          [plot.x, yOf(tick)],
          [plot.x + plot.width, yOf(tick)]
        ],
        INK.grid
      ),
      {
        kind: 'text',
        x: plot.x - 8,
        y: yOf(tick) - 7,
        text: fitText(numberText(tick), plot.x - 8),
        ink: INK.faint,
        align: 'right'
      }
    ]),
    ...axis.ticks.map(({ at, text }): Shape => ({
      kind: 'text',
      x: within(xOf(at), text),
      y: plot.y + plot.height + 10,
      text,
      ink: INK.faint,
      align: 'middle'
    })),
    ...rows.series.flatMap((series, index) =>
      unbroken(axis.at, thin(series.values)).map(run =>
        line(
          run.map(([at, value]): Point => [xOf(at), yOf(value)]),
          inkOfSeries(index),
          true
        )
      )
    )
  ];
  return {
    drawing: { width: SHEET.width, height: SHEET.height, title: caption, shapes },
    text: [caption, ...sparklines(rows.series), axis.text].filter(part => part !== '').join('\n')
  };
}

interface Axis {
  readonly at: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  /** The range in words. */
  readonly text: string;
}

function axisOf(places: readonly unknown[]): Axis {
  const times = places.map(timeOf);
  if (times.length > 0 && times.every(time => time !== null)) {
    const [from, to] = [Math.min(...minOf(times)), Math.max(...maxOf(times))];
    const text = `${formatUtc(new Date(from).toISOString())} to ${formatUtc(new Date(to).toISOString())}`;
    return { at: times, from, to, ticks: timeTicksOf(from, to, 6), text };
  }
  const numbers = places.map(numberOf);
  if (numbers.length > 0 && numbers.every(number => typeof number === 'number')) {
    const [from, to] = [Math.min(...minOf(numbers)), Math.max(...maxOf(numbers))];
    const inside = ticksOf(from, to, 5).filter(tick => tick >= from && tick <= to);
    return {
      at: numbers,
      from,
      to,
      ticks: inside.map(at => ({ at, text: numberText(at) })),
      text: `${numberText(from)} to ${numberText(to)}`
    };
  }
  const every = Math.max(1, Math.ceil(places.length / 6));
  const names = places.map(place => cellText(place));
  return {
    at: names.map((_, index) => index),
    from: 0,
    to: Math.max(0, names.length - 1),
    ticks: names.map((name, at) => ({ at, text: fitText(name, 110) })).filter(({ at }) => at % every === 0),
    text: names.length === 0 ? '' : `${names[0]!} to ${names.at(-1)!}`
  };
}

/** Places that stay, with gaps kept. */
function thin(
  values: readonly (number | null)[]
): readonly (readonly [place: number, value: number | null])[] {
  const all = values.map((value, place) => [place, value] as const);
  const size = Math.ceil(all.length / (MOST_PLACES / 2));
  if (size <= 2) {
    return all;
  }
  return Array.from({ length: Math.ceil(all.length / size) }, (_, group) => {
    const part = all.slice(group * size, (group + 1) * size);
    const known = part.filter(([, value]) => value !== null).sort((a, b) => a[1]! - b[1]!);
    return known.length === 0
      ? [part[0]!]
      : [...new Set([known[0]!, known.at(-1)!])].sort((a, b) => a[0] - b[0]);
  }).flat();
}

/** The stretches without a gap. A single value between gaps becomes a dot. */
function unbroken(
  at: readonly number[],
  values: readonly (readonly [place: number, value: number | null])[]
): [at: number, value: number][][] {
  const runs: [number, number][][] = [[]];
  for (const [place, value] of values) {
    if (value === null) {
      runs.push([]);
    } else {
      runs.at(-1)!.push([at[place]!, value]);
    }
  }
  return runs.filter(run => run.length > 0).map(run => (run.length === 1 ? [run[0]!, run[0]!] : run));
}

const BARS = '▁▂▃▄▅▆▇█';
const SPARK_WIDTH = 60;

/** `errors  ▁▁▃█▂  min 0, max 12, last 3`, one line a series. */
function sparklines(series: readonly Series[]): string[] {
  const names = series.map(({ name }) => visibleLine(name));
  const width = Math.max(0, ...names.map(name => name.length));
  return series.map(({ values }, index) => `${names[index]!.padEnd(width)}  ${sparkline(values)}`);
}

function sparkline(values: Series['values']): string {
  const known = values.filter(value => value !== null);
  if (known.length === 0) {
    return 'no values';
  }
  const [least, most] = [Math.min(0, ...minOf(known)), Math.max(...maxOf(known))];
  const size = Math.ceil(values.length / SPARK_WIDTH);
  const bars = Array.from({ length: Math.ceil(values.length / size) }, (_, group) => {
    const part = values.slice(group * size, (group + 1) * size).filter(value => value !== null);
    return part.length === 0
      ? ' '
      : BARS[Math.round(share(Math.max(...part), least, most === least ? least + 1 : most) * 7)];
  });
  const last = numberText(known.at(-1)!);
  return `${bars.join('')}  min ${numberText(Math.min(...minOf(known)))}, max ${numberText(most)}, last ${last}`;
}

/** The smallest value alone, or nothing: spreading a long list would overflow the stack. */
function minOf(values: readonly number[]): number[] {
  return values.length === 0 ? [] : [values.reduce((least, value) => Math.min(least, value))];
}

function maxOf(values: readonly number[]): number[] {
  return values.length === 0 ? [0] : [values.reduce((most, value) => Math.max(most, value))];
}

function within(x: number, text: string): number {
  const half = (text.length * LETTER.width) / 2;
  return Math.min(SHEET.width - half - 2, Math.max(half + 2, x));
}

function line(points: readonly Point[], ink: number, isThick = false): Shape {
  return { kind: 'line', points, ink, isThick };
}
