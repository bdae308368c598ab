// Quoting for SPL. A value can never end its quotation, a field name can never become a command.
// Rules: https://docs.splunk.com/Documentation/SplunkCloud/latest/SearchReference/Understandingsplunksyntax (quotes, escapes, field names).
import { UsageError } from '../../errors/usage-error.js';
import { describeValue } from '../../usage/describe-value.js';

/** A value that a field can be compared with. */
export type SplValue = string | number | boolean;

/**
 * A value in double quotes, safe at any place of a query.
 *
 * @throws {@link UsageError} for values that are not text, number or boolean, and for control characters.
 * @example
 * quoteValue('say "hi" | delete') // '"say \"hi\" | delete"'
 */
export function quoteValue(value: SplValue): string {
  if (typeof value === 'number' && Number.isFinite(value)) {
    return String(value);
  }
  if (typeof value === 'boolean') {
    return `"${value}"`;
  }
  if (typeof value !== 'string') {
    throw new UsageError(
      `A value of a search is ${describeValue(value)}, expected a text, a number, true or false.`
    );
  }
  refuseControlCharacters(value, 'A value of a search');
  return `"${value.replace(/[\\"]/g, '\\$&')}"`;
}

/**
 * A field name as a command such as `search`, `stats` or `sort` reads it.
 *
 * @example
 * quoteField('level')         // 'level'
 * quoteField('response time') // '"response time"'
 */
export function quoteField(name: string): string {
  return isPlainField(name) ? name : `"${checkField(name)}"`;
}

/** A field name as an expression (`eval`, `where`) reads it: single quotes where it is not plain. */
export function quoteExpressionField(name: string): string {
  return isPlainField(name) && !name.includes('.') ? name : `'${checkField(name)}'`;
}

function isPlainField(name: string): boolean {
  return (
    typeof name === 'string' && /^[A-Za-z_][A-Za-z0-9_.]*$/.test(name) && !KEYWORDS.has(name.toUpperCase())
  );
}

function checkField(name: string): string {
  if (typeof name !== 'string' || name.trim() === '' || name.length > 256) {
    throw new UsageError(
      `A field name of a search is ${describeValue(name)}, expected a text of 1 to 256 characters.`
    );
  }
  refuseControlCharacters(name, 'A field name of a search');
  const bad = /["'\\|`[\]]/.exec(name)?.[0];
  if (bad !== undefined) {
    throw new UsageError(
      `The field name ${describeValue(name)} holds the character ${bad}, which no field name of a search may have.`
    );
  }
  return name;
}

function refuseControlCharacters(text: string, what: string): void {
  const found = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.exec(text)?.[0];
  if (found !== undefined) {
    throw new UsageError(
      `${what} holds the control character U+${found.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}.`
    );
  }
}

const KEYWORDS = new Set([
  'AND',
  'OR',
  'NOT',
  'XOR',
  'IN',
  'LIKE',
  'AS',
  'BY',
  'OVER',
  'WHERE',
  'TRUE',
  'FALSE',
  'NULL',
  'SPAN',
  'INDEX',
  'SEARCH',
  'SAVEDSEARCH',
  'EARLIEST',
  'LATEST'
]);
