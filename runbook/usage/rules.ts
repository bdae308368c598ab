// What an option may be: a test and the words for it. Each helper's table of options is made of these.
import type { Json } from '../../contract/base/json.js';
import { readDuration } from '../duration.js';
import { isJson } from '../is-json.js';

/** What one option accepts. */
export interface Rule {
  /** Completes "expected …". */
  readonly expected: string;
  readonly isRequired: boolean;
  accepts(value: unknown): boolean;
}

/** Any non-empty text. */
export const text = rule(
  'a text that is not empty',
  value => typeof value === 'string' && value.trim() !== ''
);

/** Any text, also an empty one. */
export const anyText = rule('a text', value => typeof value === 'string');

/** A duration that timers can keep: up to 24 days. */
export const duration = rule("milliseconds or a text such as '30s' or '1h30m', up to 24 days", value =>
  isWithin(readDuration(value), 24 * 86_400_000)
);

/** A duration of any length. */
export const longDuration = rule("milliseconds or a text such as '2h' or '7d'", value =>
  isWithin(readDuration(value), Infinity)
);

export const flag = rule('true or false', value => typeof value === 'boolean');

export const textList = rule(
  'a list of texts that are not empty',
  value => Array.isArray(value) && value.every(item => text.accepts(item))
);

export const callback = rule('a function', value => typeof value === 'function');

/** What comes back from a record as it went in. */
export const json = rule('JSON: texts, finite numbers, true, false, null, lists and plain objects', value =>
  isJson(value)
);

/** The value of an option that follows the rule {@link json}; null when it is not given. */
export function jsonOf(value: unknown): Json {
  return (value ?? null) as Json;
}

export const anything = rule('anything', () => true);

/** An object whose values all follow one rule. */
export function record(values: Rule): Rule {
  return rule(
    `an object whose values are each ${values.expected}`,
    value => isPlainObject(value) && Object.values(value).every(part => values.accepts(part))
  );
}

/** A whole number from `least` up. */
export function count(least: number): Rule {
  return rule(
    `a whole number from ${least}`,
    value => Number.isSafeInteger(value) && (value as number) >= least
  );
}

/** One of several rules. */
export function either(...rules: readonly Rule[]): Rule {
  return rule(rules.map(part => part.expected).join(', or '), value =>
    rules.some(part => part.accepts(value))
  );
}

/** The same rule for an option that must be given. */
export function required(optional: Rule): Rule {
  return { ...optional, isRequired: true };
}

export function rule(expected: string, accepts: (value: unknown) => boolean): Rule {
  return { expected, accepts, isRequired: false };
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWithin(ms: number | null, limit: number): boolean {
  return ms !== null && ms <= limit;
}
