import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApprovalState } from '../../../contract/holds/hold.js';
import { tokenFolderOf } from '../../../contract/notebook/notebook.js';
import { readToken, writeToken } from '../../../record/signature/token.js';
import { makeSampleRun, POLICY, type SampleRun } from '../sample-run.js';
import { makeSigners, type Signers } from '../signers.js';

let signers: Signers;
let run: SampleRun;

beforeAll(() => {
  signers = makeSigners(['ann', 'bob']);
});
afterAll(() => signers.remove());
beforeEach(() => {
  const policy = {
    ...POLICY,
    allowedSigners: signers.allowedSigners,
    approvals: { approvers: ['qa-lead'], grade: 'signed' as const }
  };
  run = makeSampleRun(undefined, undefined, { policy });
});
afterEach(() => run.end());

const PARAMS = { name: 'QA sign-off', question: 'May it?', approvers: [], evidence: [], timeoutMs: null };

async function ask() {
  const running = await run.admit('ask');
  let shown!: (id: string) => void;
  const asked = new Promise<string>(resolve => (shown = resolve));
  const answer = run.approvals.ask(running, PARAMS, new AbortController().signal, shown);
  answer.catch(() => undefined);
  const id = await asked;
  return { running, id, answer, approval: (): ApprovalState => run.keeper.state.approvals[id]! };
}

