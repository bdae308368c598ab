import { expect, test } from '@jest/globals';
import type { PhaseRehearsal } from '../../../contract/rehearsal/phase-rehearsal.js';
import {
  describeLock,
  describeReceipt,
  describeRule,
  formatAge
} from '../../../contract/rehearsal/rehearsal-text.js';
import { DAY_MS, NOW_MS, receiptOf, RULE } from './receipts.js';

test('a receipt is told with place, age, outcome, duration and run', () => {
  expect(describeReceipt(receiptOf(), 0, NOW_MS)).toBe(
    'in staging 3 days ago: passed in 12 min 3 s (2.4.0-staging-3f9c21)'
  );
  expect(describeReceipt(receiptOf({ outcome: 'held' }), 2, NOW_MS)).toBe(
    'in staging 3 days ago: not at its end in 12 min 3 s, edited since (2.4.0-staging-3f9c21)'
  );
});

test('a rule is told in the words of the policy', () => {
  expect(describeRule(RULE)).toBe('a rehearsal in staging or qa within 7 days');
  expect(describeRule({ withinMs: null, environments: ['staging'], sameRelease: true })).toBe(
    'a rehearsal of the same release in staging'
  );
});

test.each([
  [-5, 'just now'],
  [59_999, 'just now'],
  [60_000, '1 minute ago'],
  [2 * 3_600_000, '2 hours ago'],
  [DAY_MS - 1, '23 hours ago'],
  [DAY_MS, '1 day ago']
])('%i ms is %s', (ms, text) => expect(formatAge(ms)).toBe(text));

test('a lock says in a few words what is missing', () => {
  const phase: PhaseRehearsal = {
    phase: 'deploy',
    title: 'Deploy',
    rule: RULE,
    receipt: null,
    changes: [],
    missing: ['It was never rehearsed in staging or qa.'],
    steps: {}
  };
  expect(describeLock(phase)).toBe('not rehearsed in staging or qa');
  expect(describeLock({ ...phase, receipt: receiptOf() })).toBe('its rehearsal does not count');
  expect(describeLock({ ...phase, receipt: receiptOf(), changes: ['x'] })).toBe('edited since its rehearsal');
  expect(describeLock({ ...phase, missing: [] })).toBe('');
});
