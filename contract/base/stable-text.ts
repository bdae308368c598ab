// JSON that is the same text for the same content, in whatever order the keys of objects were written.

/** JSON with the keys of every object in alphabetical order; `absent` for what is no JSON. Hashes are taken over it: it never changes. */
export function stableText(value: unknown): string {
  return JSON.stringify(value, sortKeys) ?? 'absent';
}

/** True when two values of JSON say the same, whatever the order of their keys. */
export function isSameJson(a: unknown, b: unknown): boolean {
  return stableText(a) === stableText(b);
}

/** A replacer for `JSON.stringify` that puts the keys of every object in alphabetical order. */
export function sortKeys(_key: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}
