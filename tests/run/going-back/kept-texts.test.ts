// Kept values as they are recorded: few, short, and masked before they are cut.
import { expect, test } from '@jest/globals';
import { Masking } from '../../../run/masking/masking.js';
import { areSameTexts, keptTexts } from '../../../run/going-back/kept-texts.js';

test('six values of 80 characters, in one line', () => {
  const values = Array.from({ length: 8 }, (_, index) => ({ name: `n${index}`, text: `${index}\n  x` }));
  const kept = keptTexts([{ name: 'long', text: '🚀'.repeat(90) }, ...values], new Masking());
  expect(kept).toHaveLength(6);
  expect(kept[0]).toEqual({ name: 'long', text: `${'🚀'.repeat(79)}…` });
  expect(kept[1]).toEqual({ name: 'n0', text: '0 x' });
  expect(areSameTexts(kept, [...kept])).toBe(true);
  expect(areSameTexts(kept, kept.slice(1))).toBe(false);
});

test('a secret that the cut would split is masked', () => {
  const masking = new Masking();
  masking.learn({ name: 'TOKEN', value: 'correct-horse-battery' });
  const [kept] = keptTexts([{ name: 'x', text: `${'.'.repeat(70)}correct-horse-battery` }], masking);
  expect(kept?.text).toBe(`${'.'.repeat(70)}«secret T…`);
});
