// When a running cell is told.
import { expect, test } from '@jest/globals';
import { StillRunning } from '../../../labextension/notify/still-running.js';

function watch(afterMs: number | null): {
  running: StillRunning;
  timers: Map<number, () => void>;
  told: string[];
} {
  const timers = new Map<number, () => void>();
  const told: string[] = [];
  const running = new StillRunning({
    afterMs: () => afterMs,
    tell: cell => told.push(cell),
    setTimeout: handle => {
      timers.set(timers.size + 1, handle);
      return timers.size;
    },
    clearTimeout: timer => void timers.delete(timer)
  });
  return { running, timers, told };
}

test('a cell that runs on is told once', () => {
  const { running, timers, told } = watch(1000);
  running.began('a');
  timers.get(1)!();
  expect(told).toEqual(['a']);
});

test('a cell that ended leaves no timer, and neither does a kernel that died', () => {
  const { running, timers } = watch(1000);
  running.began('a');
  running.ended('a');
  expect(timers.size).toBe(0);
  running.began('a');
  running.began('b');
  running.endAll();
  expect(timers.size).toBe(0);
});

test('nobody wants to hear of it: no timer at all', () => {
  const { running, timers } = watch(null);
  running.began('a');
  expect(timers.size).toBe(0);
});
