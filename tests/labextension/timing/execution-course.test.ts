// What JupyterLab and kernels tell about one execution, complete or not.
import { describe, expect, test } from '@jest/globals';
import {
  abandoned,
  begun,
  executed,
  replied,
  scheduled
} from '../../../labextension/timing/execution-course.js';
import { cellTimingOf, type WatchedExecution } from '../../../labextension/timing/cell-timing.js';
import { timingLine } from '../../../labextension/timing/timing-line.js';
import { ENGLISH } from '../english.js';
import { timeOf } from '../journal-of.js';

const queued = scheduled(timeOf(0), 'Ann Lee', 0, true);
const running = begun(queued, timeOf(1), timeOf(9));
const ok = { status: 'ok', errorName: undefined, started: undefined, refused: undefined, date: timeOf(5) };

test('a scheduled cell is queued by a person and has not begun', () => {
  expect(queued).toMatchObject({ status: 'queued', queued: timeOf(0), started: null, by: 'Ann Lee' });
});

describe('the kernel', () => {
  test("its own stamps count before the page's clock", () => {
    expect(running).toMatchObject({ status: 'running', started: timeOf(1) });
    expect(replied(running, ok, timeOf(9))).toMatchObject({ status: 'passed', ended: timeOf(5) });
    expect(replied(running, { ...ok, started: timeOf(2) }, timeOf(9)).started).toBe(timeOf(2));
  });

  test('a kernel without stamps leaves it to the page', () => {
    expect(begun(queued, undefined, timeOf(2)).started).toBe(timeOf(2));
    expect(replied(running, { ...ok, date: '' }, timeOf(9)).ended).toBe(timeOf(9));
  });

  test('stamps without a zone are UTC', () => {
    expect(begun(queued, '2026-11-22T08:00:01.000', timeOf(9)).started).toBe(timeOf(1));
  });

  test.each([
    ['error', 'ValueError', 'failed'],
    ['error', 'KeyboardInterrupt', 'interrupted'],
    ['aborted', undefined, 'aborted']
  ])('a reply `%s` with %s is %s', (status, errorName, expected) => {
    expect(replied(running, { ...ok, status, errorName }, timeOf(9)).status).toBe(expected);
  });

  test('what it gave up has not begun', () => {
    expect(replied(queued, { ...ok, status: 'aborted' }, timeOf(9)).started).toBeNull();
  });

  test('what it did not let in was refused, and has not begun', () => {
    const refused = replied(
      running,
      { ...ok, status: 'error', errorName: 'LockedError', refused: true },
      timeOf(9)
    );
    expect(refused).toMatchObject({ status: 'refused', started: null, ended: timeOf(5) });
  });

  test('what it took with it has no known end, what waited was not run', () => {
    expect(abandoned(running, timeOf(9))).toMatchObject({ status: 'inconclusive', ended: timeOf(9) });
    expect(abandoned(queued, timeOf(9))).toMatchObject({ status: 'aborted', started: null });
  });
});

describe('JupyterLab', () => {
  test('tells cells behind a failure by no success and no name of an error', () => {
    expect(executed(queued, { success: false, errorName: undefined }, timeOf(3)).status).toBe('aborted');
    expect(executed(running, { success: false, errorName: undefined }, timeOf(3)).status).toBe('failed');
    expect(executed(queued, { success: false, errorName: 'E' }, timeOf(3)).status).toBe('failed');
  });

  test('tells nothing but the end where a server executes: it counts from the queue', () => {
    expect(executed(queued, { success: true, errorName: undefined }, timeOf(3))).toMatchObject({
      status: 'passed',
      started: timeOf(0),
      ended: timeOf(3)
    });
  });
});

describe('without a kernel', () => {
  const unsent = scheduled(timeOf(0), 'Ann Lee', 0, false);

  test.each([
    { success: true, errorName: undefined },
    { success: false, errorName: undefined },
    { success: false, errorName: 'E' }
  ])('nothing has run, although JupyterLab tells %j', told => {
    expect(executed(unsent, told, timeOf(3))).toMatchObject({
      status: 'aborted',
      started: null,
      ended: timeOf(3)
    });
  });

  test('what a kernel says all the same counts', () => {
    expect(
      executed(begun(unsent, timeOf(1), timeOf(1)), { success: true, errorName: undefined }, timeOf(3))
    ).toMatchObject({ status: 'passed', started: timeOf(1) });
  });

  test('the line says that it was not run, and gives no duration', () => {
    const over = executed(unsent, { success: true, errorName: undefined }, timeOf(3));
    const timing = cellTimingOf(undefined, over, []);
    expect(timing && timingLine(timing, { zone: 'UTC', now: timeOf(9), words: ENGLISH })).toMatchObject({
      word: 'not run',
      parts: ['Ann Lee'],
      isMoving: false
    });
  });
});

// Every order of what can be told of one execution, with and without a kernel to send it to.
test('only what a kernel got, or said, has passed or failed', () => {
  const TOLD: Record<string, (before: WatchedExecution) => WatchedExecution> = {
    begun: before => begun(before, timeOf(1), timeOf(1)),
    replied: before => replied(before, ok, timeOf(2)),
    success: before => executed(before, { success: true, errorName: undefined }, timeOf(3)),
    failure: before => executed(before, { success: false, errorName: 'E' }, timeOf(3)),
    gone: before => abandoned(before, timeOf(4))
  };
  const names = Object.keys(TOLD);
  const orders = names.flatMap(a => names.flatMap(b => names.map(c => [a, b, c])));
  for (const order of orders) {
    const end = order.reduce(
      (before, name) => TOLD[name]!(before),
      scheduled(timeOf(0), 'Ann Lee', 0, false)
    );
    const firstEnd = order.findIndex(name => name !== 'begun');
    const isHeard = order.slice(0, firstEnd + 1).some(name => name === 'begun' || name === 'replied');
    if (firstEnd !== -1) {
      expect([order, end.status === 'aborted']).toEqual([order, !isHeard]);
    }
  }
});

test('what is over does not change any more, whatever comes late', () => {
  const over = replied(running, ok, timeOf(9));
  expect(executed(over, { success: false, errorName: 'E' }, timeOf(9))).toBe(over);
  expect(begun(over, timeOf(7), timeOf(9))).toBe(over);
  expect(abandoned(over, timeOf(9))).toBe(over);
});
