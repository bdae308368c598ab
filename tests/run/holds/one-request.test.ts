// A signed decision belongs to the request that its signer has seen: one that was refused or taken back since needs a new one.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ApprovalState } from '../../../contract/holds/hold.js';
import { BOB, CELLS, makeSampleRun, POLICY, type SampleRun } from '../sample-run.js';
import { makeSigners, type Signers } from '../signers.js';

const PARAMS = { name: 'QA sign-off', question: 'May it?', approvers: [], evidence: [], timeoutMs: null };
let signers: Signers;
let run: SampleRun;

beforeAll(() => {
  signers = makeSigners(['ann', 'bob']);
});
afterAll(() => signers.remove());
beforeEach(() => {
  run = makeSampleRun(CELLS, undefined, settings());
});
afterEach(() => run.end());

function settings() {
  return { policy: { ...POLICY, allowedSigners: signers.allowedSigners } };
}

async function ask(params = PARAMS) {
  const running = await run.admit('ask');
  let shown!: (id: string) => void;
  const asked = new Promise<string>(resolve => (shown = resolve));
  const answer = run.approvals.ask(running, params, new AbortController().signal, shown);
  answer.catch(() => undefined);
  const id = await asked;
  return { id, answer, approval: (): ApprovalState => run.keeper.state.approvals[id]! };
}

async function reject({ id, content }: ApprovalState): Promise<void> {
  await run.approvals.decide({ approval: id, content, decision: 'rejected', comment: 'Broken' }, BOB);
}

describe('A token that was signed before', () => {
  test('a rejection does not release what is asked again', async () => {
    const first = await ask();
    const older = await signers.sign(first.approval(), 'ann');
    await reject(first.approval());
    const second = await ask();
    expect(second.approval().content).toBe(first.approval().content);
    await expect(run.signed.take(older)).rejects.toMatchObject({ code: 'signature.other_request' });
    await run.signed.take(await signers.sign(second.approval(), 'ann'));
    expect(await second.answer).toMatchObject({ by: { username: 'ann' } });
  });

  test('a revocation does not either', async () => {
    const first = await ask();
    const older = await signers.sign(first.approval(), 'ann');
    await run.signed.take(await signers.sign(first.approval(), 'bob'));
    await run.approvals.revoke(first.id, 'Wrong build', BOB);
    const second = await ask();
    await expect(run.signed.take(older)).rejects.toMatchObject({ code: 'signature.other_request' });
    expect(second.approval()).toMatchObject({ status: 'pending', request: { after: expect.any(Number) } });
  });

  test('the rejection of another hold point does not either', async () => {
    const first = await ask();
    const older = await signers.sign(first.approval(), 'ann');
    await run.approvals.giveUp(first.id, 'Nobody is here.');
    await reject((await ask({ ...PARAMS, name: 'Go-live' })).approval());
    await ask();
    await expect(run.signed.take(older)).rejects.toMatchObject({ code: 'signature.other_request' });
  });

  test('a request that nobody could answer releases the same question when it is asked again', async () => {
    const first = await ask();
    const older = await signers.sign(first.approval(), 'ann');
    await run.approvals.giveUp(first.id, 'Nobody is here.');
    const second = await ask();
    await run.signed.take(older);
    expect(await second.answer).toMatchObject({ by: { username: 'ann' } });
    expect((await run.gate.admit(run.cellOf('ship'))).refusal).toBeNull();
  });

  test('by an older version counts for no request of this one', async () => {
    const { approval } = await ask();
    const { name, step, content } = approval();
    await expect(run.signed.take(await signers.sign({ name, step, content }, 'ann'))).rejects.toMatchObject({
      code: 'signature.other_version'
    });
    expect(approval().status).toBe('pending');
  });
});

test.each([
  ['id of the request', { approval: 'other' }],
  ['nonce', { nonce: 'other' }],
  ['last refusal', { after: 7 }]
])('A token with another %s is refused', async (_, other) => {
  const { approval } = await ask();
  await expect(run.signed.take(await signers.sign(approval(), 'ann', other))).rejects.toMatchObject({
    code: 'signature.other_request'
  });
});

