// Horizontal bars, one group a row, so that long names stay readable.
import { formatCount } from '../../contract/base/format.js';
import { cellText } from '../text/cell-text.js';
import { visibleLine } from '../../contract/base/escape.js';
import { fitText, INK, inkOfSeries, legend, LETTER, type Drawing, type Shape } from './drawing.js';
import type { Chart } from './line-chart.js';
import type { ChartRows } from './read-rows.js';
import { numberText, share } from './scale.js';
import { TEXT_WIDTH, WIDTH } from './size.js';

const MOST_BARS = 40;

/** Draws bars. More than 40 rows are cut, and said to be. */
export function barChart(rows: ChartRows, caption: string): Chart {
  const names = rows.places.slice(0, MOST_BARS).map(place => visibleLine(cellText(place)));
  const hidden = rows.places.length - names.length;
  const bars = names.flatMap((name, row) =>
    rows.series.map((series, index) => ({
      name: index === 0 ? name : '',
      value: series.values[row] ?? null,
      ink: inkOfSeries(index)
    }))
  );
  const values = bars.map(bar => bar.value ?? 0);
  const least = Math.min(0, ...values);
  const most = Math.max(0, ...values);
  const notes = [
    ...(rows.series.length > 1 ? [rows.series.map(series => series.name).join(', ')] : []),
    ...(hidden > 0 ? [`${formatCount(hidden, 'more row')}.`] : [])
  ];
  return {
    drawing: draw(bars, least, most === least ? least + 1 : most, caption, rows, notes),
    text: [caption, ...barLines(bars, least, most), ...notes].filter(part => part !== '').join('\n')
  };
}

interface Bar {
  readonly name: string;
  readonly value: number | null;
  readonly ink: number;
}

function draw(
  bars: readonly Bar[],
  least: number,
  most: number,
  caption: string,
  rows: ChartRows,
  notes: readonly string[]
): Drawing {
  const nameWidth = Math.min(300, LETTER.width * Math.max(4, ...bars.map(bar => [...bar.name].length)) + 16);
  const left = 8 + nameWidth;
  const width = WIDTH - left - 120;
  const top = 36 + (rows.series.length > 1 ? LETTER.lineHeight : 0);
  const xOf = (value: number): number => left + width * share(value, least, most);
  const shapes: Shape[] = [
    { kind: 'text', x: 8, y: 8, text: fitText(caption, WIDTH - 16), ink: INK.text, align: 'left' },
    ...(rows.series.length > 1 ? legend(rows.series, WIDTH) : []),
    ...bars.flatMap(({ name, value, ink }, index): Shape[] => {
      const y = top + index * LETTER.lineHeight;
      const from = Math.min(xOf(0), xOf(value ?? 0));
      return [
        { kind: 'text', x: 8, y: y + 3, text: fitText(name, nameWidth - 8), ink: INK.text, align: 'left' },
        ...(value === null
          ? []
          : [
              {
                kind: 'box',
                x: from,
                y: y + 1,
                width: Math.max(1, Math.abs(xOf(value) - xOf(0))),
                height: 18,
                ink
              } as const
            ]),
        {
          kind: 'text',
          x: Math.max(xOf(0), xOf(value ?? 0)) + 8,
          y: y + 3,
          text: value === null ? '' : numberText(value),
          ink: INK.faint,
          align: 'left'
        }
      ];
    }),
    ...(notes.length > (rows.series.length > 1 ? 1 : 0)
      ? [
          {
            kind: 'text',
            x: 8,
            y: top + bars.length * LETTER.lineHeight + 4,
            text: notes.at(-1)!,
            ink: INK.faint,
            align: 'left'
          } as const
        ]
      : [])
  ];
  return { width: WIDTH, height: top + (bars.length + 1) * LETTER.lineHeight + 8, title: caption, shapes };
}

function barLines(bars: readonly Bar[], least: number, most: number): string[] {
  const nameWidth = Math.max(0, ...bars.map(bar => bar.name.length));
  const longest = Math.max(Math.abs(least), Math.abs(most)) || 1;
  return bars.map(({ name, value }) => {
    const bar = '█'.repeat(Math.round((Math.abs(value ?? 0) / longest) * TEXT_WIDTH));
    return `${name.padEnd(nameWidth)}  ${bar}${bar === '' ? '' : ' '}${value === null ? '–' : numberText(value)}`;
  });
}
