// top: the most frequent values of fields, with their count and share; 10 unless limit says otherwise, 0 for all.
import type { SearchCommand } from '../command.ts';
import { groupRows } from '../group-rows.ts';
import type { Row } from '../row.ts';
import { TokenReader } from '../token-reader.ts';
import { ARGUMENT_LEXICON, tokenize } from '../tokens.ts';

export const top: SearchCommand = text => {
  const reader = new TokenReader(tokenize(text, ARGUMENT_LEXICON), 'top');
  const given = reader.takeOption('limit') ?? (/^\d+$/.test(reader.peek().text) ? reader.next().text : '10');
  const limit = Number(given);
  if (!Number.isInteger(limit)) reader.fail(`limit "${given}" is not a number`);
  const fields = reader.expectFields('by');
  const by = reader.takeWord('by') === undefined ? [] : reader.expectFields();

  return rows =>
    (by.length === 0 ? [{ key: [], rows: [...rows] }] : groupRows(rows, by)).flatMap(({ key, rows: own }) => {
      const groups = groupRows(own, fields).toSorted((a, b) => b.rows.length - a.rows.length);
      const counted = groups.reduce((sum, group) => sum + group.rows.length, 0);
      return groups.slice(0, limit === 0 ? undefined : limit).map((group): Row => {
        const named: Row = new Map(
          [...by, ...fields].map((field, index) => [field, [...key, ...group.key][index] ?? ''])
        );
        return named
          .set('count', group.rows.length)
          .set('percent', ((group.rows.length * 100) / counted).toFixed(6));
      });
    });
};
