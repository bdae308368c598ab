// Decisions that a voucher has sealed for a login of JupyterHub or Slack: they count as authenticated where the policy names the voucher, and
// nothing that a person signs can pass for one.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeDecider, whatItProves } from '../../../contract/holds/decision-proves.js';
import type { ApprovalState } from '../../../contract/holds/hold.js';
import type { HoldPolicy, RecordedPolicy } from '../../../contract/holds/policy.js';
import type { DecidePages } from '../../../contract/signature/decision-means.js';
import { VOUCHER_NAMESPACE } from '../../../contract/signature/vouched.js';
import { checkSignatures } from '../../../record/decisions/checked-signatures.js';
import { judgeJournal } from '../../../record/decisions/judge-journal.js';
import { SignatureChecks } from '../../../record/decisions/signature-checks.js';
import { signText } from '../../../record/signature/sign.js';
import { writeToken } from '../../../record/signature/token.js';
import { rounds } from '../../proof.js';
import { PAGE } from '../../contract/signature/authenticator.js';
import { makeSampleRun, POLICY, type SampleRun } from '../sample-run.js';
import { makeSigners, statementOf, type OtherStatement, type Signers } from '../signers.js';

const DECIDE = {
  rpId: PAGE.rpId,
  origins: [PAGE.origin],
  voucher: 'decide',
  slack: { ann: 'T01ABC/U024BE7LH', bob: 'T01ABC/U0BOB' }
};
const ROUNDS = rounds({ inTest: 40, inProof: 1000 });
const PARAMS = { name: 'QA sign-off', question: 'May it?', approvers: [], evidence: [], timeoutMs: null };

let signers: Signers;
let run: SampleRun;

beforeAll(() => {
  signers = makeSigners(['ann', 'bob']);
  allow(`decide namespaces="launchbook-voucher" ${publicKey('mallory')}`);
});
afterAll(() => signers.remove());
afterEach(() => run.end());

const publicKey = (name: string): string => readFileSync(`${signers.keyOf(name)}.pub`, 'utf8');
const ownLines = (): string => ['ann', 'bob'].map(name => `${name} ${publicKey(name)}`).join('');
const allow = (line: string): void => writeFileSync(signers.allowedSigners, `${ownLines()}${line}`);

async function ask(approvals: HoldPolicy = { grade: 'authenticated' }, policy: Partial<RecordedPolicy> = {}) {
  run = makeSampleRun(undefined, undefined, {
    policy: { ...POLICY, allowedSigners: signers.allowedSigners, approvals, decide: DECIDE, ...policy }
  });
  const running = await run.admit('ask');
  let shown!: (id: string) => void;
  const asked = new Promise<string>(resolve => (shown = resolve));
  const answer = run.approvals.ask(running, PARAMS, new AbortController().signal, shown);
  answer.catch(() => undefined);
  const id = await asked;
  return { id, answer, approval: (): ApprovalState => run.keeper.state.approvals[id]! };
}

/** Sealed with the voucher's key, or with `key` in `namespace`. */
async function sealed(
  approval: ApprovalState,
  by: string,
  other: OtherStatement = {},
  { key = 'mallory', namespace = VOUCHER_NAMESPACE } = {}
): Promise<string> {
  const vouched = { voucher: 'decide', login: `hub:${by}`, ...other };
  const text = statementOf(approval, by, vouched);
  return writeToken(text, await signText(text, signers.keyOf(key), namespace));
}

