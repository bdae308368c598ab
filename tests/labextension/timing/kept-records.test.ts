// The records kept in the metadata of a cell.
import { expect, test } from '@jest/globals';
import type { TimingRecord } from '../../../contract/notebook.js';
import { keptRecordsOf, withRecord } from '../../../labextension/timing/kept-records.js';
import { timeOf } from '../journal-of.js';

function record(n: number, outcome: TimingRecord['outcome'] = 'passed'): TimingRecord {
  return { n, queued: timeOf(n), started: timeOf(n), ended: timeOf(n + 1), outcome, by: 'Ann' };
}

test('a record is added behind the others and other keys stay', () => {
  expect(withRecord({ tag: 'x', attempts: [record(1)] }, record(2))).toEqual({
    tag: 'x',
    attempts: [record(1), record(2)]
  });
});

test('nothing has to be written when the record is there', () => {
  expect(withRecord({ attempts: [record(1)] }, record(1))).toBeNull();
});

test('a record replaces one of the same attempt, as a real run does one that was not run', () => {
  expect(withRecord({ attempts: [record(1, 'aborted')] }, record(1))).toEqual({ attempts: [record(1)] });
});

test('the last ten stay', () => {
  let ours: unknown = undefined;
  for (let n = 1; n <= 12; n += 1) {
    ours = withRecord(ours, record(n));
  }
  expect(keptRecordsOf(ours).map(kept => kept.n)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
});

test('damaged metadata is left out', () => {
  expect(keptRecordsOf(null)).toEqual([]);
  expect(keptRecordsOf({ attempts: 'x' })).toEqual([]);
  expect(keptRecordsOf({ attempts: [null, { n: 1 }, { ...record(1), outcome: 'odd' }, record(2)] })).toEqual([
    record(2)
  ]);
});
