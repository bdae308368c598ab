// The nearest known word to a misspelt one, for error messages.

/**
 * ` Did you mean 'timeout'?` for the nearest of `known`, or the empty string when none is near.
 *
 * @example
 * didYouMean('tiemout', ['timeout', 'retry']) // " Did you mean 'timeout'?"
 */
export function didYouMean(word: string, known: readonly string[]): string {
  const limit = word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3));
  const ranked = known
    .map(candidate => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(entry => entry.distance <= limit)
    .sort((a, b) => a.distance - b.distance);
  return ranked[0] ? ` Did you mean '${ranked[0].candidate}'?` : '';
}

/** Insertions, deletions, replacements and swaps of neighbours, each counted once. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(replaced, last[j]! + 1, row[j - 1]! + 1, isSwap ? before[j - 2]! + 1 : Infinity);
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}
