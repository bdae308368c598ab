// Horizontal bars, one group a row, so that long names stay readable.
import { formatCount } from '../../contract/base/format.js';
import { visibleLine } from '../../contract/base/escape.js';
import { cellText } from '../text/cell-text.js';
import { chartSpec, fitText, labelsByPlace, TOLD, type Chart } from './chart.js';
import { colourOfSeries } from './line-chart.js';
import { numberText } from './number-text.js';
import type { ChartRows } from './read-rows.js';
import { TEXT_WIDTH } from './size.js';

const MOST_BARS = 40;

/** The theme of a front end colours axes and headings, and no text beside marks. */
const ON_BACKGROUND = "luminance(background) < 0.5 ? 'white' : 'black'";

/** Draws bars. More than 40 rows are cut, and said to be. */
export function barChart(rows: ChartRows, caption: string): Chart {
  const title = visibleLine(caption);
  const names = rows.places.slice(0, MOST_BARS).map(place => visibleLine(cellText(place)));
  const hidden = rows.places.length - names.length;
  const bars = names.flatMap((name, row) =>
    rows.series.map(({ values }, series) => ({ row, series, name, value: values[row] ?? null }))
  );
  const more = hidden > 0 ? [`${formatCount(hidden, 'more row')}.`] : [];
  const legend = rows.series.length > 1 ? [rows.series.map(({ name }) => visibleLine(name)).join(', ')] : [];
  const place = {
    y: {
      field: 'row',
      type: 'ordinal',
      title: null,
      scale: { domain: names.map((_, row) => row), paddingInner: 0.2 },
      axis: { labelExpr: labelsByPlace(names.map(name => fitText(name, 40))), ticks: false, domain: false }
    },
    ...(rows.series.length > 1
      ? { yOffset: { field: 'series', scale: { domain: rows.series.map((_, series) => series) } } }
      : {})
  };
  return {
    spec: chartSpec(fitText(title, 90), more, {
      height: Math.max(1, bars.length) * (rows.series.length > 1 ? 16 : 24),
      data: {
        values: bars.map(bar => ({
          ...bar,
          end: Math.max(0, bar.value ?? 0),
          told: toldOf(bar, rows),
          text: bar.value === null ? '' : numberText(bar.value)
        }))
      },
      encoding: place,
      layer: [
        {
          mark: { type: 'bar' },
          encoding: {
            ...TOLD,
            x: { field: 'value', type: 'quantitative', title: null, axis: { tickCount: 5, domain: false } },
            color: colourOfSeries(rows.series)
          }
        },
        {
          mark: {
            type: 'text',
            color: { expr: ON_BACKGROUND },
            align: 'left',
            baseline: 'middle',
            dx: 5,
            fontSize: 12
          },
          encoding: { x: { field: 'end', type: 'quantitative' }, text: { field: 'text' } }
        }
      ]
    }),
    text: [title, ...barLines(bars), ...legend, ...more].filter(part => part !== '').join('\n')
  };
}

/** What a bar says to the pointer: all of its name. */
function toldOf({ name, series, value }: Bar, rows: ChartRows): string {
  return `${name} · ${visibleLine(rows.series[series]!.name)}: ${value === null ? '–' : numberText(value)}`;
}

interface Bar {
  readonly series: number;
  readonly name: string;
  readonly value: number | null;
}

function barLines(bars: readonly Bar[]): string[] {
  const nameWidth = Math.max(0, ...bars.map(({ name }) => name.length));
  const longest = Math.max(0, ...bars.map(({ value }) => Math.abs(value ?? 0))) || 1;
  return bars.map(({ name, series, value }) => {
    const bar = '█'.repeat(Math.round((Math.abs(value ?? 0) / longest) * TEXT_WIDTH));
    const label = (series === 0 ? name : '').padEnd(nameWidth);
    return `${label}  ${bar}${bar === '' ? '' : ' '}${value === null ? '–' : numberText(value)}`;
  });
}
