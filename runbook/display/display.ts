// `display`: tables, Markdown, JSON and status lines under the cell, each with fallbacks that GitHub shows.
import type { Json, MimeBundle } from '../../contract/json.js';
import type { Outcome } from '../../contract/run.js';
import { ports } from '../context.js';
import { faultsOfOptions, faultsOfValue, refuseFaults } from '../usage/check-options.js';
import { isPlainObject, required, rule, text, textList } from '../usage/rules.js';
import { jsonText } from './cell-text.js';
import {
  showBarChart,
  showLineChart,
  showTimeline,
  type BarChartOptions,
  type LineChartOptions,
  type TimelineEntry
} from './charts.js';
import { escapeHtml, escapeMarkdown } from './escape.js';
import { readTable, tableBundle, type TableRow } from './table.js';

/** A state that can be shown as a badge. */
export type BadgeStatus = Outcome | 'running' | 'waiting' | 'skipped';

/** The type of {@link display}. */
export interface Display {
  /** Rows as a table; columns in order of first appearance, or as given. The first 200 rows are shown. */
  table(rows: Iterable<object>, options?: { readonly columns?: readonly string[] }): void;
  /** Markdown. */
  markdown(text: string): void;
  /** Rows as lines, over time, numbers or names. Drawn as a picture, with text for terminals. */
  lineChart(rows: Iterable<object>, options?: LineChartOptions): void;
  /** Rows as horizontal bars; the first 40 are shown. */
  barChart(rows: Iterable<object>, options?: BarChartOptions): void;
  /** What happened when, one line an entry; the first 60 are shown. Times are UTC. */
  timeline(entries: Iterable<TimelineEntry>, options?: { readonly title?: string }): void;
  /** Any value as indented JSON. */
  json(value: unknown): void;
  /** One line with a glyph for the state. */
  status(status: BadgeStatus, text: string): void;
}

/**
 * Shows things under the running cell. Repeated: on resume they are shown again.
 *
 * @example
 * display.table([{ service: 'orders', version: '2.4.0' }])
 * // service  version
 * // -------  -------
 * // orders   2.4.0
 * display.barChart([{ service: 'orders', errors: 3 }], { title: 'Errors' })
 * // Errors
 * // orders  ████████████████████████████████████████ 3
 * display.status('passed', 'Release 2.4.0 is live') // ☑ passed: Release 2.4.0 is live
 */
export const display: Display = Object.freeze({
  table(rows: Iterable<object>, options: { readonly columns?: readonly string[] } = {}): void {
    refuseFaults('display.table', [
      ...faultsOfValue('The list of rows', rows, required(rowList)),
      ...faultsOfOptions(options, { columns: textList })
    ]);
    ports().display.show(tableBundle(readTable([...rows] as TableRow[], options.columns)));
  },
  markdown(source: string): void {
    refuseFaults('display.markdown', faultsOfValue('The text', source, required(text)));
    ports().display.show({ 'text/markdown': source, 'text/plain': source });
  },
  lineChart: showLineChart,
  barChart: showBarChart,
  timeline: showTimeline,
  json(value: unknown): void {
    ports().display.show(jsonBundle(value));
  },
  status(status: BadgeStatus, message: string): void {
    refuseFaults('display.status', [
      ...faultsOfValue('The status', status, required(badgeStatus)),
      ...faultsOfValue('The text', message, required(text))
    ]);
    ports().display.show(statusBundle(status, message));
  }
});

/** The bundle of a status line. */
export function statusBundle(status: BadgeStatus, message: string): MimeBundle {
  const glyph = GLYPHS[status];
  return {
    'text/html': `<div>${glyph} <b>${status}</b> — ${escapeHtml(message)}</div>`,
    'text/markdown': `${glyph} **${status}** — ${escapeMarkdown(message)}`,
    'text/plain': `${glyph} ${status}: ${message}`
  };
}

function jsonBundle(value: unknown): MimeBundle {
  const source = jsonText(value, 2);
  const isTree = typeof value === 'object' && value !== null;
  return { ...(isTree ? { 'application/json': JSON.parse(source) as Json } : {}), 'text/plain': source };
}

const GLYPHS: { readonly [status in BadgeStatus]: string } = {
  passed: '☑',
  failed: '✗',
  rejected: '✗',
  inconclusive: '☐',
  running: '☐',
  waiting: '☐',
  skipped: '☐'
};

const badgeStatus = rule(
  `one of ${Object.keys(GLYPHS).join(', ')}`,
  value => typeof value === 'string' && Object.hasOwn(GLYPHS, value)
);
const rowList = rule('a list of objects', value => isIterable(value) && [...value].every(isPlainObject));

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
