import { describe, expect, test } from '@jest/globals';
import { policyChange } from '../../../contract/holds/policy-change.js';
import type { RecordedPolicy } from '../../../contract/holds/policy.js';
import type { RehearsalRule } from '../../../contract/rehearsal/receipt.js';
import { foldJournal } from '../../../contract/reduce/reduce.js';
import { ANN, KERNEL, OPENED, stamp } from '../sample-journal.js';

const WEEK = { withinMs: 604_800_000, environments: ['staging'], sameRelease: true };
const BASE: RecordedPolicy = {
  groups: { qa: ['ann', 'bob'] },
  approvals: {
    required: 2,
    grade: 'authenticated',
    approvers: ['qa'],
    fourEyes: true,
    comment: true,
    timeoutMs: 3_600_000
  },
  phases: { Deploy: { required: 3 } },
  rehearsal: { everywhere: WEEK, phases: { Mail: null } },
  order: 'noted',
  breakGlass: ['ann'],
  driverVanishedMs: 900_000,
  allowedSigners: 'allowed_signers',
  hub: 'http://hub/hub/api'
};
const hold = (approvals: object): RecordedPolicy => ({
  ...BASE,
  approvals: { ...BASE.approvals, ...approvals }
});
const rehearsed = (everywhere: RehearsalRule | null, phases: object = { Mail: null }): RecordedPolicy => ({
  ...BASE,
  rehearsal: { everywhere, phases: { ...phases } }
});
const weaker = (after: RecordedPolicy): readonly string[] => policyChange(BASE, after).weaker;

