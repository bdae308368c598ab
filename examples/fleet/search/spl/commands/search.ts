// search: keeps the rows that match the terms.
import type { SearchCommand } from '../command.ts';
import { parseSearch } from '../parse-search.ts';

export const search: SearchCommand = text => {
  const { matches } = parseSearch(text);
  return rows => rows.filter(matches);
};
