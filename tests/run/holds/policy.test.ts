import { afterEach, describe, expect, test } from '@jest/globals';
import type { ApprovalState } from '../../../contract/holds/hold.js';
import type { Person } from '../../../contract/base/person.js';
import type { HoldPolicy, PeoplePolicy } from '../../../runbook/hold/policy.js';
import { makeSampleRun, POLICY, type SampleRun } from '../sample-run.js';

const person = (username: string): Person => ({ username, name: username, grade: 'claimed' });
const [ANN, BOB, CLEO] = ['ann', 'bob', 'cleo'].map(person) as [Person, Person, Person];

let run: SampleRun;
afterEach(() => run.end());

async function ask(policy: Partial<PeoplePolicy>, asked: HoldPolicy = {}, params: object = {}) {
  run = makeSampleRun(undefined, undefined, { policy: { ...POLICY, ...policy } });
  const running = await run.admit('ask');
  const request = {
    name: 'QA sign-off',
    question: 'May it?',
    approvers: [],
    evidence: [],
    timeoutMs: null,
    asked,
    ...params
  };
  let answer!: Promise<unknown>;
  const id = await new Promise<string>((resolve, reject) => {
    answer = run.approvals.ask(running, request, new AbortController().signal, resolve);
    answer.catch(reject);
  });
  return { id, answer, approval: (): ApprovalState => run.keeper.state.approvals[id]! };
}

const decide = (approval: ApprovalState, by: Person, other: object = {}) =>
  run.approvals.decide(
    { approval: approval.id, content: approval.content, decision: 'approved', comment: '', ...other },
    by
  );
const next = (kind: string): Promise<void> =>
  new Promise(resolve => run.keeper.subscribe(record => record.kind === kind && setImmediate(resolve)));

describe('the policy of the environment', () => {
  test('counts for a cell that asks for nothing, and that of the phase comes before it', async () => {
    const { approval } = await ask({
      approvals: { required: 2, approvers: ['qa-lead'] },
      phases: { 'QA sign-off': { fourEyes: true, required: 1 }, Deploy: { required: 9 } }
    });
    expect(approval().request).toMatchObject({
      approvers: ['qa-lead'],
      rules: { required: 1, fourEyes: true, seats: [{ name: 'qa-lead', members: ['ann', 'bob'] }] }
    });
  });

  test('knows the people that may be named: a misspelt group is refused with the near one, and nobody is asked', async () => {
    await expect(ask({}, {}, { approvers: ['qa-laed'] })).rejects.toMatchObject({
      code: 'hold.unknown_name',
      message: expect.stringContaining("Did you mean 'qa-lead'?")
    });
    expect(run.keeper.state.approvals).toEqual({});
  });

  test('may be exceeded by a cell, and never undercut: the error lists what both ask for', async () => {
    const approvals = {
      required: 2,
      approvers: ['qa-lead'],
      comment: true,
      timeoutMs: 60_000,
      grade: 'authenticated' as const
    };
    const less = { required: 1, comment: false, grade: 'claimed' as const };
    const groups = { 'qa-lead': ['ann', 'bob'], others: ['eve'] };
    await expect(
      ask({ approvals, groups }, less, { approvers: ['eve'], timeoutMs: 120_000 })
    ).rejects.toMatchObject({
      code: 'hold.below_policy',
      fields: {
        faults: [
          expect.stringContaining('required: the cell asks for 1, launchbook.yml for at least 2'),
          expect.stringContaining(
            'grade: the cell asks for claimed, launchbook.yml for at least authenticated'
          ),
          expect.stringContaining('comment: the cell asks for false'),
          expect.stringContaining(
            'timeout: the cell asks for 2 min 0 s, launchbook.yml for at most 1 min 0 s'
          ),
          expect.stringContaining('approvers: the cell asks for eve')
        ]
      }
    });
    expect(run.keeper.state.approvals).toEqual({});
    run.end();
    const { approval } = await ask(
      { approvals: { approvers: ['qa-lead', 'cleo'] } },
      { required: 2, fourEyes: true },
      { approvers: ['qa-lead'] }
    );
    expect(approval().request.rules).toMatchObject({ required: 2, fourEyes: true });
  });

  test('that nobody could ever fulfil is refused at once', async () => {
    await expect(ask({}, { required: 3 }, { approvers: ['qa-lead'] })).rejects.toMatchObject({
      code: 'hold.impossible'
    });
  });

  test.each<[string, HoldPolicy, string]>([
    ['by other people', { approvers: ['qa-lead'] }, '0 of 1 decisions count'],
    ['without a comment', { comment: true }, 'the decision of cleo has no comment'],
    ['not by everyone', { approvers: ['qa-lead', 'cleo'], everyone: true }, 'nobody has approved for qa-lead']
  ])('closes a released approval that does not fulfil it any more: %s', async (_, approvals, reason) => {
    const { id, approval } = await ask({});
    await decide(approval(), CLEO);
    const { content, request, binding } = approval();
    run.end();
    run = makeSampleRun(undefined, undefined, {
      policy: { ...POLICY, approvals }
    });
    await run.admit('ask');
    const { name, step, attempt, phase } = {
      name: 'QA sign-off',
      step: 'ask',
      attempt: 1,
      phase: 'QA sign-off'
    };
    await run.keeper.append({
      kind: 'approval-requested',
      approval: id,
      name,
      step,
      attempt,
      phase,
      request,
      content,
      binding: binding!
    });
    const decision = { decision: 'approved' as const, by: CLEO, at: new Date().toISOString(), comment: '' };
    await run.keeper.append({ kind: 'approval-decided', approval: id, content, decision });
    expect(run.keeper.state.approvals[id]?.status).toBe('approved');
    expect((await run.gate.admit(run.cellOf('ship'))).refusal?.record.code).toBe('hold.locked');
    expect(run.keeper.state.approvals[id]?.closure?.reason).toContain(
      `The policy is not fulfilled: ${reason}.`
    );
  });
});

