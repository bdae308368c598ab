// Reading a journal file for showing it without a kernel.
import { expect, test } from '@jest/globals';
import { stateOfJournal } from '../../../labextension/run/journal-text.js';
import { asked, ended, journalOf, opened, started } from '../journal-of.js';

const lines = journalOf(opened(), started('a'), ended('a'), started('c'), asked()).map(record =>
  JSON.stringify(record)
);

test('every whole line counts', () => {
  const state = stateOfJournal(`${lines.join('\n')}\n`);
  expect(state.seq).toBe(5);
  expect(state.steps['a']?.status).toBe('passed');
  expect(state.approvals['approval-1']?.status).toBe('pending');
});

test('a torn last line is no record', () => {
  expect(stateOfJournal(lines.join('\n').slice(0, -20)).seq).toBe(4);
});

test('reading ends at a line that is not a record', () => {
  expect(stateOfJournal([lines[0], '"text"', lines[1]].join('\n')).seq).toBe(1);
  expect(stateOfJournal([lines[0], 'null', lines[1]].join('\n')).seq).toBe(1);
});

test('an empty file is the state before the first record', () => {
  expect(stateOfJournal('').seq).toBe(0);
});
