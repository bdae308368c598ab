// Release versions: three numbers with dots, compared as numbers.
const VERSION = /^(\d+)\.(\d+)\.(\d+)$/;

export function isVersion(text: string): boolean {
  return VERSION.test(text);
}

export function isAtLeast(version: string, least: string): boolean {
  return compareVersions(version, least) >= 0;
}

/** Negative when `a` is older than `b`, zero when they are equal. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)];
  for (const [index, number] of left.entries()) {
    const difference = number - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbers(version: string): number[] {
  const found = VERSION.exec(version);
  if (found === null) throw new Error(`"${version}" is not a version: expected three numbers, such as 2.4.0`);
  return found.slice(1).map(Number);
}
