// Policies that nobody can meet.
import { expect, test } from '@jest/globals';
import { unmetPolicies, type KnownIdentities } from '../../../contract/holds/unmet-policy.js';
import type { HoldPolicy } from '../../../contract/holds/policy.js';

const groups = { qa: ['ann', 'bob'] };
const told = (approvals: HoldPolicy, known: KnownIdentities, phases = {}): string[] =>
  unmetPolicies('production', { approvals, phases, groups }, known);

const CLAIMED = { server: 'claimed', signers: [] } as const;
const HUB = { server: 'authenticated', signers: [] } as const;
const UNKNOWN = { server: null, signers: [] } as const;

test.each<[string, HoldPolicy, KnownIdentities]>([
  ['asks for nothing of identity', { approvers: ['qa'] }, CLAIMED],
  ['asks for an authenticated person under a hub', { grade: 'authenticated' }, HUB],
  ['asks for an authenticated person, and the server is not known', { grade: 'authenticated' }, UNKNOWN],
  [
    'asks for an authenticated person who can sign',
    { grade: 'authenticated' },
    { ...CLAIMED, signers: ['ann'] }
  ],
  ['asks for a signature of anybody', { grade: 'signed' }, { ...UNKNOWN, signers: ['eve'] }],
  [
    'asks for a signature of a group',
    { grade: 'signed', approvers: ['qa'] },
    { ...UNKNOWN, signers: ['bob'] }
  ],
  ['asks for two of a pattern', { grade: 'signed', required: 2 }, { ...UNKNOWN, signers: ['*@example.org'] }]
])('nothing is said of a policy that %s', (_what, policy, known) => {
  expect(told(policy, known)).toEqual([]);
});

test('where a voucher is named, logins decide; they are no signatures', () => {
  const decide = { rpId: 'a.example', origins: ['https://a.example'], voucher: 'door' };
  const of = (approvals: HoldPolicy, pages: object = { decide }): string[] =>
    unmetPolicies('production', { approvals, phases: {}, groups, ...pages }, CLAIMED);
  expect(of({ grade: 'authenticated' })).toEqual([]);
  expect(of({ grade: 'authenticated', means: ['slack'] })).toEqual([]);
  expect(of({ grade: 'authenticated' }, {})).toHaveLength(1);
  expect(of({ grade: 'authenticated', means: ['passkey'] })).toHaveLength(1);
  expect(of({ grade: 'signed', means: ['key', 'slack'] })).toHaveLength(1);
});

test('a driver whom nobody can tell from others is named, with the way out', () => {
  const policy = { grade: 'signed', fourEyes: true } as const;
  const signers = ['ann'];
  expect(told(policy, { ...CLAIMED, signers })).toEqual([
    expect.stringMatching(/nobody can tell who drives\. .* two signed decisions instead/)
  ]);
  expect(told(policy, { ...HUB, signers })).toEqual([]);
  expect(told(policy, { ...UNKNOWN, signers })).toEqual([]);
  expect(told({ fourEyes: true }, CLAIMED)).toEqual([]);
});

test.each<[HoldPolicy, KnownIdentities, string]>([
  [
    { grade: 'authenticated', approvers: ['qa'] },
    CLAIMED,
    'asks for authenticated decisions; this server knows people as claimed only, and none of qa has a key in allowed_signers.'
  ],
  [{ grade: 'signed' }, HUB, 'asks for signed decisions; nobody has a key in allowed_signers.'],
  [
    { grade: 'signed', approvers: ['qa'] },
    { ...HUB, signers: ['eve'] },
    'asks for signed decisions; none of qa has a key in allowed_signers.'
  ],
  [
    { grade: 'signed', approvers: ['qa'], required: 2 },
    { ...HUB, signers: ['ann', 'eve'] },
    'asks for signed decisions; only ann has a key in allowed_signers, and it needs 2 people.'
  ]
])('%j is told', (policy, known, reason) => {
  expect(told(policy, known)).toEqual([`The policy of production ${reason}`]);
});

test('a phase takes what it does not say itself from the general policy, and the same reason is told once', () => {
  expect(told({ grade: 'signed' }, HUB, { Deploy: { required: 1 } })).toHaveLength(1);
  expect(told({ grade: 'signed' }, HUB, { Deploy: { grade: 'authenticated' } })).toHaveLength(1);
  expect(told({}, CLAIMED, { Deploy: { grade: 'signed' } })).toEqual([
    "The policy of production for the phase 'Deploy' asks for signed decisions; nobody has a key in allowed_signers."
  ]);
});

const KEYS: KnownIdentities = {
  ...UNKNOWN,
  signers: ['ann', 'bob', 'cleo'],
  passkeys: [
    { names: ['ann'], isSynced: true },
    { names: ['cleo'], isSynced: false }
  ],
  keys: ['bob']
};

test.each<[string, HoldPolicy, string[]]>([
  ['a passkey of anybody', { means: ['passkey'] }, []],
  ['a passkey of those who have one', { means: ['passkey'], approvers: ['ann'] }, []],
  [
    'a passkey of one who has a key',
    { means: ['passkey'], approvers: ['bob'] },
    ['The policy of production asks for signed decisions; none of bob has a passkey in allowed_signers.']
  ],
  [
    'a passkey of one device of one whose passkey is synced',
    { means: ['passkey'], synced: false, approvers: ['ann'] },
    [
      'The policy of production asks for signed decisions; none of ann has a passkey of one device in allowed_signers.'
    ]
  ],
  [
    'keys of two where one has a passkey alone',
    { means: ['key'], required: 2, approvers: ['ann', 'bob'] },
    [
      'The policy of production asks for signed decisions; only bob has a key in allowed_signers, and it needs 2 people.'
    ]
  ],
  ['either of two', { means: ['key', 'passkey'], required: 2, approvers: ['ann', 'bob'] }, []]
])('a policy that asks for %s is met by those keys alone', (_, policy, sentences) => {
  expect(told(policy, KEYS)).toEqual(sentences);
});
