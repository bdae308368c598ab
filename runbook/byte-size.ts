// The only parser of sizes: text at the door, bytes inside.

/** Bytes, or a text such as `'512 KiB'` or `'4 MiB'`. */
export type ByteSize = number | string;

/** Whole bytes, or null when `value` is not a size. */
export function readByteSize(value: unknown): number | null {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && value >= 0 ? value : null;
  }
  const [, count, unit] =
    (typeof value === 'string' && /^\s*(\d{1,9})\s*(B|KiB|MiB|GiB)\s*$/.exec(value)) || [];
  return count === undefined || unit === undefined ? null : Number(count) * UNITS[unit]!;
}

/**
 * A size for reading, with three digits.
 *
 * @example
 * formatBytes(840)       // '840 B'
 * formatBytes(1_258_291) // '1.2 MiB'
 */
export function formatBytes(bytes: number): string {
  const unit = Object.keys(UNITS).findLast(name => bytes >= UNITS[name]!) ?? 'B';
  const count = bytes / UNITS[unit]!;
  return `${unit === 'B' || count >= 100 ? Math.round(count) : Number(count.toFixed(1))} ${unit}`;
}

const UNITS: { readonly [unit: string]: number } = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };
