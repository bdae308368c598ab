// What a cell was guessed from, and the lines that go when it is accepted.
import { expect, test } from '@jest/globals';
import { guessLength } from '../../../contract/notebook/guess-lines.js';
import { guessesIn } from '../../../contract/notebook/imported-guess.js';

const tagged = (cell_type: string, source: string, ...tags: string[]) => ({
  id: 'a',
  cell_type,
  source,
  metadata: { tags: ['imported-guess', ...tags] }
});
const textOf = (...cell: Parameters<typeof tagged>): string => guessesIn([tagged(...cell)])[0]!.text;

test('all lines that say a guess are its text', () => {
  expect(
    textOf('code', '// Guessed from “A”: one.\n// Guessed from “A”: two.\n// cd /srv\nawait $`ls`;')
  ).toBe('Guessed from “A”: one. Guessed from “A”: two.');
});

test('a heading of an optional phase says so, because Markdown has no line of ours', () => {
  expect(textOf('markdown', '## Way back\n\nText.', 'optional')).toBe(
    'The phase “Way back” was imported as optional: it runs only when somebody wants it.'
  );
  expect(textOf('markdown', 'Text.')).toBe('The cell was imported as a guess.');
});

test.each([
  ['', 0],
  ['await $`ls`; // Guessed by nobody', 0],
  ['// Guess\n1;', 0],
  ['// Guessed from “A”: one.', 25],
  ['// Guessed from “A”: one.\n1;', 26],
  ['// Guessed from “A”: one.\n// Guessed as it stands: two.\n// own words', 56]
])('accepting %j takes %i characters', (source, length) => {
  expect(guessLength(source)).toBe(length);
});
