// What `verify` finds of the order of steps in a journal that no kernel has written.
import { expect, test } from '@jest/globals';
import type { RecordBody } from '../../../contract/journal/journal.js';
import type { OrderRule } from '../../../contract/holds/policy.js';
import { orderFindings } from '../../../lifecycle/verify/order-findings.js';
import type { ArchiveFiles } from '../../../lifecycle/findings/verification.js';
import { NO_POLICY } from '../../../record/profile/read-policy.js';
import type { Outline } from '../../../contract/notebook/outline.js';
import { ANN, BOB, ended, OUTLINE, stamp, started } from '../../contract/sample-journal.js';
import { BEGIN } from '../status/summaries.js';

const FILES = { names: { journal: 'release.journal.jsonl' } } as ArchiveFiles;
const policy = (order: OrderRule): RecordBody => ({
  kind: 'policy-read',
  policy: { ...NO_POLICY, order },
  hash: 'h',
  holds: true,
  by: ANN
});
const waived: RecordBody = {
  kind: 'order-waived',
  step: 's1',
  open: ['p1'],
  by: BOB,
  reason: 'the shop is down'
};
const early = (open: readonly string[] = ['p1'], reason = 'the shop is down'): RecordBody =>
  ({ ...started('s1'), outOfOrder: { open, waived: { by: BOB, reason } } }) as RecordBody;
const findingsOf = (...bodies: readonly RecordBody[]) =>
  orderFindings(FILES, stamp([...BEGIN, ...bodies])).map(({ line, code, text }) => [line, code, text]);

const FOUND = ['order.not_kept', 'begins the step s1 although “Look” before it was open'] as const;

test.each<[string, RecordBody[], number | null]>([
  ['in order', [policy('kept'), started('p1'), ended('p1'), started('s1')], null],
  ['with a reason that was given before', [policy('kept'), waived, early()], null],
  ['where it is noted', [policy('noted'), started('s1')], null],
  ['in a journal of an earlier version', [started('s1')], null],
  ['after one that failed', [policy('kept'), started('p1'), ended('p1', 1, 'failed'), started('s1')], 7],
  ['with a reason that nobody gave', [policy('kept'), early()], 5],
  ['with another reason than was given', [policy('kept'), waived, early(['p1'], 'why not')], 6],
  ['with other steps than were open', [policy('kept'), waived, early([])], 6],
  ['with a reason that was used up', [policy('kept'), waived, early(), ended('s1', 1, 'failed'), early()], 8]
])('a step %s', (_name, bodies, line) => {
  expect(findingsOf(...bodies)).toEqual(line === null ? [] : [[line, ...FOUND]]);
});

test('a step that was deleted after the run began is open all the same, and an outline that changed nothing opens none', () => {
  const without = { ...OUTLINE, phases: OUTLINE.phases.slice(1) };
  const changed = (outline: Outline): RecordBody => ({ kind: 'outline', outline });
  expect(findingsOf(policy('kept'), changed(without), started('s1'))).toEqual([[6, ...FOUND]]);
  expect(findingsOf(policy('kept'), changed(without), waived, early())).toEqual([]);
  expect(findingsOf(policy('kept'), started('p1'), ended('p1'), changed(without), started('s1'))).toEqual([]);
});