describe('a signed decision', () => {
  test('releases, and the journal keeps who, the key and the whole token', async () => {
    const { answer, approval } = await ask();
    const token = await signers.sign(approval(), 'bob');
    await run.signed.take(`${token}\n`);
    expect(await answer).toMatchObject({
      by: { username: 'bob', grade: 'signed' },
      signature: { token, key: expect.stringMatching(/^SHA256:/) }
    });
    expect((await run.gate.admit(run.cellOf('ship'))).refusal).toBeNull();
  });

  test('is needed where the policy asks for it: a click does not count', async () => {
    const { approval } = await ask();
    const { id, content } = approval();
    const click = { approval: id, content, decision: 'approved' as const, comment: '' };
    const bob = { username: 'bob', name: 'Bob', grade: 'claimed' as const };
    await expect(run.approvals.decide(click, bob)).rejects.toMatchObject({ code: 'hold.weak_identity' });
    expect(approval().status).toBe('pending');
  });

  test.each([
    ['for another run', { run: '2.4.0-staging-ffffff' }, 'signature.other_run'],
    ['for another hold point', { hold: 'Go-live' }, 'signature.not_asked'],
    ['for another step', { step: 'ship' }, 'signature.not_asked'],
    ['for other content', { content: 'f'.repeat(64) }, 'signature.other_content'],
    ['of a time before the question', { at: '2026-01-01T00:00:00.000Z' }, 'signature.other_time'],
    ['of a time to come', { at: '2126-01-01T00:00:00.000Z' }, 'signature.other_time']
  ])('%s is refused with its reason', async (_, other, code) => {
    const { approval } = await ask();
    await expect(run.signed.take(await signers.sign(approval(), 'bob', other))).rejects.toMatchObject({
      code
    });
    expect(approval()).toMatchObject({ status: 'pending', decisions: [] });
  });

  test('with the key of somebody else, or of nobody who is allowed, is refused', async () => {
    const { approval } = await ask();
    for (const key of ['ann', 'mallory']) {
      const token = await signers.sign(approval(), 'bob', {}, key);
      await expect(run.signed.take(token)).rejects.toMatchObject({ code: 'signature.forged' });
    }
    await expect(run.signed.take(await signers.sign(approval(), 'mallory'))).rejects.toMatchObject({
      code: 'signature.forged'
    });
    expect(approval().status).toBe('pending');
  });

  test('whose text was changed after signing is refused', async () => {
    const { approval } = await ask();
    const rejection = await signers.sign(approval(), 'bob', { decision: 'rejected', comment: 'No' });
    const { text, signature } = readToken(rejection);
    const changed = writeToken(text.replace('"rejected"', '"approved"'), signature);
    await expect(run.signed.take(changed)).rejects.toMatchObject({ code: 'signature.forged' });
    await expect(run.signed.take('launchbook1.x')).rejects.toMatchObject({ code: 'signature.unreadable' });
  });

  test('counts once, also after the approval was revoked and asked anew', async () => {
    const first = await ask();
    const token = await signers.sign(first.approval(), 'bob');
    await run.signed.take(token);
    await expect(run.signed.take(token)).rejects.toMatchObject({ code: 'signature.used' });
    await run.approvals.revoke(first.id, 'Wrong build', { username: 'ann', name: 'Ann', grade: 'claimed' });
    const second = await ask();
    await expect(run.signed.take(token)).rejects.toMatchObject({ code: 'signature.used' });
    expect(second.approval().status).toBe('pending');
  });

  test('lies as a file beside the run and is taken from there, before a headless run gives up', async () => {
    const first = await ask();
    await run.approvals.giveUp(first.id, 'Nobody is here.');
    const folder = tokenFolderOf(run.path);
    mkdirSync(folder);
    writeFileSync(join(folder, 'forged.token'), await signers.sign(first.approval(), 'bob', {}, 'mallory'));
    writeFileSync(join(folder, 'good.token'), await signers.sign(first.approval(), 'bob'));
    const running = await run.admit('ask');
    const answer = run.approvals.ask(running, PARAMS, new AbortController().signal, id =>
      run.stdin.offerApproval(running, id, PARAMS.name)
    );
    expect(await answer).toMatchObject({ by: { username: 'bob' } });
    expect(run.published.map(({ output }) => (output.kind === 'stream' ? output.text : '')).join('')).toMatch(
      /forged\.token was not counted: .*not one of bob/
    );
  });

  test('that the journal claims without a signature that verifies makes the approval stale', async () => {
    const { answer, approval } = await ask();
    const { id, content } = approval();
    await run.keeper.append({
      kind: 'approval-decided',
      approval: id,
      content,
      decision: {
        decision: 'approved',
        by: { username: 'bob', name: 'bob', grade: 'signed' },
        at: new Date().toISOString(),
        comment: '',
        signature: {
          token: await signers.sign(approval(), 'bob', {}, 'mallory'),
          id: 'x',
          key: '',
          signers: ''
        }
      }
    });
    expect(approval().status).toBe('approved');
    expect((await run.gate.admit(run.cellOf('ship'))).refusal?.record.code).toBe('hold.locked');
    expect(approval()).toMatchObject({
      status: 'stale',
      closure: { reason: expect.stringContaining('records a signed decision of bob on “QA sign-off”, but') }
    });
    answer.catch(() => undefined);
  });

  test.each([
    ['for another person', 'ann', 'is over another decision: the person'],
    ['under a second request', 'bob', 'its signature had been counted before']
  ])('that the journal copies %s makes the approval stale', async (_, username, reason) => {
    const { id, approval } = await ask();
    await run.signed.take(await signers.sign(approval(), 'bob'));
    expect((await run.gate.admit(run.cellOf('ship'))).refusal).toBeNull();
    const { name, step, attempt, phase, request, content, binding, decisions } = approval();
    await run.approvals.revoke(id, 'Wrong build', { username: 'ann', name: 'Ann', grade: 'claimed' });
    const copied = { ...decisions[0]!, by: { ...decisions[0]!.by, username } };
    const asked = { approval: 'copy', name, step, attempt, phase, request, content, binding: binding! };
    await run.keeper.append({ kind: 'approval-requested', ...asked });
    await run.keeper.append({ kind: 'approval-decided', approval: 'copy', content, decision: copied });
    const copy = (): ApprovalState => run.keeper.state.approvals['copy']!;
    expect(copy().status).toBe('approved');
    expect((await run.gate.admit(run.cellOf('ship'))).refusal?.record.code).toBe('hold.locked');
    expect(copy()).toMatchObject({ status: 'stale', closure: { reason: expect.stringContaining(reason) } });
  });
});
