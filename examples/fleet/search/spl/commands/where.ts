// where: keeps the rows for which the expression is true.
import type { SearchCommand } from '../command.ts';
import { parseWholeExpression } from '../expression.ts';

export const where: SearchCommand = text => {
  const expression = parseWholeExpression(text, 'where');
  return rows => rows.filter(row => expression(row) === true);
};
