// Guesses of an import are findings until their tag is gone.
import { expect, test } from '@jest/globals';
import { lintRunbook } from '../../../contract/lint/lint-runbook.js';

const cell = (source: string, tags: readonly string[]) => ({
  id: 'a',
  cell_type: 'code',
  source,
  metadata: { tags }
});
const messages = (source: string, tags: readonly string[]): string[] =>
  lintRunbook([cell(source, tags)])
    .filter(({ rule }) => rule === 'imported-guess')
    .map(({ message }) => message);

test('a cell with the tag is found, with what it was guessed from', () => {
  expect(messages('// Guessed from “Deploy”: check this.\nawait $`true`;', ['imported-guess'])).toEqual([
    'Guessed from “Deploy”: check this.'
  ]);
  expect(messages('await $`true`;', ['optional', 'imported-guess'])).toEqual([
    'The cell was imported as a guess.'
  ]);
});

test('it is accepted by taking the tag away, not by deleting the line', () => {
  expect(messages('// Guessed from “Deploy”: check this.\nawait $`true`;', [])).toEqual([]);
});
