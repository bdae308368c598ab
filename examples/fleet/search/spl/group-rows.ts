// Groups rows by the values of fields, in the order in which groups first appear. A row without one of the fields is
// in no group; a field with several values puts its row into several groups.
import { toTexts, type Row } from './row.ts';

export interface Group {
  readonly key: readonly string[];
  readonly rows: Row[];
}

export function groupRows(rows: readonly Row[], fields: readonly string[]): Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    for (const key of keysOf(row, fields)) {
      const id = JSON.stringify(key);
      const group = groups.get(id) ?? { key, rows: [] };
      group.rows.push(row);
      groups.set(id, group);
    }
  }
  return [...groups.values()];
}

function keysOf(row: Row, fields: readonly string[]): string[][] {
  return fields.reduce<string[][]>(
    (keys, field) => keys.flatMap(key => toTexts(row.get(field)).map(value => [...key, value])),
    [[]]
  );
}
