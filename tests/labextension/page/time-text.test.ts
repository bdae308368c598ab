// Points in time as text.
import { expect, test } from '@jest/globals';
import { bothClocks, clockText } from '../../../labextension/page/time-text.js';

test('the day is named only when it is another one than that of the reference', () => {
  expect(clockText('2026-11-22T07:50:03.400Z', 'UTC', '2026-11-22T23:00:00.000Z')).toBe('07:50:03');
  expect(clockText('2026-11-22T07:50:03.400Z', 'UTC', '2026-11-23T00:00:00.000Z')).toBe(
    '2026-11-22 07:50:03'
  );
});

test('local time follows the clock of the machine', () => {
  const time = new Date(2026, 10, 22, 7, 5, 9);
  expect(clockText(time.toISOString(), 'local', time.toISOString())).toBe('07:05:09');
});

test('a tooltip has UTC and local time', () => {
  expect(bothClocks('2026-11-22T07:50:03.400Z')).toMatch(
    /^2026-11-22 07:50:03 UTC \(local 2026-11-2\d \d\d:50:03\)$/
  );
});

test('a text that is no time stays as it is', () => {
  expect(clockText('soon', 'UTC', 'now')).toBe('soon');
  expect(bothClocks('soon')).toBe('soon');
});
