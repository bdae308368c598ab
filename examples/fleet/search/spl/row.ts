// One result row: its fields in order. A Map, because field names come from logs and may be anything.
export type Value = string | number | boolean | null | readonly string[];
export type Row = Map<string, Value>;

/** A parsed expression: its value for a row. */
export type Expression = (row: Row) => Value;

/** Thrown for a search that cannot be understood or carried out; the text goes to whoever asked. */
export class SearchFault extends Error {}

/** The value as a number, or undefined when it is not one; text such as "200" counts as a number, as in Splunk. */
export function toNumber(value: Value | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** The value as text; several values are joined, nothing is empty text. */
export function toText(value: Value | undefined): string {
  if (value === undefined || value === null) return '';
  return Array.isArray(value) ? value.join(' ') : String(value);
}

/** All single values of a field as text: none, one, or several. */
export function toTexts(value: Value | undefined): readonly string[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly string[]) : [String(value)];
}

/** Orders numbers as numbers and everything else as text; missing values come first. */
export function compareValues(a: Value | undefined, b: Value | undefined): number {
  const [left, right] = [toNumber(a), toNumber(b)];
  if (left !== undefined && right !== undefined) return left - right;
  const [leftText, rightText] = [toText(a), toText(b)];
  return leftText < rightText ? -1 : leftText > rightText ? 1 : 0;
}
