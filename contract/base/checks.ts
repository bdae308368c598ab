// Checks of values that another program has sent: each says whether a value is of its kind, and nothing else.

/** Says whether a value is of one kind. */
export type Check = (value: unknown) => boolean;

/** A check for each field of `T`; those that may be absent have one too. */
export type ChecksOf<T> = { readonly [K in keyof T]-?: Check };

/** True for a string. */
export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** True for a string or null. */
export function isTextOrNull(value: unknown): boolean {
  return value === null || isText(value);
}

/** True for a number, whichever. */
export function isNumber(value: unknown): boolean {
  return typeof value === 'number';
}

/** True for true and false. */
export function isFlag(value: unknown): boolean {
  return typeof value === 'boolean';
}

/** True for an object or an array; null is none. */
export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** An object whose values are all texts. */
export function isTextByName(value: unknown): boolean {
  return isObject(value) && Object.values(value as object).every(isText);
}

/** A list of texts, not empty. */
export function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isText);
}

/** True for what is absent too. */
export function isAbsentOr(check: Check): Check {
  return value => value === undefined || check(value);
}
