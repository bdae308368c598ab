// One attempt as one line of the notebook.
import { expect, test } from '@jest/globals';
import { parseTimingText, timingText } from '../../../contract/notebook/timing-text.js';
import type { TimingRecord } from '../../../contract/notebook/notebook.js';

const record: TimingRecord = {
  n: 2,
  queued: '2026-11-22T08:00:00.000Z',
  started: '2026-11-22T08:00:03.000Z',
  ended: '2026-11-22T08:00:15.300Z',
  outcome: 'passed',
  by: 'Ann Lee'
};

test('a record is one line: attempt, outcome, queued, waited, took, person', () => {
  expect(timingText(record)).toBe('2 passed 2026-11-22T08:00:00.000Z +3000 +12300 Ann Lee');
});

test.each([
  record,
  { ...record, by: '' },
  { ...record, by: '名 O’Neil  +3 x' },
  { ...record, outcome: 'aborted', started: record.queued, ended: record.queued } as const
])('the line of $outcome by "$by" reads back as it was', original => {
  expect(parseTimingText(timingText(original))).toEqual(original);
});

test('an end before its start, as two clocks can make it, is a duration of nothing', () => {
  const odd = { ...record, ended: record.queued };
  expect(parseTimingText(timingText(odd))?.ended).toBe(record.started);
});

test.each([
  '',
  'passed',
  '2 lost 2026-11-22T08:00:00.000Z +0 +0',
  '2 passed 2026-99-99T99:00:00Z +0 +0',
  3,
  null,
  {}
])('%j is no record', value => {
  expect(parseTimingText(value)).toBeNull();
});
