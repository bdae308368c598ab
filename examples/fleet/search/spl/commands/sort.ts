// sort: orders rows by fields, `-` before a field for descending. At most 10,000 rows unless a number comes first, 0 for all.
import type { SearchCommand } from '../command.ts';
import { compareValues, type Row } from '../row.ts';
import { TokenReader } from '../token-reader.ts';
import { ARGUMENT_LEXICON, tokenize } from '../tokens.ts';

const MOST_ROWS = 10_000;

interface SortKey {
  readonly field: string;
  readonly sign: 1 | -1;
}

export const sort: SearchCommand = text => {
  const reader = new TokenReader(tokenize(text, ARGUMENT_LEXICON), 'sort');
  const most = /^\d+$/.test(reader.peek().text) ? Number(reader.next().text) : MOST_ROWS;
  const keys: SortKey[] = [];
  while (!reader.isAtEnd) {
    keys.push(parseKey(reader));
    reader.takeSymbol(',');
  }
  if (keys.length === 0) reader.fail('expected at least one field name');
  return rows => rows.toSorted((a, b) => compareRows(a, b, keys)).slice(0, most === 0 ? undefined : most);
};

function parseKey(reader: TokenReader): SortKey {
  const token = reader.next();
  if (token.kind === 'string') return { field: token.text, sign: 1 };
  if (token.kind !== 'word') reader.fail(`expected a field name, found "${token.text}"`);
  const sign = token.text.startsWith('-') ? -1 : 1;
  let field = token.text.replace(/^[+-]/, '') || reader.expectText('a field name');
  if (['num', 'str', 'auto'].includes(field) && reader.takeSymbol('(') !== undefined) {
    field = reader.expectText('a field name');
    reader.expectSymbol(')');
  }
  return { field, sign };
}

function compareRows(a: Row, b: Row, keys: readonly SortKey[]): number {
  for (const { field, sign } of keys) {
    const order = compareValues(a.get(field), b.get(field)) * sign;
    if (order !== 0) return order;
  }
  return 0;
}
