// What happened when: one bar a line between its start and its end, coloured by its state.
import { formatCount, formatDuration, formatUtc, formatUtcClock } from '../../contract/base/format.js';
import { visibleLine } from '../../contract/base/escape.js';
import { fitText, INK, LETTER, type Drawing, type Ink, type Shape } from './drawing.js';
import type { Chart } from './line-chart.js';
import { share, timeTicksOf } from './scale.js';
import { TEXT_WIDTH, WIDTH } from './size.js';

/** One line. Times in milliseconds since 1970. */
export interface Span {
  readonly label: string;
  readonly startMs: number;
  /** Null while it runs. */
  readonly endMs: number | null;
  readonly status: string | null;
}

const MOST_LINES = 60;

/** Draws spans in the order given. What has no end reaches to `nowMs`. More than 60 lines are cut, and said to be. */
export function timeline(all: readonly Span[], caption: string, nowMs: number): Chart {
  const spans = all.slice(0, MOST_LINES);
  const hidden = all.length - spans.length;
  const from = Math.min(...spans.map(span => span.startMs));
  const to = Math.max(...spans.map(span => span.endMs ?? nowMs));
  const notes = [
    spans.length === 0
      ? 'Nothing yet.'
      : `${formatUtc(new Date(from).toISOString())} to ${formatUtc(new Date(to).toISOString())}`,
    hidden > 0 ? `${formatCount(hidden, 'more line')}.` : ''
  ].filter(note => note !== '');
  return {
    drawing: draw(spans, from, to, caption, nowMs, notes.join('. ')),
    text: [caption, ...textLines(spans, from, to, nowMs), ...notes].filter(part => part !== '').join('\n')
  };
}

function draw(
  spans: readonly Span[],
  from: number,
  to: number,
  caption: string,
  nowMs: number,
  note: string
): Drawing {
  const left =
    8 + Math.min(300, LETTER.width * Math.max(4, ...spans.map(span => [...span.label].length)) + 16);
  const width = WIDTH - left - 24;
  const top = 36;
  const bottom = top + spans.length * LETTER.lineHeight;
  const xOf = (at: number): number => left + width * (to === from ? 0 : share(at, from, to));
  const shapes: Shape[] = [
    { kind: 'text', x: 8, y: 8, text: fitText(caption, WIDTH - 16), ink: INK.text, align: 'left' },
    ...(spans.length === 0 ? [] : timeTicksOf(from, to, 5)).flatMap(({ at, text }): Shape[] => [
      {
        kind: 'line',
        points: [
          [xOf(at), top],
          [xOf(at), bottom]
        ],
        ink: INK.grid,
        isThick: false
      },
      {
        kind: 'text',
        x: Math.min(WIDTH - (text.length * LETTER.width) / 2, xOf(at)),
        y: bottom + 6,
        text,
        ink: INK.faint,
        align: 'middle'
      }
    ]),
    ...spans.flatMap((span, index): Shape[] => {
      const y = top + index * LETTER.lineHeight;
      const end = span.endMs ?? nowMs;
      return [
        {
          kind: 'text',
          x: 8,
          y: y + 3,
          text: fitText(visibleLine(span.label), left - 16),
          ink: INK.text,
          align: 'left'
        },
        {
          kind: 'box',
          x: xOf(span.startMs),
          y: y + 1,
          width: Math.max(3, xOf(end) - xOf(span.startMs)),
          height: 18,
          ink: INKS[span.status ?? 'passed'] ?? OTHER
        }
      ];
    }),
    { kind: 'text', x: 8, y: bottom + 28, text: fitText(note, WIDTH - 16), ink: INK.faint, align: 'left' }
  ];
  return { width: WIDTH, height: bottom + 52, title: caption, shapes };
}

const OTHER: Ink = 10;
const INKS: { readonly [status: string]: Ink } = {
  passed: 6,
  failed: 5,
  rejected: 5,
  running: 4,
  waiting: 8,
  inconclusive: 7
};

function textLines(spans: readonly Span[], from: number, to: number, nowMs: number): string[] {
  const labels = spans.map(span => visibleLine(span.label));
  const labelWidth = Math.max(0, ...labels.map(label => label.length));
  return spans.map((span, index) => {
    const end = span.endMs ?? nowMs;
    const [first, last] = [span.startMs, end].map(at =>
      Math.round((to === from ? 0 : share(at, from, to)) * (TEXT_WIDTH - 1))
    );
    const bar = `${' '.repeat(first!)}${'█'.repeat(last! - first! + 1)}`.padEnd(TEXT_WIDTH);
    const state = [span.status, formatDuration(end - span.startMs)].filter(part => part !== null).join(', ');
    return `${labels[index]!.padEnd(labelWidth)}  ${bar}  ${formatUtcClock(new Date(span.startMs).toISOString())}  ${state}`;
  });
}
