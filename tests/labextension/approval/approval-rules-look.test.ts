// What the rules of an approval change in its look: who is awaited, who may decide here, and what else can be done.
import { describe, expect, test } from '@jest/globals';
import { approvalBundle } from '../../../contract/holds/fallback.js';
import { OPEN_RULES } from '../../../contract/holds/approval-rules.js';
import { type ApprovalRules } from '../../../contract/holds/hold-rules.js';
import type { RecordBody } from '../../../contract/journal/journal.js';
import type { Person } from '../../../contract/base/person.js';
import type { Viewer } from '../../../contract/holds/pending.js';
import { approvalLook, type ApprovalLook } from '../../../labextension/approval/approval-look.js';
import { ENGLISH } from '../english.js';
import { ANN, asked, opened, started, stateOf, timeOf } from '../journal-of.js';

const BOB: Person = { username: 'bob', name: 'Bob Ray', grade: 'claimed' };
const SEATS = [
  { name: 'qa', members: ['ann', 'bob'] },
  { name: 'sre', members: ['cat'] }
];

function lookOf(
  rules: Partial<ApprovalRules>,
  viewer: Partial<Viewer> = {},
  ...more: RecordBody[]
): ApprovalLook {
  const request = asked('c', ['qa', 'sre']) as Extract<RecordBody, { kind: 'approval-requested' }>;
  const withRules = {
    ...request,
    request: { ...request.request, rules: { ...OPEN_RULES, seats: SEATS, ...rules } }
  };
  const state = stateOf(opened(), started('c'), withRules, ...more);
  const all: Viewer = { you: ANN, driver: null, ...viewer };
  return approvalLook(state.approvals['approval-1']!, 'live', null, ENGLISH, all);
}

const approvedBy = (by: Person): RecordBody => ({
  kind: 'approval-decided',
  approval: 'approval-1',
  content: 'c0ffee',
  decision: { decision: 'approved', by, at: timeOf(20), comment: 'seen' }
});

describe('an approval that needs several', () => {
  test('counts, goes on waiting, and shows the decision that is there', () => {
    const look = lookOf({ required: 2 }, { you: BOB }, approvedBy(ANN));
    expect(look).toMatchObject({ word: 'Waiting for approval', form: 'open' });
    expect(look.awaited?.progress).toBe('1 of 2 approved');
    expect(look.decisions).toHaveLength(1);
    expect(look.rules).toContain('2 different people have to approve.');
  });

  test('takes one decision of a person, and says so', () => {
    const look = lookOf({ required: 2 }, { you: ANN }, approvedBy(ANN));
    expect(look.form).toBe('none');
    expect(look.note).toContain('has decided on “QA sign-off” already');
  });

  test('of everybody names who is still awaited', () => {
    expect(lookOf({ everyone: true }, { you: BOB }, approvedBy(ANN)).awaited?.who).toBe('sre');
  });
});

describe('who may not decide', () => {
  test.each([
    [
      'somebody who is not named',
      {},
      { you: { ...BOB, username: 'eve', name: 'Eve' } },
      'is not among those'
    ],
    ['the driver, with four eyes', { fourEyes: true }, { you: ANN, driver: ANN }, 'needs somebody else'],
    [
      'a claimed identity where signed ones count',
      { grade: 'signed' as const },
      { you: ANN },
      'needs a decision of grade signed'
    ],
    [
      'anybody where the driver cannot be told from others',
      { fourEyes: true, driverGrade: 'authenticated' as const },
      { you: { ...BOB, grade: 'authenticated' as const }, driver: ANN },
      'Ann Lee drives and is only claimed'
    ]
  ])('%s sees the reason and no form', (_, rules, viewer, reason) => {
    const look = lookOf(rules, viewer);
    expect(look.form).toBe('none');
    expect(look.note).toContain(reason);
    expect(look.otherWays).toContain('signed');
  });
});

