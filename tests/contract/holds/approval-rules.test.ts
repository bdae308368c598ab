import { describe, expect, test } from '@jest/globals';
import {
  doubtOfFourEyes,
  faultsOfValues,
  ineligibilityOf,
  OPEN_RULES,
  standingOf
} from '../../../contract/holds/approval-rules.js';
import { type FormField } from '../../../contract/holds/hold-rules.js';
import { type ApprovalRules } from '../../../contract/holds/hold-rules.js';
import { assignSeats } from '../../../contract/holds/seats.js';
import { foldJournal } from '../../../contract/reduce/reduce.js';
import type { ApprovalState } from '../../../contract/holds/hold.js';
import type { Person } from '../../../contract/base/person.js';
import { ANN, BOB, KERNEL, OPENED, requested, stamp, started } from '../sample-journal.js';

const CLEO: Person = { username: 'cleo', name: 'Cleo', grade: 'claimed' };

function asked(rules: Partial<ApprovalRules>, deciders: readonly Person[] = []): ApprovalState {
  const request = requested('s1');
  if (request.kind !== 'approval-requested') {
    throw new Error('not a request');
  }
  const full = { ...OPEN_RULES, ...rules };
  const state = foldJournal(
    stamp([
      OPENED,
      KERNEL,
      started('s1'),
      { ...request, request: { ...request.request, rules: full } },
      ...deciders.map(by => ({
        kind: 'approval-decided' as const,
        approval: request.approval,
        decision: { decision: 'approved' as const, by, at: '2026-11-22T08:30:00.000Z', comment: '' },
        content: request.content
      }))
    ])
  );
  return state.approvals[request.approval]!;
}

describe('an approval that needs several people', () => {
  test('is pending until enough different people have approved', () => {
    expect(asked({ required: 2 }, [ANN]).status).toBe('pending');
    expect(asked({ required: 2 }, [ANN, BOB]).status).toBe('approved');
  });

  test('counts one person once, however often the journal says it', () => {
    const approval = asked({ required: 2 }, [ANN, ANN, ANN]);
    expect(approval.status).toBe('pending');
    expect(standingOf(approval).approvedBy).toEqual([ANN]);
  });

  test('with a seat for everyone needs a person of its own in each seat', () => {
    const seats = [
      { name: 'qa', members: ['ann', 'bob'] },
      { name: 'operations', members: ['ann'] }
    ];
    const rules = { everyone: true, required: 2, seats };
    expect(standingOf(asked(rules, [ANN])).awaited).toHaveLength(1);
    expect(asked(rules, [ANN]).status).toBe('pending');
    expect(asked(rules, [ANN, BOB]).status).toBe('approved');
    expect(standingOf(asked(rules, [BOB])).awaited).toEqual(['operations']);
  });
});

describe('who may decide', () => {
  const seats = [{ name: 'qa', members: ['ann', 'bob'] }];

  test('are those who are named, directly or by a group', () => {
    expect(ineligibilityOf(asked({ seats }), ANN, null)).toBeNull();
    expect(ineligibilityOf(asked({ seats }), CLEO, null)?.code).toBe('hold.not_named');
    expect(ineligibilityOf(asked({ seats }), CLEO, null)?.message).toContain('the page “Identity”');
    const anonymous = { ...CLEO, name: 'Anonymous Kore' };
    expect(ineligibilityOf(asked({ seats }), anonymous, null)?.message).toContain('a name at random');
    expect(ineligibilityOf(asked({}), CLEO, null)).toBeNull();
  });

  test('is not the driver when four eyes are asked for', () => {
    expect(ineligibilityOf(asked({ fourEyes: true }), ANN, ANN)?.code).toBe('hold.four_eyes');
    expect(ineligibilityOf(asked({ fourEyes: true }), ANN, BOB)).toBeNull();
    expect(ineligibilityOf(asked({}), ANN, ANN)).toBeNull();
  });

  test('nobody where the rules ask for a driver who can be told from others, and the driver cannot', () => {
    const rules = { fourEyes: true, driverGrade: 'authenticated' as const };
    const dan: Person = { username: 'dan', name: 'Dan Fox', grade: 'authenticated' };
    const refused = [
      ineligibilityOf(asked(rules), BOB, ANN),
      ineligibilityOf(asked(rules), BOB, null),
      ineligibilityOf(asked(rules), ANN, dan)
    ];
    expect(refused.map(reason => reason?.code)).toEqual(Array(3).fill('hold.four_eyes'));
    expect(refused.map(reason => reason?.message)).toEqual([
      expect.stringContaining('Ann Lee drives and is only claimed'),
      expect.stringContaining('nobody is known to drive'),
      expect.stringContaining('Ann Lee decides and is only claimed')
    ]);
    expect(refused[0]?.message).toContain('two signed decisions instead');
    expect(ineligibilityOf(asked(rules), BOB, dan)).toBeNull();
    expect(doubtOfFourEyes(rules, ANN)).toMatch(/^Four eyes cannot be kept: .* so no decision counts\./);
    expect(doubtOfFourEyes({ fourEyes: true }, ANN)).toMatch(/^Four eyes cannot be kept for certain/);
    expect(doubtOfFourEyes(rules, dan)).toBeNull();
  });

  test('is nobody below the grade that is asked for', () => {
    expect(ineligibilityOf(asked({ grade: 'authenticated' }), ANN, null)?.code).toBe('hold.weak_identity');
    expect(ineligibilityOf(asked({ grade: 'authenticated' }), BOB, null)).toBeNull();
  });

  test('is nobody who has decided already', () => {
    expect(ineligibilityOf(asked({ required: 2 }, [ANN]), ANN, null)?.code).toBe('hold.decided_before');
  });

  test('are the deputies too, once they were asked', () => {
    const escalation = { seats: [{ name: 'cleo', members: ['cleo'] }], at: '2026-11-22T08:10:00.000Z' };
    const approval = asked({ seats, escalation });
    expect(ineligibilityOf(approval, CLEO, null)?.code).toBe('hold.not_named');
    const escalated = { ...approval, escalatedAt: '2026-11-22T08:10:00.000Z' };
    expect(ineligibilityOf(escalated, CLEO, null)).toBeNull();
  });
});

describe('the answers to a form', () => {
  const form: FormField[] = [
    { name: 'window', label: 'Window', type: 'choice', choices: ['now', 'night'], required: true },
    { name: 'share', label: 'Share', type: 'number', choices: [], required: false }
  ];

  test('fit or are told apart, each fault by itself', () => {
    expect(faultsOfValues(form, { window: 'now', share: 5 }, 'approved')).toEqual([]);
    expect(faultsOfValues(form, { window: 'noon', share: 'x', other: 1 }, 'approved')).toHaveLength(3);
  });

  test('are needed for an approval only', () => {
    expect(faultsOfValues(form, {}, 'approved')).toEqual(['“Window” is not answered.']);
    expect(faultsOfValues(form, {}, 'rejected')).toEqual([]);
  });
});

describe('seats', () => {
  test('are filled as far as possible, in whatever order people come', () => {
    const seats = [['ann', 'bob'], ['ann'], null];
    for (const people of [
      ['ann', 'bob', 'cleo'],
      ['cleo', 'bob', 'ann'],
      ['bob', 'cleo', 'ann']
    ]) {
      expect(assignSeats(seats, people)).not.toContain(null);
    }
    expect(assignSeats(seats, ['ann', 'cleo']).filter(person => person === null)).toHaveLength(1);
  });
});
