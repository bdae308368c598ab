import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { journalPathOf } from '../../contract/notebook.js';
import { makeSampleRun, POLICY, type SampleRun } from '../kernel/host/sample-run.js';
import { makeSigners, type Signers } from '../kernel/host/signers.js';
import { makeSandbox, type Sandbox } from './launchbook.js';

const PARAMS = {
  name: 'QA sign-off',
  question: 'May payments follow?',
  approvers: ['bob'],
  evidence: [{ label: 'Errors', text: '0 since 10:00' }],
  timeoutMs: null
};

let signers: Signers;
let run: SampleRun;
let box: Sandbox;
let token: Promise<unknown>;

beforeAll(() => {
  signers = makeSigners(['ann', 'bob']);
  box = makeSandbox();
  box.git('init', '--quiet', '--initial-branch=run/2.4.0');
  box.git('config', 'user.name', 'Bob Ray');
  box.git('config', 'user.email', 'bob@example.com');
});
afterAll(() => {
  signers.remove();
  box.remove();
  run.end();
});

/** The run asks, and its files are in the sandbox as an approver's checkout has them. */
beforeEach(async () => {
  run?.end();
  run = makeSampleRun(undefined, undefined, {
    policy: { ...POLICY, allowedSigners: signers.allowedSigners }
  });
  const running = await run.admit('ask');
  await new Promise<string>(resolve => {
    token = run.approvals.ask(running, PARAMS, new AbortController().signal, resolve);
    token.catch(() => undefined);
  });
  copyFileSync(run.path, join(box.folder, 'release.ipynb'));
  const lines = run.journal.records.map(record => `${JSON.stringify(record)}\n`);
  writeFileSync(journalPathOf(join(box.folder, 'release.ipynb'), true), lines.join(''));
});

const approve = (...more: string[]) =>
  box.launchbook('approve', 'release.ipynb', '--signers', signers.allowedSigners, ...more);

describe('launchbook approve', () => {
  test('shows what is asked and decides nothing by itself', () => {
    const { code, stdout } = approve();
    expect(code).toBe(3);
    for (const text of ['2.4.0-staging-0a1b2c', 'May payments follow?', '0 since 10:00', 'bob']) {
      expect(stdout).toContain(text);
    }
    expect(stdout).not.toContain('launchbook1.');
  });

  test('signs with the key, under the name that allowed_signers has for it, and the kernel takes the token', async () => {
    const { code, stdout } = approve(
      '--approve',
      '--comment',
      'ordered a tea',
      '--key',
      signers.keyOf('bob')
    );
    expect(code).toBe(0);
    await run.signed.take(/launchbook1\.\S+/.exec(stdout)![0]);
    expect(await token).toMatchObject({ by: { username: 'bob', grade: 'signed' }, comment: 'ordered a tea' });
  });

  test('commits the token to the branch of the run', () => {
    const { code, stdout } = approve('--approve', '--commit', '--key', signers.keyOf('bob'));
    expect([code, stdout]).toEqual([0, expect.stringContaining('Committed to run/2.4.0')]);
    const [file] = readdirSync(join(box.folder, 'release.approvals'));
    expect(box.git('show', `HEAD:release.approvals/${file}`)).toMatch(/^launchbook1\./);
    expect(box.git('log', '-1', '--format=%s')).toBe('Approve “QA sign-off”');
  });

  test('signs nothing that the kernel would refuse, and names every reason', () => {
    const { code, stderr } = approve('--reject', '--key', signers.keyOf('ann'));
    expect(code).toBe(2);
    expect(stderr).toMatch(/--as is ann, expected one of those who may decide: bob/);
    expect(stderr).toMatch(/--comment is missing: a rejection needs its reason/);
  });

  test('refuses to sign when the journal shows other evidence than its hash was taken over', () => {
    const path = journalPathOf(join(box.folder, 'release.ipynb'), true);
    const edited = run.journal.records.map(record =>
      record.kind === 'approval-requested'
        ? { ...record, request: { ...record.request, evidence: [{ label: 'Errors', text: '500' }] } }
        : record
    );
    // The last line has no line behind it that would tell of the change.
    writeFileSync(path, edited.map(record => `${JSON.stringify(record)}\n`).join(''));
    expect(readFileSync(path, 'utf8')).toContain('"500"');
    const { code, stderr } = approve('--approve', '--key', signers.keyOf('bob'));
    expect([code, stderr]).toEqual([2, expect.stringContaining('Do not sign')]);
  });

  test('says which hold points wait when the name is another one', () => {
    const { code, stderr } = approve('Go-live', '--approve');
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('release.ipynb: no hold point named “Go-live” waits. Waiting: “QA sign-off”.')
    ]);
  });
});
