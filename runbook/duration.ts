// The only parser of durations: text at the door, milliseconds inside.
import { UsageError } from './errors/usage-error.js';
import { describeValue } from './usage/describe-value.js';

/** Milliseconds, or a text such as `'30s'`, `'1h30m'`, `'500ms'`, `'7d'`. */
export type Duration = number | string;

/**
 * A duration in milliseconds.
 *
 * @throws {@link UsageError} when `value` is not a duration; `name` says which value it was.
 * @example
 * parseDuration('1h30m', 'timeout') // 5400000
 * parseDuration(250, 'every')       // 250
 */
export function parseDuration(value: Duration, name: string): number {
  const ms = readDuration(value);
  if (ms === null) {
    throw new UsageError(
      `'${name}' is ${describeValue(value)}, expected milliseconds or a text such as '30s' or '1h30m'.`
    );
  }
  return ms;
}

/** Milliseconds, or null when `value` is not a duration. Zero counts, less does not. */
export function readDuration(value: unknown): number | null {
  if (typeof value === 'number') {
    return Number.isFinite(value) && value >= 0 ? value : null;
  }
  if (typeof value !== 'string' || !/^\s*(\d+(\.\d+)?\s*(ms|s|min|m|h|d)\s*)+$/.test(value)) {
    return null;
  }
  return [...value.matchAll(/(\d+(?:\.\d+)?)\s*(ms|s|min|m|h|d)/g)].reduce(
    (sum, part) => sum + Number(part[1]) * UNITS_MS[part[2]!]!,
    0
  );
}

const UNITS_MS: { readonly [unit: string]: number } = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000
};

/**
 * A duration as an author writes it.
 *
 * @example
 * writeDuration(90_000) // '1m30s'
 */
export function writeDuration(ms: number): string {
  let left = ms;
  const parts = WRITTEN_UNITS.map(([unit, length]) => {
    const count = Math.floor(left / length);
    left -= count * length;
    return count > 0 ? `${count}${unit}` : '';
  });
  return parts.join('') || '0s';
}

const WRITTEN_UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1]
] as const;
