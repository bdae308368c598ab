import { expect, test } from '@jest/globals';
import { decisionWords } from '../../contract/decide/decision-words.js';

test('a hash has four words, one for each of its first four bytes, and each byte has a word of its own', () => {
  expect(decisionWords(`00ff00ff${'0'.repeat(56)}`)).toBe('acorn violin acorn violin');
  const words = Array.from({ length: 256 }, (_, byte) =>
    decisionWords(byte.toString(16).padStart(2, '0').repeat(4))
  );
  expect(new Set(words).size).toBe(256);
  expect(words.every(text => /^([a-z]+)( \1){3}$/.test(text))).toBe(true);
});
