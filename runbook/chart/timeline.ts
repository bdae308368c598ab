// What happened when: bars in lanes between their start and their end, coloured by their state, with numbered marks on them.
import type { JsonObject } from '../../contract/base/json.js';
import { formatCount, formatDuration, formatUtc, formatUtcClock } from '../../contract/base/format.js';
import { visibleLine } from '../../contract/base/escape.js';
import { chartSpec, fitText, labelsByPlace, placesOf, timeAxis, type Chart } from './chart.js';
import { TEXT_WIDTH, WIDTH } from './size.js';

/** One line. Times in milliseconds since 1970. */
export interface Span {
  readonly label: string;
  readonly startMs: number;
  /** Null while it runs. */
  readonly endMs: number | null;
  readonly status: string | null;
  /** Which lane it lies in. @default one of its own */
  readonly lane?: number;
  /** Stands on the bar when there is room. */
  readonly name?: string;
}

/** A moment, as a number on a lane. Below the picture stands what it was. */
export interface Mark {
  readonly lane: number;
  readonly atMs: number;
  readonly what: string;
  readonly isBad: boolean;
}

/** A timeline whose bars share lanes. */
export interface Lanes {
  /** Their names from top to bottom. */
  readonly lanes: readonly string[];
  readonly marks: readonly Mark[];
}

const MOST_LINES = 60;

/** Draws spans in the order given. What has no end reaches to `nowMs`. More than 60 lines are cut, and said to be. */
export function timeline(all: readonly Span[], caption: string, nowMs: number): Chart {
  const title = visibleLine(caption);
  const spans = all.slice(0, MOST_LINES);
  const hidden = all.length - spans.length;
  const notes = [
    spans.length === 0 ? 'Nothing yet.' : rangeText(spans, nowMs),
    ...(hidden > 0 ? [`${formatCount(hidden, 'more line')}.`] : [])
  ];
  const lanes = spans.map(({ label }) => label);
  const inLanes = spans.map((span, lane) => ({ ...span, lane }));
  return {
    spec: timelineSpec(inLanes, { lanes, marks: [] }, title, notes, nowMs),
    text: [title, ...textLines(spans, nowMs), ...notes].filter(part => part !== '').join('\n')
  };
}

/** Draws spans in lanes that they share. Its text has a line for each of the first 60 spans, and all marks. */
export function laneTimeline(spans: readonly Span[], lanes: Lanes, caption: string, nowMs: number): Chart {
  const steps = spans.filter(({ name }) => name === undefined);
  const { text } = timeline(steps, caption, nowMs);
  const notes = spans.length === 0 ? ['Nothing yet.'] : [rangeText(spans, nowMs)];
  return {
    spec: timelineSpec(spans, lanes, visibleLine(caption), notes, nowMs),
    text: [text, ...lanes.marks.map(markText)].join('\n')
  };
}

function timelineSpec(
  spans: readonly Span[],
  { lanes, marks }: Lanes,
  title: string,
  notes: readonly string[],
  nowMs: number
): JsonObject {
  if (spans.length === 0) {
    // Front ends draw nothing at all of axes without a range.
    return chartSpec(fitText(title, 90), notes, {
      height: 4,
      data: { values: [{}] },
      mark: { type: 'text', text: '' }
    });
  }
  const [from, to] = rangeOf(spans, nowMs);
  const labels = lanes.map(lane => fitText(visibleLine(lane), 36));
  const labelWidth = Math.max(0, ...labels.map(placesOf)) * 6.5;
  const plotWidth = WIDTH - 48 - labelWidth;
  const pixelMs = Math.max(1, (to - from) / plotWidth);
  const states = [...new Set(spans.map(stateOf))];
  const { scale, axis } = timeAxis(from, to);
  const x = { type: 'temporal' };
  return chartSpec(fitText(title, 90), notes, {
    height: Math.max(1, lanes.length) * 26,
    encoding: {
      y: {
        field: 'lane',
        type: 'ordinal',
        title: null,
        scale: { domain: labels.map((_, lane) => lane), paddingInner: 0.25 },
        axis: { labelExpr: labelsByPlace(labels), ticks: false, domain: false }
      }
    },
    layer: [
      {
        data: { values: spans.map(span => barOf(span, pixelMs, nowMs)) },
        layer: [
          {
            mark: { type: 'bar', tooltip: true, cornerRadius: 1 },
            encoding: {
              x: {
                ...x,
                field: 'from',
                scale: { ...scale, nice: false },
                axis: {
                  ...axis,
                  title: marks.slice(0, MOST_MARKS).map(markText),
                  titleAnchor: 'start',
                  titleAlign: 'left',
                  titlePadding: 10,
                  titleX: -labelWidth,
                  titleLineHeight: 17
                }
              },
              x2: { field: 'until' },
              color: {
                field: 'state',
                type: 'nominal',
                scale: { domain: states, range: states.map(state => STATE_COLOURS[state] ?? OTHER) },
                legend: { values: states.filter(state => state !== 'driving') }
              },
              tooltip: ['what', 'state', 'began', 'took'].map(field => ({ field, type: 'nominal' }))
            }
          },
          {
            mark: { type: 'text', align: 'left', dx: 4, fontSize: 12, color: 'white' },
            encoding: { x: { ...x, field: 'from' }, text: { field: 'name' } }
          }
        ]
      },
      ...(marks.length > 0 ? [marksLayer(spread(marks, pixelMs, to), x)] : [])
    ]
  });
}

