// Lines over time, over a number, or over names, with a legend and a text of small bars for readers without pictures.
import type { JsonObject } from '../../contract/base/json.js';
import { formatUtc } from '../../contract/base/format.js';
import { visibleLine } from '../../contract/base/escape.js';
import { cellText } from '../text/cell-text.js';
import { chartSpec, COLOURS, fitText, labelsByPlace, timeAxis, TOLD, type Chart } from './chart.js';
import { numberOf, timeOf, type ChartRows, type Series } from './read-rows.js';
import { numberText } from './number-text.js';
import { LINE_CHART_HEIGHT } from './size.js';

/** More points of all lines together are thinned: of each group the lowest and the highest stay, so that no peak is lost. */
const MOST_POINTS = 1600;

/** Draws lines. `caption` stands above them. */
export function lineChart(rows: ChartRows, caption: string): Chart {
  const title = visibleLine(caption);
  const axis = axisOf(rows.places);
  // A value between gaps is a point alone.
  const point = { size: rows.places.length <= 100 ? 20 : 5 };
  return {
    spec: chartSpec(fitText(title, 90), axis.text === '' ? [] : [axis.text], {
      height: LINE_CHART_HEIGHT,
      data: {
        values: rows.series.flatMap(({ values }, line) =>
          pointsOf(axis.at, values, line, MOST_POINTS / rows.series.length)
        )
      },
      transform: [{ calculate: toldOf(axis, rows.series), as: 'told' }],
      encoding: {
        x: { field: 'x', title: null, ...axis.encoding },
        y: { field: 'y', type: 'quantitative', title: null, axis: { tickCount: 5, domain: false } },
        color: colourOfSeries(rows.series)
      },
      layer: [
        { mark: { type: 'line', strokeWidth: 2, strokeCap: 'round', strokeJoin: 'round', tooltip: null } },
        { mark: { type: 'point', filled: true, opacity: 1, ...point }, encoding: TOLD }
      ]
    }),
    text: [title, ...sparklines(rows.series), axis.text].filter(part => part !== '').join('\n')
  };
}

/** `10:42 · orders: 12` of a point, as Vega's expression. A line has no place of its own, so that its points tell alone. */
function toldOf({ told }: Axis, series: readonly Series[]): string {
  const names = JSON.stringify(series.map(({ name }) => visibleLine(name)));
  return `${told} + ' · ' + ${names}[datum.series] + ': ' + format(datum.y, ',')`;
}

/** Colours by the number of a series, with a legend when there are several. */
export function colourOfSeries(series: readonly Series[]): JsonObject {
  const names = series.map(({ name }) => fitText(visibleLine(name), Math.floor(88 / series.length)));
  return {
    field: 'series',
    type: 'nominal',
    scale: { domain: names.map((_, index) => index), range: COLOURS.slice(0, Math.max(1, names.length)) },
    legend: names.length > 1 ? { labelExpr: labelsByPlace(names) } : null
  };
}

interface Axis {
  readonly at: readonly number[];
  /** What it is to Vega-Lite. */
  readonly encoding: JsonObject;
  /** The range in words. */
  readonly text: string;
  /** A place in words, as Vega's expression. */
  readonly told: string;
}

function axisOf(places: readonly unknown[]): Axis {
  const quiet = { grid: false, labelFlush: true };
  const times = places.map(timeOf);
  if (times.length > 0 && times.every(time => time !== null)) {
    const [from, to] = [Math.min(...minOf(times)), Math.max(...maxOf(times))];
    const text = `${formatUtc(new Date(from).toISOString())} to ${formatUtc(new Date(to).toISOString())}`;
    const { scale, axis } = timeAxis(from, to);
    const told = "utcFormat(datum.x, '%Y-%m-%d %H:%M:%S') + ' UTC'";
    return { at: times, encoding: { type: 'temporal', scale, axis: { ...axis, grid: false } }, text, told };
  }
  const numbers = places.map(numberOf);
  if (numbers.length > 0 && numbers.every(number => typeof number === 'number')) {
    const text = `${numberText(Math.min(...minOf(numbers)))} to ${numberText(Math.max(...maxOf(numbers)))}`;
    return {
      at: numbers,
      encoding: { type: 'quantitative', scale: { zero: false, nice: false }, axis: quiet },
      text,
      told: "format(datum.x, ',')"
    };
  }
  const names = places.map(place => visibleLine(cellText(place)));
  const labels = names.map(name => fitText(name, 20));
  const every = Math.max(1, Math.ceil(names.length / 6));
  return {
    at: names.map((_, index) => index),
    encoding: {
      type: 'quantitative',
      scale: { nice: false },
      axis: {
        ...quiet,
        values: labels.map((_, index) => index).filter(index => index % every === 0),
        labelExpr: labelsByPlace(labels)
      }
    },
    text: names.length === 0 ? '' : `${names[0]!} to ${names.at(-1)!}`,
    told: `${JSON.stringify(names)}[datum.x]`
  };
}

/** Points that stay, with gaps kept. */
function pointsOf(
  at: readonly number[],
  values: readonly (number | null)[],
  series: number,
  most: number
): JsonObject[] {
  const all = values.map((y, place) => ({ x: at[place]!, y, series }));
  const size = Math.ceil(all.length / (most / 2));
  if (size <= 2) {
    return all;
  }
  return Array.from({ length: Math.ceil(all.length / size) }, (_, group) => {
    const part = all.slice(group * size, (group + 1) * size);
    const known = part.filter(({ y }) => y !== null).sort((a, b) => a.y! - b.y!);
    return known.length === 0
      ? [part[0]!]
      : [...new Set([known[0]!, known.at(-1)!])].sort((a, b) => part.indexOf(a) - part.indexOf(b));
  }).flat();
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
      : BARS[Math.round(((Math.max(...part) - least) / (most === least ? 1 : most - least)) * 7)];
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
