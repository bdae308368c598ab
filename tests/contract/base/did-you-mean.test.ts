import { expect, test } from '@jest/globals';
import { didYouMean } from '../../../contract/base/did-you-mean.js';

test.each([
  ['tiemout', ['timeout', 'retry'], " Did you mean 'timeout'?"],
  ['Retry', ['timeout', 'retry'], " Did you mean 'retry'?"],
  ['colr', ['colour', 'vars'], " Did you mean 'colour'?"],
  ['to', ['by', 'do'], " Did you mean 'do'?"],
  ['banana', ['timeout', 'retry'], ''],
  ['x', [], '']
])('the nearest of the known words to %s', (word, known, text) => {
  expect(didYouMean(word, known)).toBe(text);
});
