// A run without a front end stops at its question; the QA lead approves on a phone while nothing runs; the run takes the decision when it goes
// on, the archive holds it, and verify says so with git and ssh-keygen alone.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Board, BoardOptions } from '../../../lifecycle/board/board-server.js';
import type * as Runs from '../../../lifecycle/notebook/read-run.js';
import type * as Address from '../../../record/decisions/decision-address.js';
import { ROOT } from '../root.js';
import { expect, test } from '../test.js';
import { expectState, freePort, PHONE } from './decide-site.js';
import { addDevice } from './virtual-device.js';

const load = async <Module>(path: string): Promise<Module> =>
  (await import(pathToFileURL(join(ROOT, 'lib', path)).href)) as Module;
const { serveBoard } = await load<{ serveBoard(options: BoardOptions): Promise<Board> }>(
  'lifecycle/board/board-server.js'
);
const { decisionAddress } = await load<typeof Address>('record/decisions/decision-address.js');
const { readRun } = await load<typeof Runs>('lifecycle/notebook/read-run.js');

const RULES = '{ approvers: [quinn], grade: signed, means: [passkey] }';
const SOURCES = [
  "await approval('QA sign-off', { question: 'May it?', evidence: { Orders: '3 of 3 healthy' } })",
  "console.log('deployed')"
];

test(
  'a decision of a phone waits for the run, and stands in the archive',
  { tag: '@proof' },
  async ({ browser }) => {
    const folder = mkdtempSync(join(tmpdir(), 'launchbook-phone-'));
    const call = (program: string, args: string[]) => {
      const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
      return { status, stdout, said: stdout + stderr };
    };
    const git = (...args: string[]) =>
      call('git', ['-c', 'user.name=Ann Lee', '-c', 'user.email=ann@example.org', ...args]);
    const launchbook = (...args: string[]) =>
      call(process.execPath, [join(ROOT, 'lib/cli/main.js'), ...args]);
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const pages = { rpId: 'localhost', origins: [origin] };
    const decide = `decide: { rpId: localhost, origins: ['${origin}'] }\n`;
    const environments = `environments:\n  staging:\n    policy:\n      approvals: ${RULES}\n`;
    writeFileSync(join(folder, 'launchbook.yml'), decide + environments);
    const cells = SOURCES.flatMap((source, index) => [
      { cell_type: 'markdown', id: `phase-${index}`, metadata: {}, source: `## Phase ${index + 1}` },
      { cell_type: 'code', id: `step-${index}`, metadata: {}, execution_count: null, outputs: [], source }
    ]);
    const kernelspec = {
      name: 'launchbook',
      display_name: 'TypeScript (Launchbook)',
      language: 'typescript'
    };
    const notebook = { nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells };
    writeFileSync(join(folder, 'release.ipynb'), `${JSON.stringify(notebook, null, 1)}\n`);
    git('init', '-q');
    git('config', 'user.name', 'Ann Lee');
    git('config', 'user.email', 'ann@example.org');
    const enrolment = () => ({ version: 1 as const, ...pages, signers: 'allowed_signers' });
    const board = await serveBoard({ runs: { folder }, port, decide: { enrolment } });
    try {
      const context = await browser.newContext(PHONE);
      const page = await context.newPage();
      await addDevice(context, page);
      await page.goto(`${origin}/decide/enrol/`);
      await page.getByLabel('You are').fill('quinn');
      await page.getByRole('button', { name: 'Make a passkey' }).click();
      const line = page.getByRole('textbox', { name: 'The line of your passkey' });
      await expect(line).toHaveValue(/ namespaces=/);
      writeFileSync(join(folder, 'allowed_signers'), `${await line.inputValue()}\n`);
      git('add', '-A');
      git('commit', '-qm', 'A runbook, and a passkey that was reviewed');
      expect(launchbook('new', 'release.ipynb', '--release', '2.4.0', '--env', 'staging').said).toContain(
        'runs/'
      );
      const path = 'runs/2.4.0-staging/release.ipynb';
      expect(launchbook('run', path)).toMatchObject({ status: 3 });

      const [asked] = Object.values(readRun(join(folder, path)).state.approvals);
      await page.goto(decisionAddress(origin, asked!)!);
      await expect(page.getByText('The run does not wait at this moment.')).toBeVisible();
      await page.getByRole('button', { name: 'Approve' }).tap();
      await expectState(page, 'sent', /^Sent\./);
      const ended = launchbook('run', path);
      expect(ended.said).toContain('deployed');
      expect(ended.status).toBe(0);
      await expectState(page, 'counted', /^Counted/);

      expect(launchbook('archive', path)).toMatchObject({ status: 0 });
      const verified = launchbook('verify', path);
      expect(verified.said).toMatch(/1 signature/);
      expect(verified.status).toBe(0);
      expect(git('show', `HEAD:${path}`).stdout).toMatch(/quinn \(signed/);
      expect(git('ls-files', 'runs').stdout).toMatch(/\.approvals\/\w+\.token/);
    } finally {
      await board.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
);
