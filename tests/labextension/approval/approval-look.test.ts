// Every state of an approval, as a person sees it.
import { describe, expect, test } from '@jest/globals';
import type { RecordBody } from '../../../contract/journal/journal.js';
import type { ApprovalState } from '../../../contract/holds/hold.js';
import { approvalLook } from '../../../labextension/approval/approval-look.js';
import { accessOf, shownHold } from '../../../labextension/approval/hold-access.js';
import { ENGLISH } from '../english.js';
import { asked, decided, opened, started, stateOf } from '../journal-of.js';

function approvalAfter(...bodies: readonly RecordBody[]): ApprovalState {
  return stateOf(opened(), started('c'), ...bodies).approvals['approval-1']!;
}

function closed(status: 'expired' | 'withdrawn' | 'stale' | 'revoked'): RecordBody {
  return { kind: 'approval-closed', approval: 'approval-1', status, reason: '' };
}

describe('a pending approval', () => {
  test('shows the question, who is awaited since when, and an open form', () => {
    expect(approvalLook(approvalAfter(asked()), 'live', null, ENGLISH)).toMatchObject({
      glyph: 'waiting',
      word: 'Waiting for approval',
      question: 'Is it fit?',
      awaited: { who: 'qa-lead', atText: '2026-11-22 08:00:03 UTC' },
      evidence: [{ label: 'Error rate', text: '0.02 %' }],
      form: 'open',
      note: ''
    });
  });

  test('without named approvers waits for anybody', () => {
    expect(approvalLook(approvalAfter(asked('c', [])), 'live', null, ENGLISH).awaited?.who).toBe('anybody');
  });

  test('that was sent cannot be changed until it is recorded', () => {
    const look = approvalLook(approvalAfter(asked()), 'live', 'approved', ENGLISH);
    expect(look.form).toBe('sending');
    expect(look.note).toBe('Sent. Waiting for the kernel to record it …');
  });

  test.each([
    ['no-kernel', 'no kernel of this run is connected'],
    ['not-recorded', 'The record of this run does not have it'],
    ['no-notebook', 'open the notebook to decide']
  ] as const)('with access `%s` is for reading and says why', (access, reason) => {
    const look = approvalLook(approvalAfter(asked()), access, null, ENGLISH);
    expect(look.form).toBe('none');
    expect(look.note).toContain(reason);
  });
});

test.each([
  ['approved', [decided()], 'passed', 'Approved', ''],
  ['rejected', [decided('rejected')], 'rejected', 'Rejected', 'The run stopped here'],
  ['expired', [closed('expired')], 'failed', 'Expired', 'nothing was released'],
  ['withdrawn', [closed('withdrawn')], 'aborted', 'Withdrawn', 'ended before anybody decided'],
  ['stale', [decided(), closed('stale')], 'stale', 'Stale', 'has changed since'],
  ['revoked', [decided(), closed('revoked')], 'rejected', 'Revoked', 'locked again']
] as const)(
  'an approval that is %s has no form, its own glyph and word, and says what follows',
  (_status, bodies, glyph, word, note) => {
    const look = approvalLook(approvalAfter(asked(), ...bodies), 'live', null, ENGLISH);
    expect(look).toMatchObject({ glyph, word, form: 'none', awaited: null });
    expect(look.note).toContain(note);
  }
);

test('a decision shows who with the grade, when in UTC, and the comment', () => {
  expect(approvalLook(approvalAfter(asked(), decided()), 'live', null, ENGLISH).decisions).toMatchObject([
    { text: 'Approved by Ann Lee (claimed)', atText: '2026-11-22 08:00:30 UTC', comment: 'Looks good' }
  ]);
});

describe('a saved output', () => {
  const forged = { ...approvalAfter(asked(), decided()), rev: 1e9 };

  test('that claims an approval which the record does not have shows nothing of it', () => {
    for (const source of ['kernel', 'journal'] as const) {
      const { hold, access } = shownHold(forged, undefined, source);
      const look = approvalLook(hold, access, null, ENGLISH);
      expect(look).toMatchObject({
        word: "Not in this run's record",
        glyph: 'inconclusive',
        decisions: [],
        form: 'none'
      });
      expect(look.note).toMatch(/proves and releases nothing/);
    }
  });

  test('gives way to the record, whatever it says of its age', () => {
    const recorded = approvalAfter(asked());
    expect(shownHold(forged, recorded, 'kernel')).toEqual({ hold: recorded, access: 'live' });
    expect(shownHold(forged, recorded, 'journal')).toEqual({ hold: recorded, access: 'no-kernel' });
  });

  test('is all there is where no record can be looked at', () => {
    expect(shownHold(forged, undefined, 'none')).toEqual({ hold: forged, access: 'no-kernel' });
    expect(shownHold(forged, undefined, null)).toEqual({ hold: forged, access: 'no-notebook' });
  });
});

test('only a connected kernel that knows the request gives access', () => {
  expect(accessOf('kernel', true)).toBe('live');
  expect(accessOf('kernel', false)).toBe('not-recorded');
  expect(accessOf('journal', false)).toBe('not-recorded');
  expect(accessOf('journal', true)).toBe('no-kernel');
  expect(accessOf('none', false)).toBe('no-kernel');
});