describe('an approval', () => {
  test('needs a comment, and answers to its form, where they are asked for; the decision carries them', async () => {
    const form = [
      { name: 'window', label: 'Window', type: 'choice' as const, choices: ['now', 'night'], required: true }
    ];
    const { answer, approval } = await ask({}, { comment: true }, { form });
    const values = { window: 'now' };
    await expect(decide(approval(), ANN, { values })).rejects.toMatchObject({ code: 'hold.no_comment' });
    await expect(decide(approval(), ANN, { comment: 'ok' })).rejects.toMatchObject({
      code: 'hold.bad_values'
    });
    await expect(
      decide(approval(), ANN, { comment: 'ok', values: { window: 'noon' } })
    ).rejects.toMatchObject({
      code: 'hold.bad_values'
    });
    await decide(approval(), ANN, { comment: 'ok', values });
    expect(await answer).toMatchObject({ values, decisions: [{ comment: 'ok', values }] });
  });

  test('reminds, asks the deputies after silence, and still expires without a release', async () => {
    const { answer, approval } = await ask(
      { approvals: { approvers: ['qa-lead'], escalate: { to: ['cleo'], afterMs: 500 } } },
      { remindEveryMs: 20 },
      { timeoutMs: 1000 }
    );
    await expect(decide(approval(), CLEO)).rejects.toMatchObject({ code: 'hold.not_named' });
    await next('approval-escalated');
    expect(approval().reminders).toBeGreaterThan(0);
    await expect(answer).rejects.toMatchObject({ code: 'hold.expired' });
    expect(approval().status).toBe('expired');
  });

  test('may be decided by a deputy who was asked', async () => {
    const { answer, approval } = await ask({
      approvals: { approvers: ['qa-lead'], escalate: { to: ['cleo'], afterMs: 10 } }
    });
    await next('approval-escalated');
    await decide(approval(), CLEO);
    expect(await answer).toMatchObject({ by: CLEO });
  });

  test('of everybody needs one person for each seat', async () => {
    const { answer, approval } = await ask(
      { groups: { qa: ['ann', 'bob'], ops: ['ann'] } },
      { everyone: true },
      { approvers: ['qa', 'ops'] }
    );
    await decide(approval(), ANN);
    expect(approval().status).toBe('pending');
    await decide(approval(), BOB);
    expect(await answer).toMatchObject({ decisions: [{ by: ANN }, { by: BOB }] });
  });

  test('that is revoked locks what follows; only the driver and those who may decide can revoke, with a reason', async () => {
    const { id, approval } = await ask({ approvals: { approvers: ['qa-lead'] } });
    await decide(approval(), ANN);
    expect((await run.gate.admit(run.cellOf('ship'))).refusal).toBeNull();
    await expect(run.approvals.revoke(id, 'Wrong', CLEO)).rejects.toMatchObject({ code: 'hold.not_named' });
    await expect(run.approvals.revoke(id, ' ', BOB)).rejects.toMatchObject({ code: 'hold.no_reason' });
    const both = await Promise.allSettled(
      ['Wrong build', 'Wrong too'].map(reason => run.approvals.revoke(id, reason, BOB))
    );
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect((await run.gate.admit(run.cellOf('ship'))).refusal?.record.code).toBe('hold.locked');
    await expect(run.approvals.revoke(id, 'Again', BOB)).rejects.toMatchObject({ code: 'hold.not_released' });
    const shown = run.published.at(-1)!.output;
    expect(shown.kind === 'update' && shown.data['text/plain']).toMatch(
      /Revoked: by bob \(claimed\), .* Wrong build/
    );
  });

  test('can be released against the policy by whom it allows, with a reason, and the run is marked', async () => {
    const { id, answer } = await ask({ approvals: { approvers: ['qa-lead'] }, breakGlass: ['cleo'] });
    const reason = 'Payments are down and nobody of QA answers';
    await expect(run.approvals.breakGlass(id, reason, ANN)).rejects.toMatchObject({
      code: 'hold.glass_closed'
    });
    await expect(run.approvals.breakGlass(id, 'hurry', CLEO)).rejects.toMatchObject({
      code: 'hold.no_reason'
    });
    await run.approvals.breakGlass(id, reason, CLEO);
    expect(await answer).toMatchObject({ isBreakGlass: true, by: CLEO, comment: reason, decisions: [] });
    expect(run.keeper.state.glassBroken).toEqual([id]);
    expect((await run.gate.admit(run.cellOf('ship'))).refusal).toBeNull();
    const shown = run.published.at(-1)!.output;
    expect(shown.kind === 'update' && shown.data['text/html']).toMatch(
      /Released against the policy by: cleo/
    );
  });
});
