// The dialog of Continue: what is not done again, what is, and in numbers what a retry from the start would repeat.
import { expect, test } from '@jest/globals';
import { continueText } from '../../../labextension/resume/continue-text.js';
import { ENGLISH } from '../english.js';

const PLAN = {
  step: 's',
  attempt: 1,
  isEdited: false,
  kept: ['shell deploy a'],
  failed: ['shell deploy b'],
  repeated: [],
  fromStart: ['shell deploy a']
};

test('says what passed, what failed and what a retry would repeat', () => {
  expect(continueText(PLAN, ENGLISH)).toBe(
    'Passed, not done again: shell deploy a\nFailed, done again: shell deploy b\nRetry, from the start, would do 1 effect a second time.'
  );
});

test('names what is done a second time, counts what is much, and asks why an edited text fits', () => {
  const kept = Array.from({ length: 60 }, (_, index) => `shell deploy ${index}`);
  const text = continueText({ ...PLAN, kept, repeated: ['shell undrain b'], isEdited: true }, ENGLISH);
  expect(text).toContain('and 55 more');
  expect(text).toContain('Passed after the failure, done a second time: shell undrain b');
  expect(text).toMatch(/^The text was edited/);
});
