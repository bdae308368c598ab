// head: the first rows, 10 unless a number is given.
import type { SearchCommand } from '../command.ts';
import { parseRowCount } from '../row-count.ts';

export const head: SearchCommand = text => {
  const most = parseRowCount(text, 'head');
  return rows => rows.slice(0, most);
};
