// Rows as a text table: left-aligned columns, two spaces between, the heads of the first row.
export type Row = Readonly<Record<string, string | number | null>>;

export function formatTable(rows: readonly Row[]): string {
  const heads = Object.keys(rows[0] ?? {});
  const cells = [heads, ...rows.map(row => heads.map(head => String(row[head] ?? '-')))];
  const widths = heads.map((_, column) => Math.max(...cells.map(line => (line[column] ?? '').length)));
  return cells
    .map(line =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()
    )
    .join('\n');
}