describe('a policy', () => {
  test.each<[string, RecordedPolicy, string]>([
    [
      'a page that decides',
      { ...BASE, decide: { rpId: 'a.example', origins: ['https://a.example'] } },
      'The pages that decide was none and is https://a.example.'
    ],
    ['no order', { ...BASE, order: 'free' }, 'The order of steps was noted and is free.'],
    ['fewer people', hold({ required: 1 }), 'Every hold point: required was 2 and is 1.'],
    [
      'a weaker grade',
      hold({ grade: 'claimed' }),
      'Every hold point: grade was authenticated and is claimed.'
    ],
    ['no four eyes', hold({ fourEyes: false }), 'Every hold point: fourEyes was true and is false.'],
    ['no comment', hold({ comment: undefined }), 'Every hold point: comment was true and is false.'],
    [
      'more time',
      hold({ timeoutMs: 7_200_000 }),
      'Every hold point: timeout was 1 h 0 min and is 2 h 0 min.'
    ],
    [
      'no time-out',
      hold({ timeoutMs: undefined }),
      'Every hold point: timeout was 1 h 0 min and is without limit.'
    ],
    ['anybody', hold({ approvers: undefined }), 'Every hold point: approvers was ann, bob and is anybody.'],
    [
      'somebody else',
      hold({ approvers: ['ann', 'eve'] }),
      'Every hold point: approvers was ann, bob and is ann, eve.'
    ],
    [
      'a group with one more member',
      { ...BASE, groups: { qa: ['ann', 'bob', 'eve'] } },
      'Every hold point: approvers was ann, bob and is ann, bob, eve.'
    ],
    [
      'an empty list of approvers, which is anybody',
      hold({ approvers: [] }),
      'Every hold point: approvers was ann, bob and is anybody.'
    ],
    [
      'deputies',
      hold({ escalate: { to: ['eve'], afterMs: 60_000 } }),
      'Every hold point: deputies was nobody and is eve.'
    ],
    [
      'no rehearsal',
      rehearsed(null),
      'Every phase: the required rehearsal was a rehearsal of the same release in staging within 7 days and is nothing.'
    ],
    [
      'an older rehearsal',
      rehearsed({ ...WEEK, withinMs: 1_209_600_000 }),
      'Every phase: the required rehearsal was a rehearsal of the same release in staging within 7 days and is a rehearsal of the same release in staging within 14 days.'
    ],
    [
      'a rehearsal somewhere else',
      rehearsed({ ...WEEK, environments: ['staging', 'test'] }),
      'Every phase: the required rehearsal was a rehearsal of the same release in staging within 7 days and is a rehearsal of the same release in staging or test within 7 days.'
    ],
    [
      'a rehearsal of any release',
      rehearsed({ ...WEEK, sameRelease: false }),
      'Every phase: the required rehearsal was a rehearsal of the same release in staging within 7 days and is a rehearsal in staging within 7 days.'
    ],
    [
      'a phase that needs no rehearsal',
      rehearsed(WEEK, { Mail: null, Deploy: null }),
      '“Deploy”: the required rehearsal was a rehearsal of the same release in staging within 7 days and is nothing.'
    ],
    ['less in one phase', { ...BASE, phases: {} }, 'Hold points of “Deploy”: required was 3 and is 2.'],
    ['a glass for more people', { ...BASE, breakGlass: null }, 'Break-glass was ann and is anybody.'],
    [
      'a driver who is replaced sooner',
      { ...BASE, driverVanishedMs: 60_000 },
      'The silence after which a driver may be replaced was 15 min 0 s and is 1 min 0 s.'
    ],
    [
      'any hub',
      { ...BASE, hub: null },
      'The JupyterHub that may vouch for people was http://hub/hub/api and is any.'
    ],
    [
      'other signers',
      { ...BASE, allowedSigners: 'mine' },
      'The file of allowed signers was allowed_signers and is mine.'
    ]
  ])('with %s asks for less', (_name, after, sentence) => {
    expect(weaker(after)).toContain(sentence);
    expect(
      policyChange(after, BASE).stricter.length + policyChange(after, BASE).weaker.length
    ).toBeGreaterThan(0);
  });

  test('that asks for more is stricter, and tells a rule of every hold point once', () => {
    const after = hold({ required: 4, grade: 'signed', approvers: ['ann'] });
    expect(policyChange(BASE, { ...after, phases: {} })).toEqual({
      stricter: [
        'Every hold point: required was 2 and is 4.',
        'Every hold point: grade was authenticated and is signed.',
        'Every hold point: approvers was ann, bob and is ann.',
        'Hold points of “Deploy”: required was 3 and is 4.'
      ],
      weaker: []
    });
  });

  test.each<[string, string[], string[], string]>([
    [
      'fewer entries',
      ['qa', 'ops'],
      ['qa'],
      'required was 2 (one of each: ann or bob; cleo) and is 1 (one of each: ann or bob).'
    ],
    [
      'a group instead of its members',
      ['ann', 'bob'],
      ['qa'],
      'required was 2 (one of each: ann; bob) and is 1 (one of each: ann or bob).'
    ],
    [
      'two of one entry instead of one of each',
      ['qa', 'ops'],
      ['ann', 'bob'],
      'required was 2 (one of each: ann or bob; cleo) and is 2 (one of each: ann; bob).'
    ]
  ])('that needs everyone, with %s, asks for less', (_name, was, is, sentence) => {
    const of = (approvers: string[]): RecordedPolicy => ({
      ...BASE,
      groups: { ...BASE.groups, ops: ['cleo'] },
      approvals: { everyone: true, approvers },
      phases: {}
    });
    expect(policyChange(of(was), of(is)).weaker).toEqual([`Every hold point: ${sentence}`]);
    expect(policyChange(of(was), of(was.toReversed()))).toEqual({ stricter: [], weaker: [] });
  });

  test('that needs one of each entry instead of a number asks for less when that is fewer people', () => {
    const of = (approvals: object): RecordedPolicy => ({ ...BASE, approvals, phases: {} });
    const two = of({ approvers: ['ann', 'bob'], required: 2 });
    expect(policyChange(two, of({ approvers: ['qa'], everyone: true })).weaker).toEqual([
      'Every hold point: required was 2 and is 1 (one of each: ann or bob).'
    ]);
    expect(policyChange(two, of({ approvers: ['ann', 'bob'], everyone: true })).weaker).toEqual([]);
    expect(policyChange(of({ approvers: ['ann', 'bob'], everyone: true }), two).weaker).toEqual([
      'Every hold point: everyone was true and is false.'
    ]);
  });

  test('of which a record tells nothing about rehearsals has not changed in them', () => {
    const { rehearsal, ...untold } = BASE;
    expect(rehearsal).toBeDefined();
    const same = { stricter: [], weaker: [] };
    expect(policyChange(untold, BASE)).toEqual(same);
    expect(policyChange(BASE, untold)).toEqual(same);
  });

  test('that asks for a rehearsal of one more phase is stricter', () => {
    expect(policyChange(BASE, rehearsed(WEEK, {}))).toEqual({
      stricter: [
        '“Mail”: the required rehearsal was nothing and is a rehearsal of the same release in staging within 7 days.'
      ],
      weaker: []
    });
  });

  test('is the same with other reminders, a group that is not named, or names instead of their group', () => {
    const same = { stricter: [], weaker: [] };
    expect(policyChange(BASE, hold({ remindEveryMs: 60_000 }))).toEqual(same);
    expect(policyChange(BASE, { ...BASE, groups: { ...BASE.groups, ops: ['eve'] } })).toEqual(same);
    expect(policyChange(BASE, hold({ approvers: ['bob', 'ann'] }))).toEqual(same);
  });
});

