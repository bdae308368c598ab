// Tables of texts that other people wrote, as GitHub renders them.
import { markdownAddress, markdownText } from '../../contract/base/escape.js';

/** A table of plain texts. Nothing when there are no rows. `links` are the addresses to which the second text of each row leads. */
export function markdownTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  links: readonly (string | null)[] = []
): readonly string[] {
  if (rows.length === 0) {
    return [];
  }
  const lines = rows.map((row, index) =>
    row.map((text, at) => (at === 1 ? linked(text, links[index] ?? null) : markdownText(text)))
  );
  return [lineOf(heads), lineOf(heads.map(() => '---')), ...lines.map(lineOf)];
}

function linked(text: string, address: string | null): string {
  return address === null ? markdownText(text) : `[${markdownText(text)}](${markdownAddress(address)})`;
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.map(cell => (cell === '' ? '–' : cell)).join(' | ')} |`;
}
