// The lines at the beginning of an imported cell that say what it was guessed from.

/** How many characters the lines take that say what a cell was guessed from, with the end of the last one. */
export function guessLength(source: string): number {
  return /^(?:\/\/ Guessed .*(?:\n|$))*/.exec(source)![0].length;
}