describe('the journal', () => {
  const read = (policy: RecordedPolicy, hash: string, holds = true) =>
    ({ kind: 'policy-read', policy, hash, holds, by: ANN }) as const;
  const stateOf = (...bodies: ReturnType<typeof read>[]) =>
    foldJournal(stamp([OPENED, KERNEL, ...bodies])).policy;

  test('tells which policy holds, what is held back, and every change that came to hold', () => {
    const less = hold({ required: 1 });
    const held = stateOf(read(BASE, 'a'), read(less, 'b', false));
    expect(held).toMatchObject({
      hash: 'a',
      heldBack: { weaker: ['Every hold point: required was 2 and is 1.'] },
      changes: []
    });
    expect(stateOf(read(BASE, 'a'), read(less, 'b', false), read(BASE, 'a'))?.heldBack).toBeNull();
    expect(stateOf(read(BASE, 'a'), read(less, 'b', false), read(less, 'b'))).toMatchObject({
      hash: 'b',
      heldBack: null,
      changes: [{ stricter: [], weaker: ['Every hold point: required was 2 and is 1.'] }]
    });
  });

  test('computes what has become weaker itself, whatever its writer called it', () => {
    const state = stateOf(read(BASE, 'a'), read({ ...BASE, breakGlass: null }, 'a'));
    expect(state?.changes[0]?.weaker).toEqual(['Break-glass was ann and is anybody.']);
  });

  test('of which one does not tell about the order is no change, and a stricter order is one', () => {
    const older = JSON.parse(JSON.stringify({ ...BASE, order: undefined })) as RecordedPolicy;
    expect(policyChange(older, BASE)).toEqual({ stricter: [], weaker: [] });
    expect(policyChange(BASE, older)).toEqual({ stricter: [], weaker: [] });
    expect(policyChange(BASE, { ...BASE, order: 'kept' })).toEqual({
      stricter: ['The order of steps was noted and is kept.'],
      weaker: []
    });
  });
});

describe('with what is decided', () => {
  const decide = { rpId: 'a.example', origins: ['https://a.example', 'https://b.a.example'] };
  const of = (change: Partial<RecordedPolicy>, approvals = {}): RecordedPolicy => ({
    ...BASE,
    decide,
    approvals: { ...BASE.approvals, means: ['passkey'], synced: false, ...approvals },
    phases: {},
    ...change
  });
  const changed = (change: Partial<RecordedPolicy>, approvals = {}) =>
    policyChange(of({}), of(change, approvals));

  test.each<[string, Partial<RecordedPolicy>, object, string]>([
    [
      'one more page',
      { decide: { ...decide, origins: [...decide.origins, 'https://c.a.example'] } },
      {},
      'The pages that decide was https://a.example, https://b.a.example and is https://a.example, https://b.a.example, https://c.a.example.'
    ],
    [
      'another host',
      { decide: { ...decide, rpId: 'example' } },
      {},
      'The host that passkeys are for was a.example and is example.'
    ],
    [
      'another voucher',
      { decide: { ...decide, voucher: 'door' } },
      {},
      'The voucher of logins was none and is door.'
    ],
    [
      'another login in Slack',
      { decide: { ...decide, slack: { ann: 'T01/U02' } } },
      {},
      'The people who decide in Slack was none and is ann (T01/U02).'
    ],
    [
      'more means',
      {},
      { means: ['key', 'passkey'] },
      'Every hold point: means was passkey and is key, passkey.'
    ],
    ['any means', {}, { means: undefined }, 'Every hold point: means was passkey and is any.'],
    ['other means', {}, { means: ['key'] }, 'Every hold point: means was passkey and is key.'],
    ['copied keys', {}, { synced: true }, 'Every hold point: synced was false and is true.'],
    [
      'copied keys by leaving it out',
      {},
      { synced: undefined },
      'Every hold point: synced was false and is true.'
    ]
  ])('%s is weaker', (_, change, approvals, text) => {
    expect(changed(change, approvals)).toEqual({ stricter: [], weaker: [text] });
  });

  test('fewer pages, and none, are stricter', () => {
    const fewer = changed({ decide: { ...decide, origins: ['https://a.example'] } });
    expect(fewer.weaker).toEqual([]);
    expect(fewer.stricter).toHaveLength(1);
    const none: RecordedPolicy = { ...BASE, approvals: of({}).approvals, phases: {} };
    expect(policyChange(of({}), none)).toMatchObject({ weaker: [], stricter: { length: 2 } });
    expect(policyChange(none, of({})).weaker).toHaveLength(2);
  });

  test('the same pages in another order are no change', () => {
    expect(changed({ decide: { ...decide, origins: [...decide.origins].reverse() } })).toEqual({
      stricter: [],
      weaker: []
    });
  });
});
