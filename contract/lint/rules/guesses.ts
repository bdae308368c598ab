// What an import has guessed, and nobody has looked at yet.
import { guessesIn } from '../../notebook/imported-guess.js';
import type { LintRule } from './finding.js';

/** A cell with the tag `imported-guess`. */
export const IMPORTED_GUESS: LintRule = {
  id: 'imported-guess',
  severity: 'warning',
  reason:
    'It was read out of a document by its words; nobody has said yet that it is right, and production refuses it.',
  fix: 'Read the cell, change it where it is wrong, and take the tag imported-guess and the line that begins with “Guessed” away.',
  find: ({ cells }) => guessesIn(cells).map(({ cell, text }) => ({ cell, line: 1, message: text }))
};
