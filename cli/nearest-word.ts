// Finds what a mistyped name was probably meant to be (Damerau-Levenshtein distance, optimal string alignment).

/** ` Did you mean "staging"?`, or an empty text when no candidate is near. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const limit = Math.max(1, Math.floor(word.length / 3));
  const ranked = candidates
    .map(candidate => ({ candidate, distance: distanceBetween(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(entry => entry.distance <= limit)
    .sort((a, b) => a.distance - b.distance);
  return ranked[0] ? ` Did you mean "${ranked[0].candidate}"?` : '';
}

function distanceBetween(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current[column] = Math.min(
        rows[row - 1]![column]! + 1,
        current[column - 1]! + 1,
        rows[row - 1]![column - 1]! + cost,
        swapped ? rows[row - 2]![column - 2]! + 1 : Infinity
      );
    }
    rows.push(current);
  }
  return rows[a.length]![b.length]!;
}
