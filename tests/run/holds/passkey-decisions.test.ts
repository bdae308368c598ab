// Decisions that a passkey or a security key has signed, in a run: what ssh-keygen leaves open is asked for here too.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { appendFileSync } from 'node:fs';
import type { ApprovalState, DecisionSignature } from '../../../contract/holds/hold.js';
import type { HoldPolicy, RecordedPolicy } from '../../../contract/holds/policy.js';
import { passkeySignature } from '../../../contract/signature/passkey.js';
import { writeToken } from '../../../record/signature/token.js';
import { PAGE, Passkey, SecurityKey, type Otherwise } from '../../contract/signature/authenticator.js';
import { makeSampleRun, POLICY, type SampleRun } from '../sample-run.js';
import { makeSigners, statementOf, type OtherStatement, type Signers } from '../signers.js';

const DECIDE = { rpId: PAGE.rpId, origins: [PAGE.origin] };
const PARAMS = { name: 'QA sign-off', question: 'May it?', approvers: [], evidence: [], timeoutMs: null };

let signers: Signers;
const phone = new Passkey('ann');
const cloud = new Passkey('bob', { isSynced: true });
const stick = new SecurityKey('bob');
let run: SampleRun;

beforeAll(() => {
  signers = makeSigners(['ann', 'bob']);
  appendFileSync(signers.allowedSigners, [phone, cloud, stick].map(({ line }) => `${line}\n`).join(''));
});
afterAll(() => signers.remove());
afterEach(() => run.end());

async function ask(
  approvals: HoldPolicy = { grade: 'signed' },
  policy: Partial<RecordedPolicy> = { decide: DECIDE }
) {
  run = makeSampleRun(undefined, undefined, {
    policy: { ...POLICY, allowedSigners: signers.allowedSigners, approvals, ...policy }
  });
  const running = await run.admit('ask');
  let shown!: (id: string) => void;
  const asked = new Promise<string>(resolve => (shown = resolve));
  const answer = run.approvals.ask(running, PARAMS, new AbortController().signal, shown);
  answer.catch(() => undefined);
  const id = await asked;
  return { id, answer, approval: (): ApprovalState => run.keeper.state.approvals[id]! };
}

const tokenOf = (
  approval: ApprovalState,
  key: Passkey | SecurityKey,
  otherwise: Otherwise = {},
  other: OtherStatement = {}
): string => {
  const text = statementOf(approval, key.name, other);
  return writeToken(text, key.sign(text, otherwise));
};

describe('a passkey', () => {
  test('releases; the journal says on which page and with which kind of key, and the release stands', async () => {
    const { answer, approval } = await ask();
    await run.signed.take(tokenOf(approval(), phone));
    expect(await answer).toMatchObject({
      by: { username: 'ann', grade: 'signed' },
      signature: { means: 'passkey', origin: PAGE.origin, synced: false }
    });
    expect((await run.gate.admit(run.cellOf('ship'))).refusal).toBeNull();
  });

  test.each<[string, Otherwise, string]>([
    ['that nobody touched', { flags: 0x04 }, 'signature.not_present'],
    ['whose device verified nobody', { flags: 0x01 }, 'signature.not_verified'],
    ['whose device contradicts itself', { flags: 0x15 }, 'signature.bad_flags'],
    ['that could not be copied when it was enrolled, and can be', { flags: 0x1d }, 'signature.forged'],
    ['on another page of the same host', { origin: `${PAGE.origin}:1` }, 'signature.other_origin'],
    ['on localhost', { origin: 'http://localhost:8090' }, 'signature.other_origin'],
    ['in a frame', { rest: ',"crossOrigin":true' }, 'signature.framed']
  ])('%s does not count', async (_, otherwise, code) => {
    const { approval } = await ask();
    await expect(run.signed.take(tokenOf(approval(), phone, otherwise))).rejects.toMatchObject({ code });
    expect(approval()).toMatchObject({ status: 'pending', decisions: [] });
  });

  test('over other content, or a second time, does not count', async () => {
    const { answer, approval } = await ask();
    const other = tokenOf(approval(), phone, {}, { content: 'f'.repeat(64) });
    await expect(run.signed.take(other)).rejects.toMatchObject({ code: 'signature.other_content' });
    const token = tokenOf(approval(), phone);
    await run.signed.take(token);
    await answer;
    await expect(run.signed.take(token)).rejects.toMatchObject({ code: 'signature.used' });
  });

  test.each<[string, OtherStatement, string]>([
    ['before the question was asked', { at: '2026-01-01T00:00:00.000Z' }, 'signature.other_time'],
    ['without having seen the question', { nonce: 'guessed' }, 'signature.other_request'],
    ['for another run', { run: '2.4.0-staging-ffffff' }, 'signature.other_run'],
    ['in the name of somebody else', { by: 'bob' }, 'signature.forged']
  ])('that signs %s does not count', async (_, other, code) => {
    const { approval } = await ask();
    const token = tokenOf(approval(), phone, {}, other);
    await expect(run.signed.take(token)).rejects.toMatchObject({ code });
  });

  test('does not count where the policy names no page', async () => {
    const { approval } = await ask({ grade: 'signed' }, {});
    await expect(run.signed.take(tokenOf(approval(), phone))).rejects.toMatchObject({
      code: 'signature.other_origin',
      message: expect.stringContaining('the policy names no page that decides')
    });
  });

  test('that is synced counts, and not where the policy asks for a key of one device', async () => {
    const open = await ask();
    await run.signed.take(tokenOf(open.approval(), cloud));
    expect(await open.answer).toMatchObject({ signature: { synced: true } });
    run.end();
    const strict = await ask({ grade: 'signed', synced: false });
    await expect(run.signed.take(tokenOf(strict.approval(), cloud))).rejects.toMatchObject({
      code: 'hold.synced_key'
    });
    await run.signed.take(tokenOf(strict.approval(), phone));
    expect(strict.approval().status).toBe('approved');
  });
});

