// The line below a cell.
import { expect, test } from '@jest/globals';
import type { CellTiming } from '../../../labextension/timing/cell-timing.js';
import {
  timingLine,
  timingTitle,
  type LineOptions,
  type TimingLine
} from '../../../labextension/timing/timing-line.js';
import { ENGLISH } from '../english.js';
import { timeOf } from '../journal-of.js';

const options = { zone: 'UTC', now: timeOf(70), words: ENGLISH } as const;
const passed: CellTiming = {
  status: 'passed',
  attempt: 1,
  queued: timeOf(0),
  started: timeOf(3),
  ended: '2026-11-22T08:00:15.300Z',
  by: 'Ann Lee',
  earlier: []
};

function lineOf(timing: CellTiming, more: Partial<LineOptions> = {}): TimingLine {
  const line = timingLine(timing, { ...options, ...more });
  expect(line).not.toBeNull();
  return line!;
}

test('a passed cell shows start, end, duration, person and clock', () => {
  const line = lineOf(passed);
  expect(line.word).toBe('passed');
  expect(line.parts).toEqual(['08:00:03 → 08:00:15 UTC', '12.3 s', 'Ann Lee']);
  expect(line.isMoving).toBe(false);
  const title = timingTitle(passed, options.now, ENGLISH);
  expect(title).toContain('after 3.0 s in the queue');
  expect(title).toContain(', 54 s ago');
});

test('an end on another day shows that day', () => {
  const line = lineOf({
    ...passed,
    started: '2026-11-22T23:59:59.000Z',
    ended: '2026-11-23T00:00:01.000Z'
  });
  expect(line.parts[0]).toBe('23:59:59 → 2026-11-23 00:00:01 UTC');
});

test('a start on another day than today shows that day', () => {
  const line = lineOf(passed, { now: '2026-11-24T10:00:00.000Z' });
  expect(line.parts[0]).toBe('2026-11-22 08:00:03 → 08:00:15 UTC');
});

test('a running cell grows by whole seconds and tells how long it took last time', () => {
  const before = {
    n: 1,
    queued: timeOf(0),
    started: timeOf(0),
    ended: timeOf(8),
    outcome: 'passed',
    by: 'Bo'
  } as const;
  const line = lineOf({
    ...passed,
    status: 'running',
    ended: null,
    attempt: 2,
    earlier: [before]
  });
  expect(line.isMoving).toBe(true);
  expect(line.parts).toEqual(['since 08:00:03 UTC', '1 min 7 s', 'last time 8.0 s', 'Ann Lee', 'attempt 2']);
});

test('a queued cell shows since when it waits for its turn', () => {
  const line = lineOf({ ...passed, status: 'queued', started: null, ended: null });
  expect(line.parts).toEqual(['since 08:00:00 UTC', '1 min 10 s', 'Ann Lee']);
  expect(line.isMoving).toBe(true);
});

test('a cell that was not run because an earlier one failed has no times and does not move', () => {
  const line = lineOf({ ...passed, status: 'aborted', started: null, ended: timeOf(4) });
  expect(line).toMatchObject({ word: 'not run', parts: ['Ann Lee'], isMoving: false });
});

test('a cell that waits for people tells since when they are asked, and when it started', () => {
  const line = lineOf({ ...passed, status: 'waiting', ended: null, waitingSince: timeOf(60) });
  expect(line.parts).toEqual(['since 08:01:00 UTC', '10 s', 'started 08:00:03', 'Ann Lee']);
  const atOnce = lineOf({ ...passed, status: 'waiting', ended: null, waitingSince: timeOf(3) });
  expect(atOnce.parts).toEqual(['since 08:00:03 UTC', '1 min 7 s', 'Ann Lee']);
});

test('a cell that the kernel refused shows when, and no attempt', () => {
  const line = lineOf({ ...passed, status: 'refused', attempt: 0, started: null, ended: timeOf(4) });
  expect(line).toMatchObject({ word: 'refused', parts: ['08:00:04 UTC', 'Ann Lee'], isMoving: false });
});

test('the tooltip lists earlier attempts with both clocks', () => {
  const before = {
    n: 1,
    queued: timeOf(0),
    started: timeOf(0),
    ended: timeOf(2),
    outcome: 'failed',
    by: 'Bo'
  } as const;
  const title = timingTitle({ ...passed, attempt: 2, earlier: [before] }, options.now, ENGLISH);
  expect(title).toContain('Before: 1 attempt');
  expect(title).toMatch(/1\. failed, 2026-11-22 08:00:02 UTC \(local .*\), 2\.0 s, Bo/);
});

test('the clock has the format that was chosen', () => {
  expect(lineOf(passed, { format: 'hh:mm A' }).parts[0]).toBe('08:00 AM → 08:00 AM UTC');
  expect(lineOf(passed, { format: 'YYYY-MM-DD HH:mm:ss.SSS' }).parts[0]).toBe(
    '2026-11-22 08:00:03.000 → 2026-11-22 08:00:15.300 UTC'
  );
});

test('what passed in less than the least duration has no line; what failed, runs or waits has one', () => {
  const more = { ...options, atLeastMs: 20_000 };
  expect(timingLine(passed, more)).toBeNull();
  expect(timingLine({ ...passed, status: 'failed' }, more)).not.toBeNull();
  expect(timingLine({ ...passed, status: 'running', ended: null }, more)).not.toBeNull();
  expect(timingLine({ ...passed, ended: timeOf(23) }, more)).not.toBeNull();
});