describe('a decision that the voucher has sealed', () => {
  test.each([
    ['hub:bob', 'hub', 'JupyterHub named the person'],
    ['slack:T01ABC/U0BOB', 'slack', 'Slack named the person']
  ])('for %s counts as authenticated, and says what that proves', async (login, means, proves) => {
    const { answer, approval } = await ask();
    await run.signed.take(await sealed(approval(), 'bob', { login }));
    expect(await answer).toMatchObject({
      by: { username: 'bob', grade: 'authenticated' },
      signature: { means }
    });
    const [decision] = approval().decisions;
    expect(describeDecider(decision!)).toBe(`bob (authenticated, ${means})`);
    expect(whatItProves(decision!)).toContain(proves);
    expect((await run.gate.admit(run.cellOf('ship'))).refusal).toBeNull();
  });

  test('of each of two people counts, although one key has sealed both', async () => {
    const { approval } = await ask({ grade: 'authenticated', required: 2 });
    await run.signed.take(await sealed(approval(), 'bob'));
    expect(approval().status).toBe('pending');
    await run.signed.take(await sealed(approval(), 'ann', { login: 'slack:T01ABC/U024BE7LH' }));
    expect(approval()).toMatchObject({ status: 'approved', decisions: { length: 2 } });
  });

  test('does not count where signatures are asked for', async () => {
    const { approval } = await ask({ grade: 'signed' });
    await expect(run.signed.take(await sealed(approval(), 'bob'))).rejects.toMatchObject({
      code: 'hold.weak_identity'
    });
  });

  test('does not count where the policy asks for other means', async () => {
    const { approval } = await ask({ grade: 'authenticated', means: ['key', 'hub'] });
    const login = 'slack:T01ABC/U0BOB';
    await expect(run.signed.take(await sealed(approval(), 'bob', { login }))).rejects.toMatchObject({
      code: 'hold.other_means',
      message: expect.stringContaining('signed with a key or a login of JupyterHub')
    });
    await run.signed.take(await sealed(approval(), 'bob'));
    expect(approval().status).toBe('approved');
  });
});

describe('nothing counts', () => {
  test.each<[string, object, { key?: string; namespace?: string }, string]>([
    ['that a person has sealed with their own key', {}, { key: 'ann' }, 'signature.forged'],
    ['that a person has sealed as a voucher', { voucher: 'ann' }, { key: 'ann' }, 'signature.forged'],
    [
      'that the voucher has signed as if it were the person',
      { voucher: undefined, login: undefined },
      { namespace: 'launchbook' },
      'signature.forged'
    ],
    ['that was sealed in another namespace', {}, { namespace: 'launchbook' }, 'signature.forged'],
    ['for the login of somebody else', { login: 'hub:ann' }, {}, 'signature.other_login'],
    ['for another Slack login', { login: 'slack:T01ABC/U024BE7LH' }, {}, 'signature.other_login'],
    ['for another workspace', { login: 'slack:T0OTHER/U0BOB' }, {}, 'signature.other_login'],
    ['for a login of another kind', { login: 'mail:bob' }, {}, 'signature.other_login'],
    ['without a login', { login: undefined }, {}, 'signature.unreadable'],
    ['for another run', { run: '2.4.0-staging-ffffff' }, {}, 'signature.other_run'],
    ['about other content', { content: 'f'.repeat(64) }, {}, 'signature.other_content']
  ])('%s', async (_, other, how, code) => {
    const { approval } = await ask();
    const token = await sealed(approval(), 'bob', other, how);
    await expect(run.signed.take(token)).rejects.toMatchObject({ code });
    expect(approval()).toMatchObject({ status: 'pending', decisions: [] });
  });

  test('for somebody whom nobody maps, also where the name is one of every object', async () => {
    const { approval } = await ask();
    for (const by of ['carol', 'constructor', 'toString']) {
      const token = await sealed(approval(), by, { login: 'slack:T01ABC/U024BE7LH' });
      await expect(run.signed.take(token)).rejects.toMatchObject({ code: 'signature.other_login' });
    }
  });

  test('when the policy names no voucher, or another one', async () => {
    for (const voucher of [undefined, 'other']) {
      const { rpId, origins, slack } = DECIDE;
      const decide = { rpId, origins, slack, ...(voucher && { voucher }) };
      const { approval } = await ask(undefined, { decide });
      await expect(run.signed.take(await sealed(approval(), 'bob'))).rejects.toMatchObject({
        code: 'signature.other_voucher'
      });
      run.end();
    }
  });

  test.each([
    ['a line without the namespace', (key: string) => `decide ${key}`],
    [
      'a line for other namespaces too',
      (key: string) => `decide namespaces="launchbook,launchbook-voucher" ${key}`
    ],
    ['a line of patterns', (key: string) => `* ${key}`],
    [
      'the namespace in the comment',
      (key: string) => `decide ${key.trim()} namespaces="launchbook-voucher"\n`
    ],
    [
      'a key that has ended',
      (key: string) => `decide namespaces="launchbook-voucher",valid-before="20200101" ${key}`
    ]
  ])('with %s', async (_, line) => {
    allow(line(publicKey('mallory')));
    const { approval } = await ask();
    await expect(run.signed.take(await sealed(approval(), 'bob'))).rejects.toMatchObject({
      code: 'signature.forged'
    });
    allow(`decide namespaces="launchbook-voucher" ${publicKey('mallory')}`);
  });

  test('twice', async () => {
    const { approval } = await ask({ grade: 'authenticated', required: 2 });
    const token = await sealed(approval(), 'bob');
    await run.signed.take(token);
    await expect(run.signed.take(token)).rejects.toMatchObject({ code: 'signature.used' });
    await expect(run.signed.take(await sealed(approval(), 'bob'))).rejects.toMatchObject({
      code: 'hold.decided_before'
    });
  });
});

