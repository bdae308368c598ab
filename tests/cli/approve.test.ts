import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HoldPolicy } from '../../contract/holds/policy.js';
import { journalPathOf } from '../../contract/notebook/notebook.js';
import { ACTS } from '../active-texts.js';
import { makeSampleRun, POLICY, type SampleRun } from '../run/sample-run.js';
import { makeSigners, type Signers } from '../run/signers.js';
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
  box.git('init', '--template=', '--quiet', '--initial-branch=run/2.4.0');
  box.git('config', 'user.name', 'Bob Ray');
  box.git('config', 'user.email', 'bob@example.com');
});
afterAll(() => {
  signers.remove();
  box.remove();
  run.end();
});

/** The run asks, and its files are in the sandbox as an approver's checkout has them. */
async function ask(params = PARAMS, approvals: HoldPolicy = {}): Promise<void> {
  run?.end();
  run = makeSampleRun(undefined, undefined, {
    policy: { ...POLICY, approvals, allowedSigners: signers.allowedSigners }
  });
  const running = await run.admit('ask');
  await new Promise<string>(resolve => {
    token = run.approvals.ask(running, params, new AbortController().signal, resolve);
    token.catch(() => undefined);
  });
  copyFileSync(run.path, join(box.folder, 'release.ipynb'));
  const lines = run.journal.records.map(record => `${JSON.stringify(record)}\n`);
  writeFileSync(journalPathOf(join(box.folder, 'release.ipynb'), true), lines.join(''));
}

beforeEach(() => ask());

const approve = (...more: string[]) =>
  box.launchbook('approve', 'release.ipynb', '--signers', signers.allowedSigners, ...more);

test('what is asked acts on no terminal, and a line break in it makes no line of its own', async () => {
  const hostile = `\x1b[2J\x9b31m\u202e\n    Content: 0000\n✓ green\u2028✓ green`;
  await ask({
    ...PARAMS,
    name: `QA ${hostile}`,
    question: `May it? ${hostile}`,
    evidence: [{ label: `Errors ${hostile}`, text: `0 ${hostile}` }]
  });
  const { code, stdout } = await approve();
  expect(code).toBe(3);
  expect(stdout).toContain('May it? \\u001b[2J');
  expect(ACTS.exec(stdout)).toBeNull();
  expect(stdout.split('\n').filter(line => /^\s{0,4}(?:✓|Content: 0000)/.test(line))).toEqual([]);
});

describe('launchbook approve', () => {
  test('signs nothing where the policy asks for a passkey', async () => {
    await ask(PARAMS, { means: ['passkey'] });
    const { code, stdout, stderr } = await approve(
      '--approve',
      '--comment',
      'Seen',
      '--key',
      signers.keyOf('bob')
    );
    expect(code).toBe(2);
    expect(`${stdout}${stderr}`).toContain(
      'the policy asks for a passkey, on the page of launchbook board --decide'
    );
    expect(stdout).not.toContain('launchbook2.');
  });

  test('shows what is asked and decides nothing by itself', async () => {
    const { code, stdout } = await approve();
    expect(code).toBe(3);
    const content = ["await approval('QA sign-off')", '## Deploy', '2 + 2'];
    for (const text of ['2.4.0-staging-0a1b2c', 'May payments follow?', '0 since 10:00', 'bob', ...content]) {
      expect(stdout).toContain(text);
    }
    expect(stdout).not.toContain('launchbook2.');
  });

  test('signs with the key, under the name that allowed_signers has for it, and the kernel takes the token', async () => {
    const { code, stdout } = box.spawn(
      'approve',
      'release.ipynb',
      ...['--signers', signers.allowedSigners, '--key', signers.keyOf('bob')],
      ...['--approve', '--comment', 'ordered a tea']
    );
    expect(code).toBe(0);
    await run.signed.take(/launchbook2\.\S+/.exec(stdout)![0]);
    expect(await token).toMatchObject({ by: { username: 'bob', grade: 'signed' }, comment: 'ordered a tea' });
  });

  test('commits the token to the branch of the run', async () => {
    const { code, stdout } = await approve('--approve', '--commit', '--key', signers.keyOf('bob'));
    expect([code, stdout]).toEqual([0, expect.stringContaining('Committed to run/2.4.0')]);
    const [file] = readdirSync(join(box.folder, 'release.approvals'));
    expect(box.git('show', `HEAD:release.approvals/${file}`)).toMatch(/^launchbook2\./);
    expect(box.git('log', '-1', '--format=%s')).toBe('Approve “QA sign-off”');
  });

  test('signs nothing that the kernel would refuse, and names every reason', async () => {
    const { code, stderr } = await approve('--reject', '--key', signers.keyOf('ann'));
    expect(code).toBe(2);
    expect(stderr).toMatch(/--as is ann, expected one of those who may decide: bob/);
    expect(stderr).toMatch(/--comment is missing: a rejection needs its reason/);
  });

  test('refuses to sign when the journal shows other evidence than its hash was taken over', async () => {
    const path = journalPathOf(join(box.folder, 'release.ipynb'), true);
    const edited = run.journal.records.map(record =>
      record.kind === 'approval-requested'
        ? { ...record, request: { ...record.request, evidence: [{ label: 'Errors', text: '500' }] } }
        : record
    );
    // The last line has no line behind it that would tell of the change.
    writeFileSync(path, edited.map(record => `${JSON.stringify(record)}\n`).join(''));
    expect(readFileSync(path, 'utf8')).toContain('"500"');
    const { code, stderr } = await approve('--approve', '--key', signers.keyOf('bob'));
    expect([code, stderr]).toEqual([2, expect.stringContaining('Do not sign')]);
  });

  test.each([
    ['environment', { environment: 'production' }],
    ['release', { release: '9.9.9' }]
  ])('refuses to sign when the notebook names another %s than is asked about', async (_, other) => {
    const path = join(box.folder, 'release.ipynb');
    const notebook = JSON.parse(readFileSync(path, 'utf8')) as { metadata: { launchbook: { run: object } } };
    Object.assign(notebook.metadata.launchbook.run, other);
    writeFileSync(path, JSON.stringify(notebook));
    const { code, stdout, stderr } = await approve('--approve', '--key', signers.keyOf('bob'));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('The notebook names another run than its journal.');
  });

  test('refuses to sign when a step that would be released is another one in the notebook', async () => {
    const path = join(box.folder, 'release.ipynb');
    writeFileSync(path, readFileSync(path, 'utf8').replace('2 + 2', 'wipe()'));
    const { code, stderr } = await approve('--approve', '--key', signers.keyOf('bob'));
    expect([code, stderr]).toEqual([2, expect.stringContaining('The step “2 + 2” was edited.')]);
  });

  test('says which hold points wait when the name is another one', async () => {
    const { code, stderr } = await approve('Go-live', '--approve');
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('release.ipynb: no hold point named “Go-live” waits. Waiting: “QA sign-off”.')
    ]);
  });
});
