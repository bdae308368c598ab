// stats: aggregates over all rows, or one row a group, ordered by the groups' fields.
import { parseAggregates } from '../aggregate.ts';
import type { SearchCommand } from '../command.ts';
import { groupRows } from '../group-rows.ts';
import { compareValues, type Row } from '../row.ts';
import { TokenReader } from '../token-reader.ts';
import { ARGUMENT_LEXICON, tokenize } from '../tokens.ts';

export const stats: SearchCommand = text => {
  const reader = new TokenReader(tokenize(text, ARGUMENT_LEXICON), 'stats');
  const aggregates = parseAggregates(reader, text);
  const by = reader.takeWord('by') === undefined ? [] : reader.expectFields();
  reader.expectEnd();

  return rows => {
    const groups = by.length === 0 ? [{ key: [], rows: [...rows] }] : groupRows(rows, by);
    const ordered = groups.toSorted((a, b) => compareKeys(a.key, b.key));
    return ordered.map((group): Row => {
      const row: Row = new Map(by.map((field, index) => [field, group.key[index] ?? '']));
      for (const { name, apply } of aggregates) row.set(name, apply(group.rows));
      return row;
    });
  };
};

function compareKeys(a: readonly string[], b: readonly string[]): number {
  for (const [index, value] of a.entries()) {
    const order = compareValues(value, b[index]);
    if (order !== 0) return order;
  }
  return 0;
}
