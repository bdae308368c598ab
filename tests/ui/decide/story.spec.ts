// The whole of it: a driver in JupyterLab, a QA lead with a passkey on a phone, a second approver by a button in Slack, the owner of a task by
// phone. The archive shows who decided and with what, and verify holds.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expectAccessible } from '../axe.js';
import { runCell, approvalIn } from '../people.js';
import { ROOT } from '../root.js';
import { expect, test } from '../test.js';
import type { Workspace } from '../../lifecycle/decide/slack-workspace.js';
import { addDevice } from './virtual-device.js';
import {
  decisionAddress,
  expectState,
  freePort,
  listAddress,
  listenInSlack,
  PHONE,
  readRun,
  serveBoard,
  startWorkspace,
  Voucher
} from './decide-site.js';

const ASK =
  "await approval('QA sign-off', { question: 'May payments follow?', evidence: { Orders: '3 of 3 healthy' } })";
const TASKS =
  "await gather(await assign('Before go-live', [{ task: 'Tell the shops', owner: 'olga', due: '30m' }]))\nconsole.log('gathered')";

test(
  'driver in JupyterLab, QA lead and owner of a task by phone, a second approver in Slack',
  { tag: '@proof' },
  async ({ browser, labs }) => {
    const lab = await labs.fresh({ SLACK_TEST_TOKEN: 'xoxb-test-token' });
    const slack: Workspace = await startWorkspace();
    slack.members.set('U0RHEA', slack.members.get('U0BOB')!);
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const pages = { rpId: 'localhost', origins: [origin] };
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=Ann Lee', '-c', 'user.email=ann@example.org', ...args], {
        cwd: lab.folder,
        encoding: 'utf8'
      });
    const launchbook = (...args: string[]) =>
      execFileSync(process.execPath, [join(ROOT, 'lib/cli/main.js'), ...args], {
        cwd: lab.folder,
        encoding: 'utf8'
      });
    writeFileSync(
      join(lab.folder, 'launchbook.yml'),
      `decide:
  rpId: localhost
  origins: ['${origin}']
  voucher: decision-page
  slack: { rhea: T01ABC/U0RHEA }
environments:
  staging:
    policy:
      approvals: { approvers: [quinn, rhea], required: 2, grade: authenticated, means: [passkey, slack] }
    slack: { token: '\${SLACK_TEST_TOKEN}', channel: '#releases', url: '${slack.url}' }
`
    );
    const key = join(lab.folder, '..', `voucher-${port}`);
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'decision page', '-f', key]);
    const sealed = `decision-page namespaces="launchbook-voucher" ${readFileSync(`${key}.pub`, 'utf8')}`;
    const allowedSigners = join(lab.folder, 'allowed_signers');
    writeFileSync(allowedSigners, sealed);
    const heading = (text: string) => ({ type: 'markdown' as const, source: `## ${text}` });
    lab.write('release.ipynb', 'launchbook', [
      heading('Prepare'),
      { source: TASKS },
      heading('QA sign-off'),
      { source: ASK },
      heading('Deploy'),
      { source: "console.log('deployed')" }
    ]);
    git('init', '-q');
    git('add', '-A');
    git('commit', '-qm', 'A runbook');

    // Both enrol, and a reviewed change names their keys.
    const enrolment = () => ({ version: 1 as const, ...pages, signers: 'allowed_signers' });
    const voucher = await Voucher.open(key, { name: 'decision-page', allowedSigners });
    const board = await serveBoard({ runs: { folder: lab.folder }, port, decide: { enrolment, voucher } });
    let listening: Awaited<ReturnType<typeof listenInSlack>> = null;
    const phoneOf = async (name: string) => {
      const context = await browser.newContext(PHONE);
      const page = await context.newPage();
      await addDevice(context, page);
      await page.goto(`${origin}/decide/enrol/`);
      await page.getByLabel('You are').fill(name);
      await page.getByRole('button', { name: 'Make a passkey' }).click();
      const line = page.getByRole('textbox', { name: 'The line of your passkey' });
      await expect(line).toHaveValue(/ namespaces=/);
      return { page, line: await line.inputValue() };
    };
    try {
      const quinn = await phoneOf('quinn');
      const olga = await phoneOf('olga');
      writeFileSync(allowedSigners, `${sealed}${quinn.line}\n${olga.line}\n`);
      git('commit', '-qam', 'Passkeys of Quinn and Olga, reviewed');
      const made = JSON.parse(
        launchbook('new', 'release.ipynb', '--release', '2.4.0', '--env', 'staging', '--json')
      ) as { readonly path: string };
      const run = relative(lab.folder, made.path);
      const driver = await lab.open(browser, run);
      const state = () => readRun(made.path).state;
      const parts = { find: () => [made.path], voucher, url: slack.url, say: () => undefined };
      listening = await listenInSlack(parts, slack.tokens);
      await listening!.heard;

      await test.step('the owner of a task reports on a phone', async () => {
        await runCell(driver, 'gather(');
        await expect.poll(() => Object.values(state().taskLists).length).toBe(1);
        await olga.page.goto(listAddress(origin, Object.values(state().taskLists)[0]!)!);
        await olga.page.getByRole('button', { name: 'Done' }).tap();
        await expectState(olga.page, 'counted', /^Counted/);
        await expect(driver.getByText('gathered', { exact: true })).toBeVisible();
      });

      await test.step('the QA lead approves on a phone', async () => {
        await runCell(driver, 'approval(');
        await expect(approvalIn(driver)).toContainText('Waiting for approval');
        const asked = () => Object.values(state().approvals)[0];
        await expect.poll(() => asked()?.status).toBe('pending');
        // The card leads to the page that Slack links.
        await expect(approvalIn(driver).getByRole('link', { name: 'Decision page' })).toHaveAttribute(
          'href',
          decisionAddress(origin, asked()!)!
        );
        await expectAccessible(driver, '.jp-OutputArea .lb-Approval');
        await quinn.page.goto(decisionAddress(origin, asked()!)!);
        const words = await quinn.page.locator('.words strong').innerText();
        await expect(approvalIn(driver)).toContainText(words);
        await quinn.page.getByLabel(/^Comment/).fill('Ordered a tea');
        await quinn.page.getByRole('button', { name: 'Approve' }).tap();
        await expectState(quinn.page, 'counted', /^Counted.* 1 of 2 have approved\.$/);
      });

      await test.step('the second approver in Slack, with a reason, and the driver goes on', async () => {
        const waiting = () => slack.messages.find(({ text }) => text.includes('waits for'));
        await expect.poll(() => waiting()?.blocks.length, { timeout: 30_000 }).toBe(2);
        expect(waiting()!.text).toContain('|Decide>');
        const { elements } = waiting()!.blocks[1] as { elements: { action_id: string; value: string }[] };
        const { action_id: action, value } = elements[0]!;
        // Somebody who is not named is told so, and nothing happens.
        await slack.click('U024BE7LH', action, value);
        await expect.poll(() => slack.ephemeral.length).toBe(1);
        expect(slack.views).toEqual([]);
        await slack.click('U0RHEA', action, value);
        await expect.poll(() => slack.views.length).toBe(1);
        await slack.submit('U0RHEA', { reason: { reason: { value: 'Seen in the shop' } } });
        await expect(approvalIn(driver)).toContainText('rhea (authenticated, slack)');
        await expect(approvalIn(driver)).toContainText('quinn (signed, passkey');
        await expect
          .poll(() => slack.messages.flatMap(({ blocks }) => blocks).length, { timeout: 30_000 })
          .toBe(0);
        expect(slack.faults).toEqual([]);
        await runCell(driver, 'deployed');
        await expect(driver.getByText('deployed', { exact: true })).toBeVisible();
      });

      await test.step('the archive shows it, and verify holds', async () => {
        await driver.keyboard.press('Control+s');
        await driver.close();
        await labs.endKernels();
        await expect
          .poll(
            () => {
              try {
                return launchbook('archive', made.path);
              } catch (error) {
                return String((error as { stderr?: string }).stderr);
              }
            },
            { timeout: 60_000 }
          )
          .toContain('archive');
        const text = JSON.stringify(JSON.parse(git('show', `HEAD:${run}`)));
        expect(text).toContain('quinn');
        expect(text).toContain('olga (signed');
        expect(text).toContain('rhea (authenticated, slack)');
        expect(launchbook('verify', made.path)).toMatch(/3 signatures/);
        expect(git('ls-files', dirname(made.path))).toContain('.token');
      });
    } finally {
      await listening?.close();
      await board.close();
      await slack.close();
      [key, `${key}.pub`].forEach(file => rmSync(file, { force: true }));
    }
  }
);
