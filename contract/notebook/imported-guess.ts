// Cells of an imported runbook that hold a guess: `launchbook import` tags them, a person accepts one by taking the tag away.
import { textOf, type OutlineCell } from './outline.js';

/** The tag of a cell that a person should look at. */
export const GUESS_TAG = 'imported-guess';

/** A guess that nobody has accepted yet. */
export interface ImportedGuess {
  readonly cell: string;
  /** What it was guessed from, and what to look at. */
  readonly text: string;
}

/** The guesses that are left in a notebook, in the order of its cells. */
export function guessesIn(cells: readonly OutlineCell[]): ImportedGuess[] {
  return cells.filter(isGuess).map(cell => {
    const first = textOf(cell.source).split('\n', 1)[0]!;
    return {
      cell: cell.id ?? '',
      text: /^\/\/\s*(.+)/.exec(first)?.[1] ?? 'The cell was imported as a guess.'
    };
  });
}

function isGuess({ metadata }: OutlineCell): boolean {
  const tags = metadata?.['tags'];
  return Array.isArray(tags) && tags.includes(GUESS_TAG);
}
