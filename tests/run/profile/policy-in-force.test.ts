// launchbook.yml changes while a run goes on: the stricter policy holds at once, the weaker one after a restart, a faulty one releases
// nothing, and all of it is in the journal.
import { mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Person } from '../../../contract/base/person.js';
import { PolicyInForce } from '../../../run/profile/policy-in-force.js';
import { loadPolicy } from '../../../record/profile/load-profile.js';
import { makeSampleRun, type SampleRun } from '../sample-run.js';

const ANN: Person = { username: 'ann', name: 'Ann Lee', grade: 'claimed' };
const BOB: Person = { username: 'bob', name: 'Bob Ray', grade: 'claimed' };

let folder: string;
let file: string;
let run: SampleRun;
let writes = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'launchbook-policy-'));
  file = join(folder, 'launchbook.yml');
});
afterEach(() => {
  run?.end();
  rmSync(folder, { recursive: true, force: true });
});

/** Each text has another length, so that a clock of whole milliseconds hides no change. */
function write(approvals: string): void {
  const text = `environments: { staging: { policy: { approvals: ${approvals} } } }\n${'#'.repeat(++writes)}\n`;
  writeFileSync(file, text);
}

function start(approvals: string): void {
  write(approvals);
  run = makeSampleRun(undefined, undefined, { file, policy: loadPolicy(file, 'staging') });
}

async function ask() {
  const running = await run.admit('ask');
  const request = { name: 'QA sign-off', question: 'May it?', approvers: [], evidence: [], timeoutMs: null };
  let answer!: Promise<unknown>;
  const id = await new Promise<string>((resolve, reject) => {
    answer = run.approvals.ask(running, request, new AbortController().signal, resolve);
    answer.catch(reject);
  });
  return { id, answer };
}

const decide = (id: string, by: Person, decision: 'approved' | 'rejected' = 'approved') => {
  const { content } = run.keeper.state.approvals[id]!;
  return run.approvals.decide({ approval: id, content, decision, comment: 'looked' }, by);
};
const read = () => run.journal.records.flatMap(record => (record.kind === 'policy-read' ? [record] : []));

const OUTSIDE_OF_GIT = { file: () => Promise.resolve(null), isProduction: () => false, isRun: () => true };

describe('a policy that asks for more', () => {
  test('counts for the next request, and the journal says what has changed', async () => {
    start('{ required: 1 }');
    await run.admit('look');
    write('{ required: 2 }');
    const { id } = await ask();
    expect(run.keeper.state.approvals[id]!.request.rules).toMatchObject({ required: 2 });
    expect(read().map(({ holds }) => holds)).toEqual([true, true]);
    expect(run.keeper.state.policy?.changes).toMatchObject([
      { stricter: ['Every hold point: required was 1 and is 2.'], weaker: [] }
    ]);
  });

  test('refuses what would release a request made before it, and a rejection still counts', async () => {
    start('{ required: 1 }');
    const { id, answer } = await ask();
    answer.catch(() => undefined);
    write('{ required: 2 }');
    await expect(decide(id, BOB)).rejects.toMatchObject({ code: 'hold.policy_changed' });
    await expect(run.approvals.breakGlass(id, 'nobody can be reached', BOB)).rejects.toMatchObject({
      code: 'hold.policy_changed'
    });
    expect(run.keeper.state.approvals[id]!.status).toBe('pending');
    await decide(id, BOB, 'rejected');
    expect(run.keeper.state.approvals[id]!.status).toBe('rejected');
  });

  test('closes an approval that it is not fulfilled by, before the step behind it runs', async () => {
    start('{ required: 1 }');
    const { id, answer } = await ask();
    await decide(id, BOB);
    await answer;
    write('{ required: 2 }');
    await expect(run.admit('ship')).rejects.toThrow('is not released');
    expect(run.keeper.state.approvals[id]).toMatchObject({ status: 'stale' });
  });

  test('is part of what was approved: the same question under other rules has another content hash', async () => {
    start('{ required: 1 }');
    const first = await ask();
    const { content, binding } = run.keeper.state.approvals[first.id]!;
    await decide(first.id, BOB, 'rejected');
    await expect(first.answer).rejects.toMatchObject({ code: 'hold.rejected' });
    write('{ required: 2 }');
    const second = run.keeper.state.approvals[(await ask()).id]!;
    expect(second.content).not.toBe(content);
    expect(second.binding?.policy).not.toBe(binding?.policy);
  });
});

describe('a policy that asks for less', () => {
  test('is held back until the kernel is restarted; the journal and the next cell say so once', async () => {
    start('{ required: 2 }');
    await run.admit('look');
    write('{ required: 1 }');
    const { id } = await ask();
    expect(run.keeper.state.approvals[id]!.request.rules).toMatchObject({ required: 2 });
    await run.policy.note();
    expect(read().map(({ holds }) => holds)).toEqual([true, false]);
    expect(run.keeper.state.policy?.heldBack?.weaker).toEqual(['Every hold point: required was 2 and is 1.']);
    write('{ required: 2 }');
    await run.policy.note();
    expect(run.keeper.state.policy).toMatchObject({ heldBack: null, changes: [] });
  });

  test('holds as a whole or not at all: what it asks more for does not come alone', async () => {
    start('{ required: 2 }');
    await run.admit('look');
    write('{ required: 1, comment: true }');
    const { id } = await ask();
    expect(run.keeper.state.approvals[id]!.request.rules).toMatchObject({ required: 2, comment: false });
  });

  test('holds after a restart of the kernel, as a weakening in the record of the run', async () => {
    start('{ required: 2 }');
    await run.admit('look');
    write('{ required: 1 }');
    const { keeper, people } = run;
    const read = () => loadPolicy(file, 'staging');
    const source = { file, first: read, read };
    const restarted = new PolicyInForce({ keeper, people, source: () => source, ...OUTSIDE_OF_GIT });
    await restarted.note();
    expect(restarted.current().approvals.required).toBe(1);
    expect(keeper.state.policy?.changes).toMatchObject([
      { weaker: ['Every hold point: required was 2 and is 1.'] }
    ]);
  });
});

test.each([
  ['with a fault', () => writeFileSync(file, 'environments: { staging: { policy: { aprovals: {} } } }')],
  ['without the environment', () => writeFileSync(file, 'environments: { production: {} }')],
  ['that is gone', () => unlinkSync(file)]
])('a file %s releases nothing until it is fixed', async (_name, spoil) => {
  start('{ required: 1 }');
  const { id, answer } = await ask();
  spoil();
  await expect(decide(id, BOB)).rejects.toMatchObject({ name: 'ProfileError' });
  await expect(run.approvals.breakGlass(id, 'nobody can be reached', ANN)).rejects.toMatchObject({
    name: 'ProfileError'
  });
  write('{ required: 1 }');
  await decide(id, BOB);
  await answer;
  expect(run.keeper.state.approvals[id]!.status).toBe('approved');
});

test('the same rules written in another way change nothing', async () => {
  start('{ required: 2, approvers: [ann, bob] }');
  const { id } = await ask();
  write('{ approvers: [bob, ann], required: 2, remind: 10m }');
  await decide(id, BOB);
  expect(read()).toHaveLength(1);
  expect(run.keeper.state.approvals[id]!.decisions).toHaveLength(1);
});
