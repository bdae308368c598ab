// eval: sets fields to the values of expressions, from left to right, so that a later one may use an earlier one.
import type { SearchCommand } from '../command.ts';
import { expressionReader, parseExpression } from '../expression.ts';
import type { Expression } from '../row.ts';

export const evaluate: SearchCommand = text => {
  const reader = expressionReader(text, 'eval');
  const assignments: { field: string; expression: Expression }[] = [];
  do {
    const field = reader.expectText('a field name');
    reader.expectSymbol('=');
    assignments.push({ field, expression: parseExpression(reader) });
  } while (reader.takeSymbol(',') !== undefined);
  reader.expectEnd();

  return rows =>
    rows.map(row => {
      const changed = new Map(row);
      for (const { field, expression } of assignments) {
        const value = expression(changed);
        if (value === null) changed.delete(field);
        else changed.set(field, value);
      }
      return changed;
    });
};
