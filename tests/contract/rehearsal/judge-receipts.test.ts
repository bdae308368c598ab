import { describe, expect, test } from '@jest/globals';
import { faultsOfReceipt, judgeReceipts } from '../../../contract/rehearsal/judge-receipts.js';
import type { Receipt } from '../../../contract/rehearsal/receipt.js';
import { changesOfSteps, type StepContent } from '../../../contract/rehearsal/step-content.js';
import { DAY_MS, NOW_MS, receiptOf, RULE, STEPS } from './receipts.js';

const question = { rule: RULE, release: '2.4.0', nowMs: NOW_MS };

describe('a receipt is enough for the rule', () => {
  test('when the run passed in a named environment in time', () => {
    expect(faultsOfReceipt(receiptOf(), question)).toEqual([]);
    expect(faultsOfReceipt(receiptOf({ mode: 'live', environment: 'qa' }, 7), question)).toEqual([]);
  });

  test.each<[string, Partial<Receipt>, number, string]>([
    ['is too old', {}, 9, 'It is 9 d 0 h old, the policy asks for at most 7 d 0 h.'],
    ['is a moment too old', {}, 7 + 1 / DAY_MS, 'It is 7 d 0 h old, the policy asks for at most 7 d 0 h.'],
    [
      'was in another environment',
      { environment: 'dev' },
      1,
      'It was in dev, the policy asks for staging or qa.'
    ],
    ['was a dry run', { mode: 'dry-run' }, 1, 'A dry run is no rehearsal.'],
    ['failed', { outcome: 'failed' }, 1, 'It has failed.'],
    ['was rejected', { outcome: 'rejected' }, 1, 'It was rejected.'],
    ['is inconclusive', { outcome: 'inconclusive' }, 1, 'It is inconclusive.'],
    ['did not come to its end', { outcome: 'held' }, 1, 'It has not come to its end.'],
    ['lies in the future', {}, -1, 'Its time is in the future.'],
    ['has no time', { at: 'yesterday' }, 1, 'Its time is in the future.']
  ])('not when it %s', (_, more, ageDays, fault) => {
    const receipt = receiptOf({}, ageDays);
    expect(faultsOfReceipt({ ...receipt, ...more }, question)[0]).toBe(fault);
  });

  test('not when a step was left out, and not for another release where the policy asks for the same', () => {
    const receipt = receiptOf();
    const [first, second] = receipt.steps;
    expect(
      faultsOfReceipt({ ...receipt, steps: [first!, { ...second!, status: 'skipped' }] }, question)
    ).toEqual(['Its step “Deploy payments” has not passed (skipped).']);
    const other = receiptOf({ release: '2.3.0' });
    expect(faultsOfReceipt(other, question)).toEqual([]);
    expect(faultsOfReceipt(other, { ...question, rule: { ...RULE, sameRelease: true } })).toEqual([
      'It was of release 2.3.0, the policy asks for the same, 2.4.0.'
    ]);
  });

  test('of any age where the policy names none', () => {
    const rule = { ...RULE, withinMs: null };
    expect(faultsOfReceipt(receiptOf({}, 400), { ...question, rule })).toEqual([]);
  });
});

describe('of several receipts', () => {
  const changed = (receipt: Receipt): Receipt => ({
    ...receipt,
    steps: receipt.steps.map(step => (step.id === 'd2' ? { ...step, content: 'cc' } : step))
  });
  const named = (run: string, more: Partial<Receipt>, ageDays: number): Receipt =>
    receiptOf({ run, ...more }, ageDays);
  const decides = (...receipts: Receipt[]): string | undefined =>
    judgeReceipts(receipts, STEPS, question)?.receipt.run;

  test('the newest one of the same content decides, also when it failed', () => {
    expect(decides(named('old', {}, 3), named('new', {}, 1))).toBe('new');
    expect(decides(named('old', {}, 3), named('failed', { outcome: 'failed' }, 1))).toBe('failed');
  });

  test('one that goes on now, or is of other content, hides none that counts', () => {
    expect(decides(named('whole', {}, 3), named('going', { outcome: 'held' }, 0))).toBe('whole');
    expect(decides(named('whole', {}, 3), changed(named('edited', {}, 1)))).toBe('whole');
    expect(decides(named('whole', {}, 3), named('elsewhere', { environment: 'dev' }, 1))).toBe('whole');
  });

  test('without one of the same content the newest tells what was changed', () => {
    expect(judgeReceipts([changed(named('edited', {}, 1))], STEPS, question)).toMatchObject({
      receipt: { run: 'edited' },
      changes: ['The step “Deploy payments” was edited.'],
      faults: []
    });
    expect(judgeReceipts([], STEPS, question)).toBeNull();
  });
});

describe('the content of a phase', () => {
  const [d1, d2] = STEPS as readonly [StepContent, StepContent];

  test.each<[string, readonly StepContent[], readonly string[]]>([
    ['the same', STEPS, []],
    ['edited', [d1, { ...d2, hashes: ['cc'] }], ['The step “Deploy payments” was edited.']],
    ['one of several hashes', [d1, { ...d2, hashes: ['cc', 'bb'] }], []],
    ['a step less', [d1], ['The step “Deploy payments” was removed.']],
    ['a step more', [...STEPS, { id: 'd3', title: 'Mail', hashes: ['dd'] }], ['The step “Mail” was added.']],
    ['another order', [d2, d1], ['The steps are in another order.']]
  ])('%s', (_, now, changes) => {
    expect(changesOfSteps(STEPS, now)).toEqual(changes);
  });
});
