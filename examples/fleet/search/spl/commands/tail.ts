// tail: the last rows, 10 unless a number is given, the very last one first.
import type { SearchCommand } from '../command.ts';
import { parseRowCount } from '../row-count.ts';

export const tail: SearchCommand = text => {
  const most = parseRowCount(text, 'tail');
  return rows => (most === 0 ? [] : rows.slice(-most).reverse());
};
