// A table as a MIME bundle: aligned text in a `pre` (a sanitized HTML table would show its implied `tbody` as text), Markdown, plain text.
import { formatCount } from '../../contract/format.js';
import type { MimeBundle } from '../../contract/json.js';
import { cellText } from './cell-text.js';
import { escapeHtml, escapeMarkdown, onOneLine } from './escape.js';

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
export const SHOWN_ROWS = 200;

/** Columns in order of first appearance, unless given. */
export function readTable(rows: readonly TableRow[], columns?: readonly string[]): TableText {
  const names = columns ?? [...new Set(rows.flatMap(row => Object.keys(row)))];
  const shown = rows.slice(0, SHOWN_ROWS);
  return {
    columns: names,
    cells: shown.map(row => names.map(name => (Object.hasOwn(row, name) ? cellText(row[name]) : ''))),
    hidden: rows.length - shown.length
  };
}

/** The bundle of a table, with an optional line under it. */
export function tableBundle(table: TableText, caption = ''): MimeBundle {
  const notes = [
    table.cells.length === 0 ? 'No rows.' : '',
    table.hidden > 0 ? `${formatCount(table.hidden, 'more row')}.` : '',
    caption
  ].filter(note => note !== '');
  return {
    'text/html': `${htmlTable(table)}${notes.map(note => `<span>${escapeHtml(note)}</span>`).join(' ')}`,
    'text/markdown': [
      ...markdownTable(table),
      ...(notes.length > 0 ? ['', escapeMarkdown(notes.join(' '))] : [])
    ].join('\n'),
    'text/plain': [plainTable(table), ...notes].filter(part => part !== '').join('\n')
  };
}

/** The table as aligned text. */
export function plainTable(table: TableText): string {
  if (table.cells.length === 0) {
    return '';
  }
  const lines = [table.columns, ...table.cells].map(cells => cells.map(onOneLine));
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
  const [head = '', ...lines] = plainTable(table).split('\n').map(escapeHtml);
  return head === '' ? '' : `<pre>${[`<b>${head}</b>`, ...lines].join('\n')}</pre>`;
}

function markdownTable(table: TableText): string[] {
  if (table.cells.length === 0) {
    return [];
  }
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  return [line(table.columns), `|${' --- |'.repeat(table.columns.length)}`, ...table.cells.map(line)];
}
