// Walking through places of a notebook.
import { expect, test } from '@jest/globals';
import { nextPlace, type Place } from '../../../../labextension/page/walk/next-place.js';

const [first, second, third]: readonly Place[] = [
  { cell: 1, offset: 4 },
  { cell: 1, offset: 9 },
  { cell: 3, offset: 0 }
];
const ALL = [first!, second!, third!];

test.each([
  [0, 0, first],
  [1, 4, second],
  [1, 9, third],
  [3, 0, first]
])('after cell %d offset %d', (cell, offset, expected) => {
  expect(nextPlace(ALL, { cell, offset }, 'next')).toBe(expected);
});

test.each([
  [0, 0, third],
  [1, 9, first],
  [3, 0, second],
  [9, 0, third]
])('before cell %d offset %d', (cell, offset, expected) => {
  expect(nextPlace(ALL, { cell, offset }, 'previous')).toBe(expected);
});

test('without places there is none', () => {
  expect(nextPlace([], { cell: 0, offset: 0 }, 'next')).toBeUndefined();
});
