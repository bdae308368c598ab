// Positions in code points and in UTF-16 code units.
import { expect, test } from '@jest/globals';
import { codePointsToUtf16, utf16ToCodePoints } from '../../../kernel/protocol/cursor.js';

test.each([
  ['abc', 2, 2],
  ['😀b', 1, 2],
  ['a😀😀b', 3, 5],
  ['a😀', 9, 3],
  ['', 0, 0]
])('in %j code point %i is code unit %i', (text, position, offset) => {
  expect(codePointsToUtf16(text, position)).toBe(offset);
});

test.each([
  ['abc', 2, 2],
  ['😀b', 2, 1],
  ['a😀😀b', 5, 3],
  ['a😀', 9, 2]
])('in %j code unit %i is code point %i', (text, offset, position) => {
  expect(utf16ToCodePoints(text, offset)).toBe(position);
});
