// The one clock of the extension.
import { beforeEach, expect, test } from '@jest/globals';
import { Ticker } from '../../../labextension/page/ticker.js';

let isVisible: boolean;
let timers: Map<number, () => void>;
let changeVisibility: () => void;
let ticker: Ticker;

beforeEach(() => {
  isVisible = true;
  timers = new Map();
  let next = 0;
  ticker = new Ticker({
    isVisible: () => isVisible,
    onVisibility: handle => {
      changeVisibility = handle;
    },
    setInterval: handle => {
      next += 1;
      timers.set(next, handle);
      return next;
    },
    clearInterval: timer => timers.delete(timer)
  });
});

test('has no timer while nobody listens', () => {
  expect(timers.size).toBe(0);
  const stop = ticker.listen(() => undefined);
  expect(timers.size).toBe(1);
  stop();
  expect(timers.size).toBe(0);
});

test('has one timer for all listeners and calls each', () => {
  const calls: string[] = [];
  const stop = ticker.listen(() => calls.push('a'));
  ticker.listen(() => calls.push('b'));
  expect(timers.size).toBe(1);
  timers.forEach(tick => tick());
  stop();
  timers.forEach(tick => tick());
  expect(calls).toEqual(['a', 'b', 'b']);
});

test('stands still while the page is hidden', () => {
  ticker.listen(() => undefined);
  isVisible = false;
  changeVisibility();
  expect(timers.size).toBe(0);
  isVisible = true;
  changeVisibility();
  expect(timers.size).toBe(1);
});
