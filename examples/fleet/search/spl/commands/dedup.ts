// dedup: the first row, or the first N rows, of each combination of values. A row without one of the fields is dropped.
import type { SearchCommand } from '../command.ts';
import type { Row } from '../row.ts';
import { TokenReader } from '../token-reader.ts';
import { ARGUMENT_LEXICON, tokenize } from '../tokens.ts';

export const dedup: SearchCommand = text => {
  const reader = new TokenReader(tokenize(text, ARGUMENT_LEXICON), 'dedup');
  const most = /^\d+$/.test(reader.peek().text) ? Number(reader.next().text) : 1;
  const fields = reader.expectFields();
  return rows => {
    const seen = new Map<string, number>();
    return rows.filter(row => {
      const key = keyOf(row, fields);
      if (key === undefined) return false;
      const count = (seen.get(key) ?? 0) + 1;
      seen.set(key, count);
      return count <= most;
    });
  };
};

function keyOf(row: Row, fields: readonly string[]): string | undefined {
  const values = fields.map(field => row.get(field) ?? null);
  return values.includes(null) ? undefined : JSON.stringify(values);
}
