// `display`: tables, Markdown, JSON and status lines under the cell, each with fallbacks that GitHub shows.
import type { Json, MimeBundle } from '../../contract/base/json.js';
import type { Outcome } from '../../contract/base/run.js';
import { ports } from '../context.js';
import { faultsOfOptions, faultsOfValue, refuseFaults } from '../usage/check-options.js';
import { isPlainObject, required, rule, text, textList } from '../usage/rules.js';
import { jsonText } from '../text/cell-text.js';
import {
  showBarChart,
  showLineChart,
  showTimeline,
  type BarChartOptions,
  type LineChartOptions,
  type TimelineEntry
} from './charts.js';
import { htmlText, markdownText } from '../../contract/base/escape.js';
import { readTable, tableBundle, type TableRow } from './table.js';

/** A state that can be shown as a badge. */
export type BadgeStatus = Outcome | 'running' | 'waiting' | 'skipped';

/** The type of {@link display}. */
export interface Display {
  /**
   * Shows rows as a table. The first 200 rows are shown, and how many more there are.
   *
   * @param rows - Objects; a value that is no text is shown as JSON.
   * @param options - `columns` in their order. @default all, in order of first appearance
   * @throws {@link UsageError} with every fault of the call. Nothing is shown.
   * @example
   * display.table([{ service: 'orders', version: '2.4.0' }], { columns: ['service'] })
   * // service
   * // -------
   * // orders
   */
  table(rows: Iterable<object>, options?: { readonly columns?: readonly string[] }): void;
  /**
   * Shows Markdown.
   *
   * @param text - The source; not empty.
   * @throws {@link UsageError} for anything else. Nothing is shown.
   * @example
   * display.markdown('**Orders** runs 2.4.0') // Orders in bold type
   */
  markdown(text: string): void;
  /**
   * Shows columns of rows as lines over times, numbers or names: at most 8 lines. A picture, with text for terminals.
   *
   * @param rows - Objects. Texts that are numbers, or times in ISO 8601 with their zone, count as such.
   * @param options - Which columns, and the heading.
   * @throws {@link UsageError} with every fault of rows and options. Nothing is shown.
   * @example
   * display.lineChart([{ hour: 1, errors: 4 }, { hour: 2, errors: 0 }], { x: 'hour', y: 'errors' }) // a line from 4 to 0
   */
  lineChart(rows: Iterable<object>, options?: LineChartOptions): void;
  /**
   * Shows rows as horizontal bars: the first 40 rows, at most 8 bars each. A picture, with text for terminals.
   *
   * @param rows - Objects. Texts that are numbers count as such.
   * @param options - Which columns, and the heading.
   * @throws {@link UsageError} with every fault of rows and options. Nothing is shown.
   * @example
   * display.barChart([{ service: 'orders', before: 20, after: 3 }], { title: 'Errors' }) // two bars for orders
   */
  barChart(rows: Iterable<object>, options?: BarChartOptions): void;
  /**
   * Shows what began and ended when: one line for each entry, the first 60 are shown. Times are UTC.
   *
   * @param entries - What happened. Without an end it reaches to now.
   * @param options - `title` is the heading. @default 'Timeline'
   * @throws {@link UsageError} with every fault, such as an end before its beginning. Nothing is shown.
   * @example
   * display.timeline([{ label: 'Deploy', start: '2026-11-22T07:50:00Z', end: '2026-11-22T07:52:00Z' }]) // one bar of 2 min
   */
  timeline(entries: Iterable<TimelineEntry>, options?: { readonly title?: string }): void;
  /**
   * Shows a value as indented JSON.
   *
   * @param value - Anything; what JSON cannot hold is shown as text.
   * @example
   * display.json({ version: '2.4.0' }) // { "version": "2.4.0" }
   */
  json(value: unknown): void;
  /**
   * Shows one line with a sign for its state.
   *
   * @param status - Decides the sign: ☑ for passed, ✗ for failed and rejected, ☐ for all others.
   * @param text - What has this state; not empty.
   * @throws {@link UsageError} for an unknown status or an empty text. Nothing is shown.
   * @example
   * display.status('passed', 'Release 2.4.0 is live') // ☑ passed: Release 2.4.0 is live
   */
  status(status: BadgeStatus, text: string): void;
}

/**
 * Shows things under the running cell. Repeated: on resume they are shown again.
 *
 * @throws {@link UsageError} with every fault of a call. Nothing is shown.
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
function statusBundle(status: BadgeStatus, message: string): MimeBundle {
  const glyph = GLYPHS[status];
  return {
    'text/html': `<div>${glyph} <b>${status}</b> — ${htmlText(message)}</div>`,
    'text/markdown': `${glyph} **${status}** — ${markdownText(message)}`,
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
