// Reads rows of any kind into the numbers of a chart: which columns, what stands on the axis, and every fault.
// Rows of Splunk have texts only, so a text that is a number or a time counts as one.
import { isPlainObject } from '../usage/rules.js';
import { cellText } from '../text/cell-text.js';
import { didYouMean } from '../../contract/base/did-you-mean.js';
import { MOST_SERIES } from './chart.js';

/** One line of a chart or one colour of bars. `null` is a gap. */
export interface Series {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

/** The numbers of a chart, one place on the axis for each row. */
export interface ChartRows {
  /** What stands at each place, as it was given. */
  readonly places: readonly unknown[];
  readonly series: readonly Series[];
}

type Row = { readonly [column: string]: unknown };

/** The columns of `rows` as a chart, or what is wrong with them. `x` and `y` default to the first column and all columns of numbers. */
export function readChartRows(
  rows: readonly unknown[],
  x: string | undefined,
  y: string | readonly string[] | undefined
): { readonly rows: ChartRows; readonly faults: readonly string[] } {
  const nothing = { places: [], series: [] };
  if (!rows.every(isPlainObject)) {
    return { rows: nothing, faults: ['The rows are not all objects.'] };
  }
  const columns = [...new Set(rows.flatMap(row => Object.keys(row)))];
  const axis = x ?? columns[0];
  const names = y === undefined ? numberColumns(rows, columns, axis) : typeof y === 'string' ? [y] : y;
  const faults = [
    ...(rows.length === 0 ? [] : missing([...(axis === undefined ? [] : [axis]), ...names], columns)),
    ...(rows.length > 0 && names.length === 0 ? ['No column has numbers.'] : []),
    ...(names.length > MOST_SERIES
      ? [`${names.length} columns are drawn, expected at most ${MOST_SERIES}. Name those that matter.`]
      : []),
    ...names.flatMap(name => faultsOfColumn(rows, columns, name))
  ];
  const series = names.map(name => ({ name, values: rows.map(row => numberOf(row[name]) ?? null) }));
  return { rows: { places: rows.map(row => (axis === undefined ? '' : row[axis])), series }, faults };
}

/** A number, or a text that is one; undefined when it is neither, null for nothing at all. */
export function numberOf(value: unknown): number | null | undefined {
  if (value === null || value === undefined || value === '') {
    return null;
  }
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Milliseconds since 1970 of a `Date` or of a text in ISO 8601 with its zone; null for anything else. */
export function timeOf(value: unknown): number | null {
  const isText = typeof value === 'string' && /^\d{4}-\d\d-\d\d([T ].*(Z|[+-]\d\d:?\d\d))?$/.test(value);
  const time = value instanceof Date ? value.getTime() : isText ? Date.parse(value) : NaN;
  return Number.isNaN(time) ? null : time;
}

function numberColumns(rows: readonly Row[], columns: readonly string[], axis: string | undefined): string[] {
  return columns.filter(
    column =>
      column !== axis &&
      !column.startsWith('_') &&
      rows.every(row => numberOf(row[column]) !== undefined) &&
      rows.some(row => numberOf(row[column]) !== null)
  );
}

function missing(names: readonly string[], columns: readonly string[]): string[] {
  return names
    .filter(name => !columns.includes(name))
    .map(name => `There is no column '${name}'.${didYouMean(name, columns)} Columns: ${columns.join(', ')}.`);
}

function faultsOfColumn(rows: readonly Row[], columns: readonly string[], name: string): string[] {
  const bad = columns.includes(name) ? rows.findIndex(row => numberOf(row[name]) === undefined) : -1;
  return bad < 0
    ? []
    : [`'${name}' is '${cellText(rows[bad]![name])}' in row ${bad + 1}, expected a number.`];
}
