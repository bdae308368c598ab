// The charts of `display`: checks what was given, draws, shows.
import { barChart } from '../chart/bar-chart.js';
import { lineChart } from '../chart/line-chart.js';
import { readChartRows, timeOf, type ChartRows } from '../chart/read-rows.js';
import { showChart } from './show-chart.js';
import { timeline, type Span } from '../chart/timeline.js';
import { ports } from '../context.js';
import { faultsOfOptions, refuseFaults } from '../usage/check-options.js';
import { describeValue } from '../usage/describe-value.js';
import { either, isPlainObject, required, rule, text, textList } from '../usage/rules.js';

/** What a line chart shows of its rows. */
export interface LineChartOptions {
  /** Column of the axis: times (`Date` or ISO 8601 with its zone), numbers or names. @default the first column */
  readonly x?: string;
  /** Columns of the lines, at most 8. An empty value is a gap. @default all columns of numbers whose name does not begin with `_` */
  readonly y?: string | readonly string[];
  /** Heading of the chart. @default the names of the lines */
  readonly title?: string;
}

/** What a bar chart shows of its rows. */
export interface BarChartOptions {
  /** Column of the names. @default the first column */
  readonly label?: string;
  /** Columns of the bars, at most 8. @default all columns of numbers whose name does not begin with `_` */
  readonly value?: string | readonly string[];
  /** Heading of the chart. @default the names of the bars */
  readonly title?: string;
}

/** One line of a timeline. */
export interface TimelineEntry {
  /** What happened, as the text of its line. */
  readonly label: string;
  /** `Date`, ISO 8601 text with its zone, or milliseconds since 1970. */
  readonly start: Date | string | number;
  /** Absent or null while it runs. */
  readonly end?: Date | string | number | null;
  /** Decides the colour: passed, failed, rejected, running, waiting, inconclusive; others are grey. @default passed */
  readonly status?: string;
}

/** `display.lineChart`. */
export function showLineChart(rows: Iterable<object>, options: LineChartOptions = {}): void {
  const read = readRows(
    'display.lineChart',
    rows,
    options,
    { x: text, y: columns, title: text },
    options.x,
    options.y
  );
  showChart(lineChart(read, options.title ?? namesOf(read)));
}

/** `display.barChart`. */
export function showBarChart(rows: Iterable<object>, options: BarChartOptions = {}): void {
  const rules = { label: text, value: columns, title: text };
  const read = readRows('display.barChart', rows, options, rules, options.label, options.value);
  showChart(barChart(read, options.title ?? namesOf(read)));
}

/** `display.timeline`. */
export function showTimeline(
  entries: Iterable<TimelineEntry>,
  options: { readonly title?: string } = {}
): void {
  const list = isIterable(entries) ? [...entries] : null;
  refuseFaults('display.timeline', [
    ...(list === null
      ? [`The entries are ${describeValue(entries)}, expected a list of objects.`]
      : list.flatMap((entry, index) => faultsOfEntry(entry, `Entry ${index + 1}`))),
    ...faultsOfOptions(options, { title: text })
  ]);
  const spans = list!.map((entry): Span => ({
    label: entry.label,
    startMs: momentOf(entry.start)!,
    endMs: entry.end === undefined || entry.end === null ? null : momentOf(entry.end),
    status: entry.status ?? null
  }));
  showChart(timeline(spans, options.title ?? 'Timeline', ports().now()));
}

function readRows(
  helper: string,
  rows: unknown,
  options: unknown,
  rules: Parameters<typeof faultsOfOptions>[1],
  axis: string | undefined,
  values: string | readonly string[] | undefined
): ChartRows {
  const list = isIterable(rows) ? [...rows] : null;
  const wrong = [
    ...(list === null ? [`The rows are ${describeValue(rows)}, expected a list of objects.`] : []),
    ...faultsOfOptions(options, rules)
  ];
  const read = wrong.length === 0 ? readChartRows(list!, axis, values) : null;
  refuseFaults(helper, [...wrong, ...(read?.faults ?? [])]);
  return read!.rows;
}

function namesOf(rows: ChartRows): string {
  return rows.series.map(series => series.name).join(', ') || 'No rows';
}

function faultsOfEntry(entry: unknown, name: string): string[] {
  if (!isPlainObject(entry)) {
    return [`${name} is ${describeValue(entry)}, expected an object.`];
  }
  const { start, end } = entry;
  const faults = [
    ...faultsOfOptions(entry, {
      label: required(text),
      start: required(moment),
      end: optionalMoment,
      status: text
    }).map(fault => `${name}: ${fault}`)
  ];
  const [from, to] = [momentOf(start), momentOf(end)];
  return from !== null && to !== null && to < from
    ? [...faults, `${name}: 'end' is before 'start'.`]
    : faults;
}

function momentOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= 8.64e15
    ? value
    : timeOf(value);
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

const columns = either(text, textList);
const moment = rule(
  'a Date, an ISO 8601 text with its zone, or milliseconds since 1970',
  value => momentOf(value) !== null
);
const optionalMoment = rule(`${moment.expected}, or null`, value => value === null || moment.accepts(value));
