// The letters of a picture: what has a plain relative is drawn as that, and nothing that people write leaves a gap.
import { expect, test } from '@jest/globals';
import { columnsOf } from '../../../runbook/chart/letters.js';

test.each([
  ['“Orders back”', '"Orders back"'],
  ['Zoë’s füße – naïve', "Zoe's fu□e - naive"],
  ['« ça »', '" ca "']
])('%s is drawn as %s', (text, plain) => {
  expect([...text].map(columnsOf)).toEqual([...plain].map(columnsOf));
});

test('every letter has five columns of seven dots', () => {
  for (const letter of ['…', '日', '🚀', '\n', '~', ' ']) {
    expect(columnsOf(letter)).toHaveLength(5);
    expect(Math.max(...columnsOf(letter))).toBeLessThan(128);
  }
});
