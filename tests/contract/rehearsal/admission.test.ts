// What the journal says of admitted phases, and whether it still stands.
import { describe, expect, test } from '@jest/globals';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { faultsOfAdmission } from '../../../contract/rehearsal/admission.js';
import { brokenGlassesOf } from '../../../contract/state/broken-glass.js';
import { isWayBack } from '../../../contract/notebook/way-back.js';
import { foldJournal } from '../../../contract/reduce/reduce.js';
import { ANN, BOB, RUN_OPENED, stamp } from '../sample-journal.js';
import { DAY_MS, receiptOf, RULE, STEPS } from './receipts.js';

const PHASE = { phase: 'deploy', title: 'Deploy', rule: RULE, steps: STEPS };
// The records are stamped in the morning of the 22nd.
const RECEIPT = { ...receiptOf(), at: '2026-11-20T08:00:00.000Z' };
const ADMITTED: RecordBody = { kind: 'phase-admitted', ...PHASE, receipt: RECEIPT, by: ANN };
const RELEASED: RecordBody = {
  kind: 'phase-released',
  ...PHASE,
  missing: ['It was never rehearsed in staging or qa.'],
  by: BOB,
  reason: 'staging is down, the fix cannot wait'
};
const question = { rule: RULE, release: '2.4.0', mayBreak: () => true };
const admissionAfter = (...bodies: RecordBody[]) => {
  const { admissions } = foldJournal(stamp([RUN_OPENED, ...bodies]));
  return admissions['deploy']!;
};

describe('an admission', () => {
  test('keeps the receipt that it rests on, and stands for its content however old it becomes', () => {
    const admission = admissionAfter(ADMITTED);
    expect(admission).toMatchObject({ receipt: RECEIPT, breakGlass: null, missing: [], seq: 2 });
    expect(faultsOfAdmission(admission, STEPS, question)).toEqual([]);
  });

  test('falls with an edit, a step more and a stricter policy', () => {
    const admission = admissionAfter(ADMITTED);
    const [d1, d2] = STEPS;
    expect(faultsOfAdmission(admission, [d1!, { ...d2!, hashes: ['cc'] }], question)).toEqual([
      'The step “Deploy payments” was edited.'
    ]);
    const more = { id: 'd3', title: 'Mail', hashes: [] };
    expect(faultsOfAdmission(admission, [...STEPS, more], question)).toEqual(['The step “Mail” was added.']);
    const rule = { ...RULE, withinMs: DAY_MS };
    expect(faultsOfAdmission(admission, STEPS, { ...question, rule })[0]).toMatch(/^It is 2 d 0 h old/);
  });

  test('that does not say what may run, or on what it rests, lets nothing in', () => {
    const bare = STEPS.map(step => ({ ...step, hashes: [] }));
    expect(faultsOfAdmission(admissionAfter({ ...ADMITTED, steps: bare }), STEPS, question)).toEqual([
      'Its record does not say what may run.'
    ]);
    const forged = { ...admissionAfter(ADMITTED), receipt: null };
    expect(faultsOfAdmission(forged, STEPS, question)).toEqual(['Its record names no rehearsal.']);
  });
});

describe('a release against the policy', () => {
  test('lets the content in that the phase had, and marks the run for ever', () => {
    const state = foldJournal(stamp([RUN_OPENED, RELEASED, ADMITTED]));
    expect(state.admissions['deploy']?.breakGlass).toBeNull();
    expect(brokenGlassesOf(state)).toMatchObject([
      { name: 'Deploy', by: BOB, reason: 'staging is down, the fix cannot wait' }
    ]);
    const admission = admissionAfter(RELEASED);
    expect(faultsOfAdmission(admission, STEPS, question)).toEqual([]);
    expect(faultsOfAdmission(admission, [{ ...STEPS[0]!, hashes: ['cc'] }, STEPS[1]!], question)).toEqual([
      'The step “Deploy orders” was edited.'
    ]);
  });

  test('by a person whom the policy does not allow it does not stand', () => {
    const mayBreak = (username: string): boolean => username === 'cleo';
    expect(faultsOfAdmission(admissionAfter(RELEASED), STEPS, { ...question, mayBreak })).toEqual([
      'bob may not release against the policy.'
    ]);
  });
});

test.each([
  ['await rollback.run()', true],
  ['\n  await rollback.run();\n', true],
  ['await rollback.run(); await $`reboot`', false],
  ["await rollback('x', undo)", false],
  ['// await rollback.run()', false]
])('the way back is %j: %s', (code, expected) => {
  expect(isWayBack(code)).toBe(expected);
});