test('of one signature anybody can make a second one over the same statement: it is the same decision', async () => {
  const { approval } = await ask({ grade: 'signed', required: 2 });
  const text = statementOf(approval(), 'ann');
  const assertion = phone.assert(text);
  const twin = passkeySignature({
    publicKey: phone.publicKey,
    ...assertion,
    signature: twinOf(assertion.signature)
  });
  const first = passkeySignature({ publicKey: phone.publicKey, ...assertion });
  expect(twin).not.toBe(first);
  await run.signed.take(writeToken(text, twin));
  await expect(run.signed.take(writeToken(text, first))).rejects.toMatchObject({ code: 'signature.used' });
  expect(approval()).toMatchObject({ status: 'pending', decisions: { length: 1 } });
});

/** The other signature of ECDSA that verifies: s is the order of P-256 without s. */
function twinOf(der: Uint8Array): Uint8Array {
  const bytes = Buffer.from(der);
  const r = bytes.subarray(4, 4 + bytes[3]!);
  const s = BigInt(`0x${bytes.subarray(6 + r.length).toString('hex')}`);
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const hex = (order - s).toString(16).padStart(64, '0');
  const other = Buffer.from(
    /^[89a-f]/.test(hex) ? `00${hex}` : hex.replace(/^(?:00(?=[0-7]|00))+/, ''),
    'hex'
  );
  const body = Buffer.concat([Buffer.from([2, r.length]), r, Buffer.from([2, other.length]), other]);
  return new Uint8Array([0x30, body.length, ...body]);
}

describe('where the policy asks for a passkey', () => {
  test('neither a key in a file, nor a security key, nor a click counts', async () => {
    const { id, approval } = await ask({ means: ['passkey'] });
    const { content } = approval();
    const other = { code: 'hold.other_means' };
    await expect(run.signed.take(await signers.sign(approval(), 'bob'))).rejects.toMatchObject(other);
    await expect(run.signed.take(tokenOf(approval(), stick))).rejects.toMatchObject(other);
    const click = { approval: id, content, decision: 'approved' as const, comment: '' };
    const ann = { username: 'ann', name: 'Ann', grade: 'authenticated' as const };
    await expect(run.approvals.decide(click, ann)).rejects.toMatchObject(other);
    await run.signed.take(tokenOf(approval(), phone));
    expect(approval().status).toBe('approved');
  });

  test('for a key alone, a passkey does not count', async () => {
    const { approval } = await ask({ means: ['key'] });
    await expect(run.signed.take(tokenOf(approval(), phone))).rejects.toMatchObject({
      code: 'hold.other_means'
    });
    await run.signed.take(await signers.sign(approval(), 'bob'));
    expect(approval().decisions[0]?.signature).toMatchObject({ means: 'key' });
  });
});

test('a security key counts when it was touched, and else not', async () => {
  const { approval } = await ask();
  await expect(run.signed.take(tokenOf(approval(), stick, { flags: 0 }))).rejects.toMatchObject({
    code: 'signature.not_present'
  });
  await run.signed.take(tokenOf(approval(), stick));
  expect(approval()).toMatchObject({ status: 'approved', decisions: [{ signature: { means: 'key' } }] });
});

test.each([
  ['as a key', { means: 'key' as const, origin: undefined, synced: undefined }],
  ['on another page', { origin: 'https://other.example.com' }],
  ['as a key of one device', { synced: false }]
])('a record that tells a passkey %s makes the approval stale', async (_, told) => {
  const { id, approval } = await ask();
  await run.signed.take(tokenOf(approval(), cloud));
  const { name, step, attempt, phase, request, content, binding, decisions } = approval();
  await run.approvals.revoke(id, 'Again', { username: 'ann', name: 'Ann', grade: 'claimed' });
  const asked = { approval: 'copy', name, step, attempt, phase, request, content, binding: binding! };
  await run.keeper.append({ kind: 'approval-requested', ...asked });
  const text = statementOf({ ...approval(), ...asked, id: 'copy' }, 'bob');
  const signature = {
    ...decisions[0]!.signature!,
    id: (JSON.parse(text) as { id: string }).id,
    token: writeToken(text, cloud.sign(text)),
    ...told
  };
  const { at, comment } = JSON.parse(text) as { at: string; comment: string };
  const decision = {
    ...decisions[0]!,
    at,
    comment,
    signature: JSON.parse(JSON.stringify(signature)) as DecisionSignature
  };
  await run.keeper.append({ kind: 'approval-decided', approval: 'copy', content, decision });
  expect(run.keeper.state.approvals['copy']!.status).toBe('approved');
  expect((await run.gate.admit(run.cellOf('ship'))).refusal?.record.code).toBe('hold.locked');
  expect(run.keeper.state.approvals['copy']).toMatchObject({
    status: 'stale',
    closure: { reason: expect.stringContaining('another thing than the signature itself') }
  });
});
