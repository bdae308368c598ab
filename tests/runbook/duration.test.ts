import { describe, expect, test } from '@jest/globals';
import { parseDuration, readDuration, writeDuration, type Duration } from '../../runbook/duration.js';

describe('durations', () => {
  test.each<[number | string, number]>([
    ['500ms', 500],
    ['30s', 30_000],
    ['1.5s', 1500],
    ['5m', 300_000],
    ['5 min', 300_000],
    ['1h30m', 5_400_000],
    ['1h 30m', 5_400_000],
    ['7d', 604_800_000],
    [250, 250],
    [0, 0]
  ])('%p is %p ms', (text, ms) => {
    expect(parseDuration(text, 'timeout')).toBe(ms);
  });

  test.each<unknown>([
    '',
    '30',
    's',
    '30 seconds',
    '-5s',
    '1h-5m',
    'soon',
    -1,
    NaN,
    Infinity,
    null,
    undefined,
    {},
    ['30s']
  ])('%p is none', value => {
    expect(readDuration(value)).toBeNull();
    expect(() => parseDuration(value as never, 'timeout')).toThrow("'timeout' is");
  });
});

test.each([
  [0, '0s'],
  [250, '250ms'],
  [90_000, '1m30s'],
  [7 * 86_400_000, '7d']
])('%i ms are written %s, which reads back as the same', (ms, text) => {
  expect(writeDuration(ms)).toBe(text);
  expect(parseDuration(text as Duration, 'every')).toBe(ms);
});
