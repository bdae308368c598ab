// The records kept in the metadata of a cell.
import { expect, test } from '@jest/globals';
import type { TimingRecord } from '../../../contract/notebook/notebook.js';
import {
  keptRecordsOf,
  recordOfAttempt,
  withoutRecords,
  withRecord
} from '../../../contract/state/kept-executions.js';
import { ended, opened, started, stateOf, timeOf } from '../../labextension/journal-of.js';

function record(n: number, outcome: TimingRecord['outcome'] = 'passed'): TimingRecord {
  return { n, queued: timeOf(n), started: timeOf(n), ended: timeOf(n + 1), outcome, by: 'Ann Lee' };
}

const FIRST = '1 passed 2026-11-22T08:00:01.000Z +0 +1000 Ann Lee';
const SECOND = '2 passed 2026-11-22T08:00:02.000Z +0 +1000 Ann Lee';

test('an execution is one line, added behind the others; other keys stay', () => {
  expect(withRecord({ tag: 'x', attempts: [FIRST], cell: 'a' }, 'a', record(2))).toEqual({
    tag: 'x',
    attempts: [FIRST, SECOND],
    cell: 'a'
  });
});

test('a line that is written reads back as the record', () => {
  expect(keptRecordsOf(withRecord(undefined, 'a', record(1)), 'a')).toEqual([record(1)]);
});

test('nothing has to be written when the record is there', () => {
  expect(withRecord({ attempts: [FIRST], cell: 'a' }, 'a', record(1))).toBeNull();
});

test('a record replaces one of the same attempt, as a real run does one that was not run', () => {
  const aborted = withRecord(undefined, 'a', record(1, 'aborted'));
  expect(withRecord(aborted, 'a', record(1))).toEqual({ attempts: [FIRST], cell: 'a' });
});

test('the last ten stay', () => {
  let ours: unknown = undefined;
  for (let n = 1; n <= 12; n += 1) {
    ours = withRecord(ours, 'a', record(n));
  }
  expect(keptRecordsOf(ours, 'a').map(kept => kept.n)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
});

test('a duplicate has none of its original, and its first execution writes its own alone', () => {
  const copied = { attempts: [FIRST], cell: 'original' };
  expect(keptRecordsOf(copied, 'duplicate')).toEqual([]);
  expect(withRecord(copied, 'duplicate', record(2))).toEqual({ attempts: [SECOND], cell: 'duplicate' });
});

test('damaged metadata is left out, objects of the same fields are read', () => {
  expect(keptRecordsOf(null, 'a')).toEqual([]);
  expect(keptRecordsOf({ attempts: 'x' }, 'a')).toEqual([]);
  const damaged = [null, { n: 1 }, '1 odd 2026-11-22T08:00:01.000Z +0 +1', '1 passed never +0 +1', record(2)];
  expect(keptRecordsOf({ attempts: damaged }, 'a')).toEqual([record(2)]);
});

test('removing the records leaves the other keys, and nothing where nothing else was', () => {
  expect(withoutRecords({ attempts: [FIRST], cell: 'a', hideTimes: true })).toEqual({ hideTimes: true });
  expect(withoutRecords({ attempts: [FIRST], cell: 'a' })).toBeUndefined();
  expect(withoutRecords({ hideTimes: true })).toBeNull();
  expect(withoutRecords(undefined)).toBeNull();
});

test('an attempt becomes a record only when it has ended', () => {
  const running = stateOf(opened(), started('a')).steps['a']!.attempts[0]!;
  const over = stateOf(opened(), started('a'), ended('a')).steps['a']!.attempts[0]!;
  expect(recordOfAttempt(running)).toBeNull();
  expect(recordOfAttempt(over)).toEqual({
    n: 1,
    queued: timeOf(0),
    started: timeOf(2),
    ended: timeOf(3),
    outcome: 'passed',
    by: 'Ann Lee'
  });
});
