// Which values come back from JSON as they went in.
import type { Json } from '../contract/base/json.js';

/** True for texts, finite numbers, true, false, null, lists and plain objects of them, without circles. */
export function isJson(value: unknown, above: readonly unknown[] = []): value is Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') {
    return true;
  }
  if (typeof value === 'number') {
    return Number.isFinite(value);
  }
  if (typeof value !== 'object' || above.includes(value)) {
    return false;
  }
  const inside = [...above, value];
  if (Array.isArray(value)) {
    return value.every(item => isJson(item, inside));
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  return (
    isPlain &&
    !hasHiddenParts(value) &&
    Object.values(value).every(part => part === undefined || isJson(part, inside))
  );
}

/** Readers such as `.json()` of an answer, which a record would lose. */
function hasHiddenParts(value: object): boolean {
  const symbols = Object.getOwnPropertySymbols(value).filter(symbol => symbol !== DISPLAY);
  return symbols.length > 0 || Object.getOwnPropertyNames(value).length > Object.keys(value).length;
}

/** The mark of results that have been shown; it is no part of the data. */
const DISPLAY = Symbol.for('Jupyter.display');
