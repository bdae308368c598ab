// Tables of texts that other people wrote, as GitHub renders them.
import { markdownText } from '../../contract/base/escape.js';

/** A table of plain texts. Nothing when there are no rows. */
export function markdownTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[]
): readonly string[] {
  return rows.length === 0
    ? []
    : [lineOf(heads), lineOf(heads.map(() => '---')), ...rows.map(row => lineOf(row.map(markdownText)))];
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.map(cell => (cell === '' ? '–' : cell)).join(' | ')} |`;
}
