// Any value as the text of one table cell.

/**
 * @example
 * cellText(null)         // ''
 * cellText({ a: 1 })     // '{"a":1}'
 * cellText(1234.5)       // '1234.5'
 */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) {
    return '';
  }
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? 'no time' : value.toISOString();
  }
  if (Array.isArray(value)) {
    return value.map(cellText).join(', ');
  }
  if (typeof value === 'object') {
    return jsonText(value, 0);
  }
  return typeof value === 'function' || typeof value === 'symbol' ? '' : String(value);
}

/** JSON that survives circles and big integers, with `indent` blanks. */
export function jsonText(value: unknown, indent: number): string {
  const above: object[] = [];
  function replace(this: unknown, _key: string, part: unknown): unknown {
    if (typeof part === 'bigint') {
      return part.toString();
    }
    if (typeof part !== 'object' || part === null) {
      return part;
    }
    while (above.length > 0 && above.at(-1) !== this) {
      above.pop();
    }
    if (above.includes(part)) {
      return '(circular)';
    }
    above.push(part);
    return part instanceof Map ? Object.fromEntries(part) : part instanceof Set ? [...part] : part;
  }
  return JSON.stringify(value, replace, indent) ?? String(value);
}
