// table: keeps the named fields in the named order; `*` stands for any text.
import type { SearchCommand } from '../command.ts';
import type { Row } from '../row.ts';
import { TokenReader } from '../token-reader.ts';
import { ARGUMENT_LEXICON, tokenize } from '../tokens.ts';
import { wildcardToRegExp } from '../wildcard.ts';

export const table: SearchCommand = text => {
  const fields = new TokenReader(tokenize(text, ARGUMENT_LEXICON), 'table').expectFields();
  return rows => rows.map(row => pickFields(row, fields));
};

function pickFields(row: Row, fields: readonly string[]): Row {
  const picked: Row = new Map();
  for (const field of fields) {
    const pattern = wildcardToRegExp(field, '');
    const names = field.includes('*') ? [...row.keys()].filter(name => pattern.test(name)) : [field];
    for (const name of names) picked.set(name, row.get(name) ?? null);
  }
  return picked;
}
