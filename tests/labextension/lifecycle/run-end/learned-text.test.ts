// What a person reads of the changes that a run offers.
import { expect, test } from '@jest/globals';
import { learnedText } from '../../../../labextension/lifecycle/run-end/learned-text.js';
import { ENGLISH } from '../../english.js';

const change = (name: string): { kind: string; name: string } => ({ kind: 'edited', name });

test.each([
  [[], null, 'Nothing to learn: the run is the same as its runbook.'],
  [
    [change('“Go”')],
    'redlines/1',
    '1 change is on the branch redlines/1 (edited: “Go”). Merge it, or push it and open a pull request.'
  ],
  [
    ['a', 'b', 'c', 'd', 'e'].map(change),
    'redlines/1',
    '5 changes are on the branch redlines/1 (edited: a; edited: b; edited: c; 2 more). Merge it, or push it and open a pull request.'
  ]
])('%j', (changes, branch, text) => {
  expect(learnedText({ changes, branch, commit: null }, ENGLISH)).toBe(text);
});
