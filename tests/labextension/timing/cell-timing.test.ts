// Whose times are shown: the journal's, the page's own, or those kept in the cell.
import { describe, expect, test } from '@jest/globals';
import type { TimingRecord } from '../../../contract/notebook/notebook.js';
import {
  cellTimingOf,
  isInterruption,
  type WatchedExecution
} from '../../../labextension/timing/cell-timing.js';
import { asked, ended, opened, started, stateOf, timeOf } from '../journal-of.js';

const kept: TimingRecord = {
  n: 1,
  queued: timeOf(0),
  started: timeOf(1),
  ended: timeOf(5),
  outcome: 'failed',
  by: 'Bo'
};

const watched: WatchedExecution = {
  queued: timeOf(60),
  started: null,
  ended: null,
  status: 'queued',
  by: 'Ann Lee',
  attemptsBefore: 0,
  isSent: true
};

test('a cell that never ran has no timing', () => {
  expect(cellTimingOf(undefined, undefined, [])).toBeNull();
});

describe('with a journal', () => {
  test('a running attempt has its start and no end', () => {
    const state = stateOf(opened(), started('a'));
    expect(cellTimingOf(state.steps['a'], undefined, [kept])).toMatchObject({
      status: 'running',
      started: timeOf(2),
      ended: null,
      by: 'Ann Lee'
    });
  });

  test('a step that waits for people is waiting', () => {
    const state = stateOf(opened(), started('c'), asked());
    expect(cellTimingOf(state.steps['c'], undefined, [])?.status).toBe('waiting');
  });

  test('earlier attempts are its history', () => {
    const state = stateOf(
      opened(),
      started('a'),
      ended('a', 'failed'),
      started('a', 2),
      ended('a', 'passed', 1000, 2)
    );
    const timing = cellTimingOf(state.steps['a'], undefined, []);
    expect(timing).toMatchObject({ status: 'passed', attempt: 2, started: timeOf(4), ended: timeOf(5) });
    expect(timing?.earlier).toMatchObject([{ n: 1, outcome: 'failed' }]);
  });

  test('an execution that the kernel has not begun is queued, also when the step ran before', () => {
    const state = stateOf(opened(), started('a'), ended('a'));
    const timing = cellTimingOf(state.steps['a'], { ...watched, attemptsBefore: 1 }, []);
    expect(timing).toMatchObject({ status: 'queued', attempt: 2 });
    expect(timing?.earlier).toHaveLength(1);
  });

  test('what the kernel refused is no attempt', () => {
    const state = stateOf(opened(), started('a'), ended('a'));
    const refused = { ...watched, status: 'refused', ended: timeOf(61), attemptsBefore: 1 } as const;
    const timing = cellTimingOf(state.steps['a'], refused, []);
    expect(timing).toMatchObject({ status: 'refused', attempt: 0 });
    expect(timing?.earlier).toHaveLength(1);
  });

  test('the journal rules as soon as it knows the attempt', () => {
    const state = stateOf(opened(), started('a'));
    expect(cellTimingOf(state.steps['a'], watched, [])?.status).toBe('running');
  });
});

describe('without a journal', () => {
  test('the page tells what it saw', () => {
    const seen = { ...watched, started: timeOf(61), ended: timeOf(62), status: 'failed' } as const;
    expect(cellTimingOf(undefined, seen, [kept])).toMatchObject({
      status: 'failed',
      attempt: 2,
      earlier: [kept]
    });
  });

  test('an execution that has been kept is not its own history', () => {
    const seen = { ...watched, started: timeOf(61), ended: timeOf(62), status: 'passed' } as const;
    const self = { ...kept, n: 2, queued: seen.queued };
    expect(cellTimingOf(undefined, seen, [kept, self])).toMatchObject({ attempt: 2, earlier: [kept] });
  });

  test('after a reload the cell tells what was kept', () => {
    expect(cellTimingOf(undefined, undefined, [kept])).toMatchObject({
      status: 'failed',
      ended: timeOf(5),
      by: 'Bo'
    });
  });

  test('a kept execution that did not run has no start', () => {
    expect(cellTimingOf(undefined, undefined, [{ ...kept, outcome: 'aborted' }])?.started).toBeNull();
  });
});

test('an interruption is known by the name of its error', () => {
  expect(isInterruption('KeyboardInterrupt')).toBe(true);
  expect(isInterruption('InterruptedError')).toBe(true);
  expect(isInterruption('TypeError')).toBe(false);
  expect(isInterruption(undefined)).toBe(false);
});
