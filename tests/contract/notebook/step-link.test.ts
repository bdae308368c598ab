// Links to steps: what is written is read again, and nothing else is taken for one.
import { expect, test } from '@jest/globals';
import { fragmentOfStep, stepOfFragment } from '../../../contract/notebook/step-link.js';

test.each(['4f1c', 'a b', 'ä/#?%', '=', '__proto__'])('the id %s comes back from its link', id => {
  expect(stepOfFragment(fragmentOfStep(id))).toBe(id);
});

test.each(['', '#', '#Deploy', '#cell-id=', '#cell-id=%', 'cell-id=a'])('%j names no cell', fragment => {
  expect(stepOfFragment(fragment)).toBeNull();
});
