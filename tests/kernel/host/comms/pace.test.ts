// Many wishes, few deeds: at once when nothing was done lately, else when the gap has passed.
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Pace } from '../../../../kernel/host/comms/pace.js';

let deeds: number[] = [];
let pace: Pace;

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
  deeds = [];
  pace = new Pace(50, () => deeds.push(Date.now()));
});
afterEach(() => {
  jest.useRealTimers();
});

test('the first wish is granted at once, those of the gap together after it', () => {
  pace.ask();
  pace.ask();
  jest.advanceTimersByTime(20);
  pace.ask();
  expect(deeds).toEqual([0]);
  jest.advanceTimersByTime(200);
  expect(deeds).toEqual([0, 50]);
});

test('a wish for later waits for the gap, also when nothing was done lately, and takes the others along', () => {
  pace.askLater();
  jest.advanceTimersByTime(49);
  pace.ask();
  expect(deeds).toEqual([]);
  jest.advanceTimersByTime(200);
  expect(deeds).toEqual([50]);
});

test('a wish for later in a gap waits for its end', () => {
  pace.ask();
  jest.advanceTimersByTime(20);
  pace.askLater();
  jest.advanceTimersByTime(200);
  expect(deeds).toEqual([0, 50]);
});

test('what must be done now is done now, once', () => {
  pace.askLater();
  pace.now();
  jest.advanceTimersByTime(200);
  expect(deeds).toEqual([0]);
});
