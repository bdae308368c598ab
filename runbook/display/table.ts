// A table as a MIME bundle: aligned text in a `pre` (a sanitized HTML table would show its implied `tbody` as text), Markdown, plain text.
import { formatCount, formatUtc } from '../../contract/base/format.js';
import { describePerson } from '../../contract/base/person.js';
import { holderOf, type TaskState } from '../../contract/holds/task-list.js';
import { isPlainObject } from '../usage/rules.js';
import type { MimeBundle } from '../../contract/base/json.js';
import { cellText } from '../text/cell-text.js';
import { htmlText, markdownText, visibleLine } from '../../contract/base/escape.js';

/** One row: values by column. */
export type TableRow = { readonly [column: string]: unknown };

/** A table with its texts. */
export interface TableText {
  readonly columns: readonly string[];
  readonly cells: readonly (readonly string[])[];
  /** Rows left out of `cells`. */
  readonly hidden: number;
}

/** Rows shown; the archive stays readable and small. */
const SHOWN_ROWS = 200;

/** Columns in order of first appearance, unless given. What `gather` gave is a task a row. */
export function readTable(given: readonly TableRow[], columns?: readonly string[]): TableText {
  const rows = columns === undefined && isTaskStates(given) ? given.map(taskRow) : given;
  const names = columns ?? [...new Set(rows.flatMap(row => Object.keys(row)))];
  const shown = rows.slice(0, SHOWN_ROWS);
  return {
    columns: names,
    cells: shown.map(row => names.map(name => (Object.hasOwn(row, name) ? cellText(row[name]) : ''))),
    hidden: rows.length - shown.length
  };
}

function taskRow(task: TaskState): TableRow {
  const holder = holderOf(task);
  const forOwner = holder === task.owner ? '' : ` for ${task.owner.name}`;
  return {
    Task: task.title,
    Status: task.status,
    Who: `${holder.name}${forOwner}`,
    Due: task.dueAt === null ? '' : formatUtc(task.dueAt),
    Heard: task.heard === null ? '' : `${describePerson(task.heard.by)}, ${formatUtc(task.heard.at)}`,
    Comment: [task.heard?.comment ?? '', task.checkFault].filter(text => text !== '').join('; ')
  };
}

function isTaskStates(rows: readonly unknown[]): rows is readonly TaskState[] {
  return (
    rows.length > 0 &&
    rows.every(
      row =>
        isPlainObject(row) && ['title', 'owner', 'deputy', 'heard', 'checkFault'].every(name => name in row)
    )
  );
}

/**
 * The rows below each other, each as lines of names and values: for rows that are too wide for a table.
 *
 * @example
 * plainRows([{ host: 'web-1', error: { code: 'shell.failed' } }]) // 'host:  web-1\nerror: {"code":"shell.failed"}'
 */
export function plainRows(rows: readonly TableRow[]): string {
  const { columns, cells, hidden } = readTable(rows);
  const width = Math.max(...columns.map(name => name.length)) + 1;
  const blocks = cells.map(row =>
    columns
      .flatMap((name, column) =>
        row[column] === '' ? [] : [`${`${name}:`.padEnd(width)} ${visibleLine(row[column]!)}`]
      )
      .join('\n')
  );
  return [...blocks, ...(hidden > 0 ? [`${formatCount(hidden, 'more row')}.`] : [])].join('\n\n');
}

/** The bundle of a table, with an optional line under it. */
export function tableBundle(table: TableText, caption = ''): MimeBundle {
  const notes = [
    table.cells.length === 0 ? 'No rows.' : '',
    table.hidden > 0 ? `${formatCount(table.hidden, 'more row')}.` : '',
    caption
  ].filter(note => note !== '');
  return {
    'text/html': `${htmlTable(table)}${notes.map(note => `<span>${htmlText(note)}</span>`).join(' ')}`,
    'text/markdown': [
      ...markdownTable(table),
      ...(notes.length > 0 ? ['', markdownText(notes.join(' '))] : [])
    ].join('\n'),
    'text/plain': [plainTable(table), ...notes].filter(part => part !== '').join('\n')
  };
}

/** The table as aligned text. */
export function plainTable(table: TableText): string {
  if (table.cells.length === 0) {
    return '';
  }
  const lines = [table.columns, ...table.cells].map(cells => cells.map(visibleLine));
  const widths = table.columns.map((_, column) => Math.max(...lines.map(line => line[column]!.length)));
  const text = lines.map(line =>
    line
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd()
  );
  return [text[0], widths.map(width => '-'.repeat(width)).join('  '), ...text.slice(1)].join('\n');
}

function htmlTable(table: TableText): string {
  const [head = '', ...lines] = plainTable(table).split('\n').map(htmlText);
  return head === '' ? '' : `<pre>${[`<b>${head}</b>`, ...lines].join('\n')}</pre>`;
}

function markdownTable(table: TableText): string[] {
  if (table.cells.length === 0) {
    return [];
  }
  const line = (cells: readonly string[]): string => `| ${cells.map(markdownText).join(' | ')} |`;
  return [line(table.columns), `|${' --- |'.repeat(table.columns.length)}`, ...table.cells.map(line)];
}
