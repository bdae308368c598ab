// rename: gives fields other names; the field stays where it was.
import type { SearchCommand } from '../command.ts';
import { TokenReader } from '../token-reader.ts';
import { ARGUMENT_LEXICON, tokenize } from '../tokens.ts';

export const rename: SearchCommand = text => {
  const reader = new TokenReader(tokenize(text, ARGUMENT_LEXICON), 'rename');
  const names = new Map<string, string>();
  do {
    const from = reader.expectText('a field name');
    if (from.includes('*')) reader.fail('wildcards are not supported');
    if (reader.takeWord('as') === undefined) reader.fail(`expected "as" after "${from}"`);
    names.set(from, reader.expectText('a name after "as"'));
    reader.takeSymbol(',');
  } while (!reader.isAtEnd);
  return rows => rows.map(row => new Map([...row].map(([name, value]) => [names.get(name) ?? name, value])));
};
