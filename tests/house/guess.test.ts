// The names of files are good when somebody who has never seen the code finds the right one from the tree.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { guess, sourcePaths, stem } from './guess.js';
import { root } from './root.js';

interface Question {
  readonly question: string;
  /** Where a maintainer makes this change. */
  readonly file: string;
}

const questions = JSON.parse(
  readFileSync(join(root, 'tests', 'house', 'newcomer-questions.json'), 'utf8')
) as readonly Question[];
const paths = sourcePaths();

test('each answer is a file of the tree', () => {
  expect(questions).toHaveLength(25);
  expect(questions.map(({ file }) => file).filter(file => !paths.includes(file))).toEqual([]);
});

test('the right file is among the first three guesses for at least 23 of the 25 questions', () => {
  const missed = questions
    .map(({ question, file }) => ({ file, guesses: guess(question, paths).slice(0, 3) }))
    .filter(({ file, guesses }) => !guesses.includes(file));
  expect(missed.length <= 2 ? [] : missed).toEqual([]);
});

test('a word and its forms are one word', () => {
  expect(['resolver', 'resolves', 'resolving', 'resolved'].map(stem)).toEqual(Array(4).fill('resolv'));
  expect(['notify', 'notification', 'notifications'].map(stem)).toEqual(Array(3).fill('notif'));
  expect(['plan', 'plans', 'planned', 'planning'].map(stem)).toEqual(Array(4).fill('plan'));
});

test('a rare word in a path says more than a common one, and a name without either is not guessed', () => {
  const tree = ['run/gate/wheel.ts', 'run/gate/gatekeeper.ts', 'run/gate/rehearsals.ts', 'cli/wheel-hub.ts'];
  expect(guess('Where would I change how the wheel is asked for at the gate?', tree)[0]).toBe(tree[0]);
  expect(guess('Where would I change the roll back of rehearsals?', tree)[0]).toBe(tree[2]);
});