describe('A secret', () => {
  const SECRET = { name: 'DB_PASSWORD', value: 'hunter2-hunter2' };

  test('in question and evidence is masked before it is bound, so that one text is shown, hashed and signed', async () => {
    run.masking.learn(SECRET);
    const { approval, answer } = await ask({
      ...PARAMS,
      question: `Is ${SECRET.value} known?`,
      evidence: [{ label: SECRET.value, text: SECRET.value }] as never
    });
    expect(JSON.stringify(approval())).not.toContain(SECRET.value);
    await run.signed.take(await signers.sign(approval(), 'ann'));
    expect(await answer).toMatchObject({ by: { username: 'ann' } });
    expect((await run.gate.admit(run.cellOf('ship'))).refusal).toBeNull();
    expect(run.keeper.judged.faults).toEqual([]);
  });

  test('in a signed comment or answer is refused, because the record could not show what was signed', async () => {
    run.masking.learn(SECRET);
    const { approval } = await ask();
    await expect(
      run.signed.take(await signers.sign(approval(), 'ann', { comment: SECRET.value }))
    ).rejects.toMatchObject({ code: 'signature.holds_secret' });
    await run.signed.take(await signers.sign(approval(), 'ann'));
  });
});

describe('One key', () => {
  test('counts once, whatever names it has', async () => {
    const two = makeSampleRun(CELLS, undefined, {
      policy: { ...POLICY, allowedSigners: signers.bothNames('ann', 'bob'), approvals: { required: 2 } }
    });
    try {
      run.end();
      run = two;
      const { approval } = await ask();
      await run.signed.take(await signers.sign(approval(), 'ann'));
      await expect(run.signed.take(await signers.sign(approval(), 'bob', {}, 'ann'))).rejects.toMatchObject({
        code: 'hold.decided_before',
        message: expect.stringContaining('one key counts once')
      });
      expect(approval().status).toBe('pending');
      await run.signed.take(await signers.sign(approval(), 'bob'));
      expect(approval().status).toBe('approved');
    } finally {
      two.end();
    }
  });
});

describe('Four eyes', () => {
  test('with a driver who is only claimed are asked for, and it is said that they cannot be kept for certain', async () => {
    const { approval } = await ask({ ...PARAMS, asked: { fourEyes: true } } as typeof PARAMS);
    expect(approval().request.doubt).toMatch(/^Four eyes cannot be kept for certain: .* is only claimed/);
    const shown = JSON.stringify(run.published.at(-1));
    expect(shown).toContain('Four eyes cannot be kept for certain');
  });

  test('with signed decisions and a driver who is only claimed take none, and say so from the start', async () => {
    const { approval } = await ask({
      ...PARAMS,
      asked: { fourEyes: true, grade: 'signed' }
    } as typeof PARAMS);
    expect(approval().request.doubt).toMatch(
      /^Four eyes cannot be kept: .* so no decision counts\. Hand the run over/
    );
    await expect(run.signed.take(await signers.sign(approval(), 'ann'))).rejects.toMatchObject({
      code: 'hold.four_eyes',
      message: expect.stringContaining('two signed decisions instead')
    });
    expect(approval().status).toBe('pending');
  });

  test('with signed decisions and a driver whom a hub vouches for count', async () => {
    const user = run.people.owner.username;
    const vouched = makeSampleRun(undefined, undefined, settings(), undefined, [], user);
    run.end();
    run = vouched;
    const { approval } = await ask({
      ...PARAMS,
      asked: { fourEyes: true, grade: 'signed' }
    } as typeof PARAMS);
    expect(approval().request.doubt).toBeUndefined();
    await run.signed.take(await signers.sign(approval(), 'ann'));
    expect(approval().status).toBe('approved');
  });

  test('are not met by the driver’s own key under another name', async () => {
    const user = run.people.owner.username;
    const two = join(mkdtempSync(join(tmpdir(), 'launchbook-two-')), 'allowed_signers');
    const lines = readFileSync(signers.allowedSigners, 'utf8');
    writeFileSync(two, lines.replace(/^ann /m, `ann,${user} `));
    const policy = { ...POLICY, allowedSigners: two };
    run.end();
    run = makeSampleRun(undefined, undefined, { policy }, undefined, [], user);
    const { approval } = await ask({
      ...PARAMS,
      asked: { fourEyes: true, grade: 'signed' }
    } as typeof PARAMS);
    await expect(run.signed.take(await signers.sign(approval(), 'ann'))).rejects.toMatchObject({
      code: 'signature.of_driver',
      message: expect.stringContaining(`also one of ${user}`)
    });
    await run.signed.take(await signers.sign(approval(), 'bob'));
    expect(approval().status).toBe('approved');
  });

  test('that are not asked for leave no doubt', async () => {
    expect((await ask()).approval().request.doubt).toBeUndefined();
  });
});
