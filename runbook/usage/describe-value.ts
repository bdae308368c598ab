// A received value and its type, short enough for an error message.

/**
 * @example
 * describeValue('x') // "'x' (a string)"
 * describeValue([1]) // '[1] (a list)'
 */
export function describeValue(value: unknown): string {
  if (value === undefined || value === null) {
    return String(value);
  }
  if (typeof value === 'string') {
    return `'${shorten(value)}' (a string)`;
  }
  if (typeof value === 'function') {
    return 'a function';
  }
  if (Array.isArray(value)) {
    return `${shorten(toJson(value))} (a list)`;
  }
  if (typeof value === 'object') {
    return isThenable(value)
      ? 'a promise (is an await missing?)'
      : `${shorten(toJson(value))} (${kindOf(value)})`;
  }
  return `${String(value)} (a ${typeof value})`;
}

function kindOf(value: object): string {
  const { name } = (value.constructor ?? Object) as { readonly name?: unknown };
  return typeof name === 'string' && name !== '' && name !== 'Object'
    ? `an object of the class ${name}`
    : 'an object';
}

function isThenable(value: object): boolean {
  return typeof (value as { then?: unknown }).then === 'function';
}

function toJson(value: object): string {
  try {
    return JSON.stringify(value) ?? 'a value without JSON';
  } catch {
    return 'a value without JSON';
  }
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
