// Outputs stay below the rates at which servers drop them; they wait in order, and none is lost.
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { SendPacer } from '../../../../kernel/core/messages/send-pacer.js';

const LIMITS = { messages: 10, bytes: 1000, windowMs: 100 };
const sent: { readonly id: number; readonly atMs: number; readonly bytes: number }[] = [];
let pacer = new SendPacer(LIMITS);

beforeEach(() => {
  jest.useFakeTimers();
  sent.length = 0;
  pacer = new SendPacer(LIMITS);
});
afterEach(() => {
  jest.useRealTimers();
});

function push(id: number, bytes: number): void {
  pacer.push(bytes, () => sent.push({ id, bytes, atMs: performance.now() }));
}

function ids(): number[] {
  return sent.map(({ id }) => id);
}

test('what the rates allow is sent within the call', () => {
  for (let id = 0; id < 10; id += 1) {
    push(id, 100);
  }
  expect(ids()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(pacer.whenSent()).toBeNull();
});

test.each([
  ['the number of messages', 0],
  ['the bytes', 300]
])('in no window are more sent than %s allows, and all arrive in order', (_title, bytes) => {
  for (let id = 0; id < 50; id += 1) {
    push(id, bytes);
  }
  jest.advanceTimersByTime(5_000);
  expect(ids()).toEqual(Array.from({ length: 50 }, (_, id) => id));
  for (const { atMs: from } of sent) {
    const inWindow = sent.filter(({ atMs }) => atMs >= from && atMs < from + LIMITS.windowMs);
    expect(inWindow.length).toBeLessThanOrEqual(LIMITS.messages);
    expect(inWindow.reduce((sum, message) => sum + message.bytes, 0)).toBeLessThanOrEqual(LIMITS.bytes);
  }
});

test('a small message does not overtake a large one that waits', () => {
  push(0, 900);
  push(1, 500);
  push(2, 1);
  expect(ids()).toEqual([0]);
  jest.advanceTimersByTime(LIMITS.windowMs);
  expect(ids()).toEqual([0, 1, 2]);
});

test('a message larger than the window goes alone', () => {
  push(0, 5000);
  push(1, 1);
  expect(ids()).toEqual([0]);
  jest.advanceTimersByTime(LIMITS.windowMs);
  expect(ids()).toEqual([0, 1]);
});

test('tells when everything is sent', async () => {
  push(0, 900);
  push(1, 900);
  const sending = pacer.whenSent();
  jest.advanceTimersByTime(LIMITS.windowMs);
  await sending;
  expect(ids()).toEqual([0, 1]);
});

test('after a reset as much may be sent again', () => {
  push(0, 900);
  push(1, 900);
  pacer.reset();
  expect(ids()).toEqual([0, 1]);
});

test('in a hurry nothing waits', () => {
  [0, 1, 2].forEach(id => push(id, 900));
  pacer.hurry();
  push(3, 900);
  expect(ids()).toEqual([0, 1, 2, 3]);
});
