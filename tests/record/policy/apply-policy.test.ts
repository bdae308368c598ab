import { describe, expect, test } from '@jest/globals';
import { NO_POLICY } from '../../../record/profile/read-policy.js';
import { applyPolicy } from '../../../record/policy/apply-policy.js';
import type { HoldPolicy } from '../../../runbook/hold/policy.js';

const HOUR = 3_600_000;
const GROUPS = { qa: ['ann', 'bob'], ops: ['cleo', 'dan'] };

/** The rules of a cell that asks for `asked` where launchbook.yml asks for `least`. */
const apply = (least: HoldPolicy, asked: HoldPolicy) =>
  applyPolicy(
    { ...NO_POLICY, groups: GROUPS, approvals: least },
    { name: 'Go', phase: 'Deploy', asked, form: [], nowMs: 0 }
  ).rules;

/** Code and faults of the refusal. */
function refusalOf(least: HoldPolicy, asked: HoldPolicy): unknown {
  try {
    return apply(least, asked);
  } catch (error) {
    const { code, fields } = error as { code: string; fields: { faults: readonly string[] } };
    return [code, ...fields.faults];
  }
}

describe('a cell that asks for everyone', () => {
  test('asks for less when that is fewer people than launchbook.yml asks for', () => {
    expect(refusalOf({ approvers: ['qa'], required: 2 }, { everyone: true })).toEqual([
      'hold.below_policy',
      'everyone: one of each of qa is 1 person, launchbook.yml asks for at least 2.'
    ]);
    expect(apply({ approvers: ['qa', 'ops'], required: 2 }, { everyone: true })).toMatchObject({
      required: 2,
      everyone: true
    });
    expect(
      apply({ approvers: ['qa'], required: 2 }, { everyone: true, approvers: ['ann', 'bob'] }).required
    ).toBe(2);
  });

  test('asks for less when it names fewer entries than launchbook.yml does', () => {
    const least = { approvers: ['qa', 'qa', 'ops'], everyone: true };
    expect(refusalOf(least, { approvers: ['qa', 'ops'] })).toEqual([
      'hold.below_policy',
      'everyone: one of each of qa, ops is 2 people, launchbook.yml asks for at least 3.'
    ]);
    expect(refusalOf(least, { approvers: ['qa'] })).toContain(
      'everyone: the cell asks for qa, launchbook.yml for each of qa, qa, ops.'
    );
    expect(apply(least, {}).required).toBe(3);
  });

  test('and for more people than that can never have both', () => {
    expect(refusalOf({}, { approvers: ['ann', 'bob'], everyone: true, required: 3 })).toEqual([
      'hold.impossible',
      'The cell asks for 3 people, but one of each of ann, bob is 2 people.'
    ]);
  });
});

describe('the deputies of a cell', () => {
  const least = { approvers: ['qa'], escalate: { to: ['cleo'], afterMs: HOUR } };

  test('are not asked sooner than launchbook.yml asks them', () => {
    expect(refusalOf(least, { escalate: { to: ['cleo'], afterMs: 1 } })).toEqual([
      'hold.below_policy',
      'escalate: the cell asks its deputies after 1 ms, launchbook.yml not before 1 h 0 min.'
    ]);
    expect(apply(least, { escalate: { to: ['cleo'], afterMs: 2 * HOUR } }).escalation?.at).toBe(
      '1970-01-01T02:00:00.000Z'
    );
  });

  test('are those whom launchbook.yml names, also where anybody may approve', () => {
    expect(refusalOf(least, { escalate: { to: ['dan'], afterMs: HOUR } })).toEqual([
      'hold.below_policy',
      'escalate: the cell asks for dan, launchbook.yml for nobody but qa, cleo.'
    ]);
    expect(
      refusalOf(
        { escalate: { to: ['cleo'], afterMs: HOUR } },
        { approvers: ['ann'], escalate: { to: ['eve'], afterMs: HOUR } }
      )
    ).toEqual(['hold.below_policy', 'escalate: the cell asks for eve, launchbook.yml for nobody but cleo.']);
  });

  test('are not the approvers of another seat where everyone must approve', () => {
    const both = { approvers: ['qa', 'ops'], everyone: true };
    expect(refusalOf(both, { escalate: { to: ['qa'], afterMs: HOUR } })).toEqual([
      'hold.below_policy',
      'escalate: the cell asks for qa, launchbook.yml for nobody.'
    ]);
    expect(
      apply({ approvers: ['qa'], required: 2 }, { escalate: { to: ['ann'], afterMs: HOUR } }).required
    ).toBe(2);
  });
});
