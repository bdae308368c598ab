// fields: keeps the named fields, or removes them after `-`. Fields that begin with `_` stay unless they are removed by name.
import type { SearchCommand } from '../command.ts';
import { TokenReader } from '../token-reader.ts';
import { ARGUMENT_LEXICON, tokenize } from '../tokens.ts';
import { wildcardToRegExp } from '../wildcard.ts';

export const fields: SearchCommand = text => {
  const reader = new TokenReader(tokenize(text, ARGUMENT_LEXICON), 'fields');
  const sign = reader.takeWord('-', '+') ?? '+';
  const patterns = reader.expectFields().map(field => wildcardToRegExp(field, ''));
  const isNamed = (name: string) => patterns.some(pattern => pattern.test(name));
  const stays = (name: string) => (sign === '-' ? !isNamed(name) : isNamed(name) || name.startsWith('_'));
  return rows => rows.map(row => new Map([...row].filter(([name]) => stays(name))));
};