/** White discs with numbers; those of what was not planned have another rim. */
function marksLayer(values: readonly JsonObject[], x: JsonObject): JsonObject {
  return {
    data: { values },
    encoding: { x: { ...x, field: 'at' }, tooltip: { field: 'what', type: 'nominal' } },
    layer: [
      { mark: { type: 'point', size: 220, filled: true, opacity: 1, color: 'white' } },
      {
        mark: { type: 'point', size: 220, strokeWidth: 2, opacity: 1 },
        encoding: {
          stroke: {
            condition: { test: 'datum.isBad', value: STATE_COLOURS['failed']! },
            value: '#333333'
          }
        }
      },
      {
        mark: { type: 'text', fontSize: 11, color: '#222222', baseline: 'middle', dy: 1 },
        encoding: { text: { field: 'number' } }
      }
    ]
  };
}

/** More of them are numbers without a line below the picture. */
const MOST_MARKS = 20;

function markText({ what, atMs }: Mark, index: number): string {
  return fitText(
    visibleLine(`${index + 1}  ${formatUtc(new Date(atMs).toISOString()).slice(5, -4)}  ${what}`),
    110
  );
}

/** Marks with room for their numbers: one that would cover the one before stands beside it. */
function spread(marks: readonly Mark[], pixelMs: number, to: number): JsonObject[] {
  const last = new Map<number, number>();
  return marks.map(({ lane, atMs, what, isBad }, index) => {
    const at = Math.max(atMs, (last.get(lane) ?? -Infinity) + 18 * pixelMs);
    last.set(lane, at);
    return { lane, at: Math.min(at, to), what: visibleLine(what), isBad, number: String(index + 1) };
  });
}

/** A bar of two pixels at least, with what a pointer on it is told. */
function barOf(span: Span, pixelMs: number, nowMs: number): JsonObject {
  const { lane, startMs, endMs, label, name = '' } = span;
  const end = endMs ?? nowMs;
  const room = Math.floor((end - startMs) / pixelMs / 7.5) - 1;
  return {
    lane: lane!,
    from: startMs,
    until: Math.max(name === '' ? end : end - 2 * pixelMs, startMs + 2 * pixelMs),
    state: stateOf(span),
    what: visibleLine(label),
    began: formatUtc(new Date(startMs).toISOString()),
    took: formatDuration(end - startMs),
    name: room < 3 ? '' : fitText(visibleLine(name), room)
  };
}

const OTHER = '#808080';
const STATE_COLOURS: { readonly [state: string]: string } = {
  passed: '#009e73',
  failed: '#d55e00',
  rejected: '#d55e00',
  running: '#2f86c9',
  waiting: '#a37b00',
  held: '#a37b00',
  inconclusive: '#bf62a0',
  driving: '#6b7280'
};

function stateOf({ status }: Span): string {
  return visibleLine(status ?? 'passed');
}

function rangeOf(spans: readonly Span[], nowMs: number): [from: number, to: number] {
  return spans.reduce(
    ([from, to], { startMs, endMs }) => [Math.min(from, startMs), Math.max(to, endMs ?? nowMs)],
    spans.length === 0 ? [nowMs, nowMs] : [Infinity, -Infinity]
  );
}

function rangeText(spans: readonly Span[], nowMs: number): string {
  return rangeOf(spans, nowMs)
    .map(at => formatUtc(new Date(at).toISOString()))
    .join(' to ');
}

function textLines(spans: readonly Span[], nowMs: number): string[] {
  const [from, to] = rangeOf(spans, nowMs);
  const labels = spans.map(span => visibleLine(span.label));
  const labelWidth = Math.max(0, ...labels.map(label => label.length));
  return spans.map((span, index) => {
    const end = span.endMs ?? nowMs;
    const [first, last] = [span.startMs, end].map(at =>
      to === from ? 0 : Math.round(((at - from) / (to - from)) * (TEXT_WIDTH - 1))
    );
    const bar = `${' '.repeat(first!)}${'█'.repeat(last! - first! + 1)}`.padEnd(TEXT_WIDTH);
    const state = [span.status, formatDuration(end - span.startMs)].filter(part => part !== null).join(', ');
    return `${labels[index]!.padEnd(labelWidth)}  ${bar}  ${formatUtcClock(new Date(span.startMs).toISOString())}  ${state}`;
  });
}
