// Walking through the problems of a notebook.
import { expect, test } from '@jest/globals';
import { nextProblem, type PlacedProblem } from '../../../labextension/diagnostics/next-problem.js';

const [first, second, third] = [at(1, 4), at(1, 9), at(3, 0)] as const;
const ALL = [first, second, third];

function at(cell: number, from: number): PlacedProblem {
  return { cell, problem: { kind: 'error', code: '', message: '', line: 1, from, to: from + 1 } };
}

test.each([
  [0, 0, first],
  [1, 4, second],
  [1, 9, third],
  [3, 0, first]
])('after cell %d offset %d', (cell, offset, expected) => {
  expect(nextProblem(ALL, { cell, offset }, 'next')).toBe(expected);
});

test.each([
  [0, 0, third],
  [1, 9, first],
  [3, 0, second],
  [9, 0, third]
])('before cell %d offset %d', (cell, offset, expected) => {
  expect(nextProblem(ALL, { cell, offset }, 'previous')).toBe(expected);
});

test('without problems there is none', () => {
  expect(nextProblem([], { cell: 0, offset: 0 }, 'next')).toBeUndefined();
});
