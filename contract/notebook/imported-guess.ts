// Cells of an imported runbook that hold a guess: `launchbook import` tags them, a person accepts one by taking the tag away.
import { guessLength } from './guess-lines.js';
import { textOf, type OutlineCell } from './outline.js';
import { isTaggedOptional } from './optional-step.js';

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
    const source = textOf(cell.source);
    const lines = source.slice(0, guessLength(source)).trimEnd().split('\n');
    const text = lines.map(line => line.replace(/^\/\/\s*/, '')).join(' ');
    return { cell: cell.id ?? '', text: text === '' ? unsaid(cell) : text };
  });
}

/** Whether nobody has accepted the cell yet. */
export function isGuess({ metadata }: Pick<OutlineCell, 'metadata'>): boolean {
  const tags = metadata?.['tags'];
  return Array.isArray(tags) && tags.includes(GUESS_TAG);
}

/** Markdown has no lines of ours: it would show them. */
function unsaid(cell: OutlineCell): string {
  const [, heading] = /^#+ (.+)/m.exec(textOf(cell.source)) ?? [];
  return cell.cell_type === 'markdown' && heading !== undefined && isTaggedOptional(cell.metadata)
    ? `The phase “${heading}” was imported as optional: it runs only when somebody wants it.`
    : 'The cell was imported as a guess.';
}