test(`${ROUNDS} changed tokens: none counts, and the one that was not changed does`, async () => {
  const { answer, approval } = await ask();
  const token = await sealed(approval(), 'bob');
  const [head = '', text = '', seal = ''] = token.split('.');
  const changes: ((at: number) => string)[] = [
    at => [head, flipped(text, at), seal].join('.'),
    at => [head, text, flipped(seal, at)].join('.'),
    at => [head, decodedFlipped(text, at), seal].join('.'),
    at => [head, text, decodedFlipped(seal, at)].join('.')
  ];
  for (let round = 0; round < ROUNDS; round++) {
    const changed = changes[round % changes.length]!((round * 7919) % 4096);
    await expect(run.signed.take(changed)).rejects.toThrow();
  }
  expect(approval()).toMatchObject({ status: 'pending', decisions: [] });
  await run.signed.take(token);
  expect(await answer).toMatchObject({ by: { username: 'bob', grade: 'authenticated' } });
});

/** Another character at this place. */
function flipped(text: string, at: number): string {
  const place = at % text.length;
  return `${text.slice(0, place)}${text[place] === 'A' ? 'B' : 'A'}${text.slice(place + 1)}`;
}

/** One bit of what is encoded. */
function decodedFlipped(text: string, at: number): string {
  const bytes = Buffer.from(text, 'base64url');
  const place = at % bytes.length;
  bytes[place] = bytes[place]! ^ (1 << (at % 7));
  return bytes.toString('base64url');
}

test('a line with more options and quotes counts', async () => {
  allow(`"decide" valid-after="20250101",namespaces="launchbook-voucher" ${publicKey('mallory')}`);
  const { answer, approval } = await ask();
  await run.signed.take(await sealed(approval(), 'bob'));
  expect(await answer).toMatchObject({ by: { username: 'bob' } });
  allow(`decide namespaces="launchbook-voucher" ${publicKey('mallory')}`);
});

test('in the record it cannot be made more than it is, and whoever reads it asks the committed policies', async () => {
  const { answer, approval } = await ask();
  await run.signed.take(await sealed(approval(), 'bob', { login: 'slack:T01ABC/U0BOB' }));
  await answer;
  const check = async (records: typeof run.journal.records, pages: DecidePages[] = [DECIDE]) => {
    const checks = new SignatureChecks({
      name: 'allowed_signers',
      content: readFileSync(join(signers.folder, 'allowed_signers')),
      earlier: () => Promise.resolve([]),
      pages: () => Promise.resolve(pages)
    });
    const { faults } = await checkSignatures(judgeJournal(records).judged.decisions, checks);
    return faults.map(({ code }) => code);
  };
  const { records } = run.journal;
  expect(await check(records)).toEqual([]);
  expect(await check(records, [{ ...DECIDE, slack: {} }])).toEqual(['signature.other_login']);
  expect(await check(records, [{ ...DECIDE, voucher: 'other' }])).toEqual(['signature.other_voucher']);
  const changed = (change: object): typeof records =>
    records.map(record =>
      record.kind === 'approval-decided' ? { ...record, decision: { ...record.decision, ...change } } : record
    );
  const by = { username: 'bob', name: 'bob', grade: 'signed' as const };
  expect(await check(changed({ by }))).toEqual(['signature.other_means']);
  const { signature } = approval().decisions[0]!;
  expect(await check(changed({ signature: { ...signature, means: 'hub' } }))).toEqual([
    'signature.other_means'
  ]);
});
