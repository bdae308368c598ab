import { describe, expect, test } from '@jest/globals';
import { OPEN_RULES } from '../../../contract/holds/approval-rules.js';
import type { ApprovalState, DecisionSignature } from '../../../contract/holds/hold.js';
import type { Person } from '../../../contract/base/person.js';
import { emptyRunState, type RunState } from '../../../contract/state/state.js';
import { NO_POLICY } from '../../../record/profile/read-policy.js';
import { faultsOfRelease } from '../../../record/policy/faults-of-release.js';
import type { HoldPolicy } from '../../../runbook/hold/policy.js';

const person = (username: string, grade: Person['grade'] = 'claimed'): Person => ({
  username,
  name: username,
  grade
});
const at = (minute: number): string => `2026-11-22T08:${String(minute).padStart(2, '0')}:00.000Z`;

/** Released at minute 10 by these people, with the comment of each. */
const approvedBy = (...decisions: (readonly [username: string, comment: string])[]): ApprovalState => ({
  id: 'a',
  name: 'Go',
  step: 'ask',
  attempt: 1,
  phase: 'Deploy',
  request: { question: '?', approvers: [], evidence: [], expiresAt: null, rules: OPEN_RULES },
  content: 'c',
  requestedAt: at(5),
  status: 'approved',
  decisions: decisions.map(([username, comment]) => ({
    decision: 'approved',
    by: person(username),
    at: at(10),
    comment
  })),
  changedAt: at(10),
  rev: 1
});

/** Ann ran the step that asks; the driver, when there is one, drives since `since`. */
const stateOf = (driver: string | null, since = 0): RunState =>
  ({
    ...emptyRunState(),
    steps: { ask: { attempts: [{ attempt: 1, by: person('ann') }] } },
    driver: driver && { person: person(driver), client: '', since: at(since), how: 'first', reason: '' }
  }) as unknown as RunState;

const faultsOf = (approvals: HoldPolicy, approval: ApprovalState, state = stateOf('ann')): string[] =>
  faultsOfRelease(approval, { ...NO_POLICY, groups: { qa: ['ann', 'bob'] }, approvals }, state);

describe('a release is held against the policy', () => {
  test('that everyone must approve, each entry by a person of its own', () => {
    const least = { everyone: true, approvers: ['qa', 'cleo'] };
    const fault = 'The policy is not fulfilled: nobody has approved for cleo.';
    expect(faultsOf(least, approvedBy(['ann', ''], ['bob', '']))).toEqual([fault]);
    expect(faultsOf(least, approvedBy(['ann', ''], ['cleo', '']))).toEqual([]);
    const escalating = { ...least, escalate: { to: ['dan'], afterMs: 1 } };
    const byDeputy = approvedBy(['ann', ''], ['dan', '']);
    expect(faultsOf(escalating, byDeputy)).toEqual([fault]);
    expect(faultsOf(escalating, { ...byDeputy, escalatedAt: at(7) })).toEqual([]);
    expect(faultsOf({ everyone: true }, approvedBy(['ann', '']))).toEqual([
      'The policy is not fulfilled: everyone must approve, but nobody is named.'
    ]);
  });

  test('that every decision has a comment', () => {
    expect(faultsOf({ comment: true }, approvedBy(['ann', 'Seen'], ['bob', ' ']))).toEqual([
      'The policy is not fulfilled: the decision of bob has no comment.'
    ]);
    expect(faultsOf({ comment: true }, approvedBy(['ann', 'Seen']))).toEqual([]);
  });

  test.each<[string, RunState, string[]]>([
    ['whoever drove then', stateOf('bob', 3), ['bob drove the run and decided']],
    ['whoever took the wheel later', stateOf('bob', 20), []],
    ['somebody else than the driver', stateOf('ann'), []],
    ['somebody else than who asked, without a driver', stateOf(null), []],
    [
      'somebody of whom nobody can tell',
      { ...stateOf(null), steps: {} },
      ['nobody can tell who drove when bob decided']
    ]
  ])('that the driver does not decide: %s', (_name, state, faults) => {
    expect(faultsOf({ fourEyes: true }, approvedBy(['bob', '']), state)).toEqual(
      faults.map(fault => `The policy is not fulfilled: ${fault}.`)
    );
    expect(faultsOf({}, approvedBy(['bob', '']), state)).toEqual([]);
  });

  test('that the driver can be told from whoever decides, where more than claims are asked for', () => {
    const signed = { fourEyes: true, grade: 'signed' as const };
    const approval = approvedBy(['bob', '']);
    const decisions = approval.decisions.map(each => ({ ...each, by: person('bob', 'signed') }));
    const drivenBy = (grade: Person['grade']): RunState =>
      ({
        ...stateOf(null),
        steps: { ask: { attempts: [{ attempt: 1, by: person('ann', grade) }] } }
      }) as unknown as RunState;
    expect(faultsOf(signed, { ...approval, decisions }, drivenBy('claimed'))).toEqual([
      'The policy is not fulfilled: ann drove and is only claimed, so that nobody can tell whether bob is somebody else than ann.'
    ]);
    expect(faultsOf(signed, { ...approval, decisions }, drivenBy('authenticated'))).toEqual([]);
  });

  test('that the driver does not decide: who asked, when the wheel changed later', () => {
    expect(faultsOf({ fourEyes: true }, approvedBy(['ann', '']), stateOf('bob', 20))).toHaveLength(1);
    expect(faultsOf({ fourEyes: true }, approvedBy(['ann', '']), stateOf('bob', 7))).toEqual([]);
  });
});

describe('with what was signed', () => {
  const signed = (signature: Partial<DecisionSignature>): ApprovalState => {
    const approval = approvedBy(['ann', 'Seen']);
    const proof = { token: '', id: '', key: 'SHA256:x', ...signature };
    return { ...approval, decisions: approval.decisions.map(one => ({ ...one, signature: proof })) };
  };
  const decide = { rpId: 'a.example', origins: ['https://a.example'] };
  const of = (approvals: HoldPolicy, signature: Partial<DecisionSignature>): string[] =>
    faultsOfRelease(signed(signature), { ...NO_POLICY, decide, approvals }, stateOf('bob'));
  const phone = { means: 'passkey', origin: 'https://a.example', synced: true } as const;

  test.each<[string, HoldPolicy, Partial<DecisionSignature>, string | null]>([
    ['a passkey where one is asked for', { means: ['passkey'] }, phone, null],
    ['a key of an older journal', { means: ['key'] }, {}, null],
    ['a key where a passkey is asked for', { means: ['passkey'] }, {}, 'signed with a key'],
    ['a passkey where a key is asked for', { means: ['key'] }, phone, 'signed with a passkey'],
    ['a copied passkey', { synced: false }, phone, 'a passkey that stays on one device'],
    ['a page that is none any more', {}, { ...phone, origin: 'https://b.example' }, 'no page that decides']
  ])('%s', (_, policy, signature, fault) => {
    const faults = of(policy, signature);
    expect(faults.join()).toContain(fault ?? '');
    expect(faults).toHaveLength(fault === null ? 0 : 1);
  });

  test('a click does not fulfil it', () => {
    expect(faultsOf({ means: ['key', 'passkey'] }, approvedBy(['ann', 'Seen'])).join()).toContain(
      'not signed'
    );
  });
});
