// Text that other people wrote, put into Markdown so that it stays text, and tables that GitHub renders.

/** A text as one line of Markdown without any meaning of its own. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]|~#]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}

/** A table; the cells are Markdown already. Nothing when there are no rows. */
export function markdownTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[]
): readonly string[] {
  return rows.length === 0 ? [] : [lineOf(heads), lineOf(heads.map(() => '---')), ...rows.map(lineOf)];
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.map(cell => (cell === '' ? '–' : cell)).join(' | ')} |`;
}