test('why four eyes could not be told is still said when it was decided', () => {
  const doubt = 'Four eyes cannot be kept for certain: Ann Lee drives and is only claimed.';
  const body = asked('c', ['qa']) as Extract<RecordBody, { kind: 'approval-requested' }>;
  const doubted = { ...body, request: { ...body.request, doubt } };
  const { approvals } = stateOf(opened(), started('c'), doubted, approvedBy(ANN));
  expect(approvalLook(approvals['approval-1']!, 'live', null, ENGLISH).note).toContain(doubt);
  expect(approvalBundle(approvals['approval-1']!, null)['text/plain']).toContain(doubt);
});

describe('other ways', () => {
  test('a pending one takes signed decisions, and breaks for whom the policy names', () => {
    expect(lookOf({}).otherWays).toEqual(['signed', 'break-glass']);
    expect(lookOf({ breakGlass: [] }).otherWays).toEqual(['signed']);
    expect(lookOf({ breakGlass: [{ name: 'boss', members: ['cat'] }] }).otherWays).toEqual(['signed']);
    expect(lookOf({ breakGlass: [{ name: 'boss', members: ['ann'] }] }).otherWays).toContain('break-glass');
  });

  test('an approved one can be taken back by whoever may decide and by the driver', () => {
    const dan: Person = { username: 'dan', name: 'Dan Fox', grade: 'claimed' };
    expect(lookOf({}, {}, approvedBy(ANN)).otherWays).toEqual(['revoke']);
    expect(lookOf({}, { you: dan, driver: dan }, approvedBy(ANN)).otherWays).toEqual(['revoke']);
    expect(lookOf({}, { you: dan, driver: ANN }, approvedBy(ANN)).otherWays).toEqual([]);
  });
});

test('with what a decision has to be signed is said before anybody decides, and why a click does not count', () => {
  const look = lookOf({ means: ['passkey', 'key'], synced: false }, { you: ANN });
  expect(look.rules).toEqual([
    'A decision has to be signed with a passkey or a key.',
    'A passkey has to stay on one device.'
  ]);
  expect(look).toMatchObject({ form: 'none', note: expect.stringContaining('this one is not signed') });
});

test('rules are said before anybody decides', () => {
  expect(
    lookOf({
      fourEyes: true,
      grade: 'authenticated',
      comment: true,
      escalation: { seats: [SEATS[1]!], at: timeOf(59) }
    }).rules
  ).toEqual([
    'The driver may not decide.',
    'Identities have to be authenticated.',
    'A decision needs a comment.',
    'At 2026-11-22 08:00:59 UTC the question also goes to sre.'
  ]);
});

test('a decision shows the answers of its form and the key that signed it', () => {
  const form = [
    { name: 'window', label: 'Window', type: 'choice' as const, choices: ['now', 'night'], required: true }
  ];
  const decided: RecordBody = {
    kind: 'approval-decided',
    approval: 'approval-1',
    content: 'c0ffee',
    decision: {
      decision: 'approved',
      by: { ...ANN, grade: 'signed' },
      at: timeOf(20),
      comment: '',
      values: { window: 'night' },
      signature: { token: 't', id: 'i', key: 'SHA256:abc' }
    }
  };
  expect(lookOf({ form }, {}, decided).decisions[0]).toMatchObject({
    text: 'Approved by Ann Lee (signed)',
    details: [
      'Window: night',
      'Signed with SHA256:abc',
      'What it proves: a key signed it: its holder, for ever; not that a person did it by hand.'
    ]
  });
});

test('a broken glass says by whom and why', () => {
  const look = lookOf(
    {},
    {},
    {
      kind: 'glass-broken',
      approval: 'approval-1',
      by: BOB,
      reason: 'Nobody of QA can be reached, orders are down'
    }
  );
  expect(look.broken).toContain('Released against the policy by Bob Ray (claimed)');
  expect(look.broken).toContain('orders are down');
});
