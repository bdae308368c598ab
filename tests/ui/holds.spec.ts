// People in the loop, as they see it: two approvers of three people, one driver, the wheel, a revocation, a broken glass.
import type { Browser, Locator, Page } from '@playwright/test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from './axe.js';
import { startLab, type Lab } from './lab.js';
import { keepPicture } from './picture.js';
import { expect, test } from './test.js';

const POLICY = `environments:
  staging:
    policy:
      approvals: { required: 2, fourEyes: true, comment: true }
`;
const ASK = `await approval('Go', {
  question: 'May payments follow?',
  form: { when: { label: 'When', choices: ['now', 'tonight'] } },
  evidence: { Orders: '3 of 3 healthy' }
})`;

const ASSIGN = `await gather(await assign('Smoke tests', [
  { task: 'Smoke-test orders', owner: '*', due: '30m' },
  { task: 'Tell support', owner: '*', critical: false }
]))
console.log('all gathered')`;

let lab: Lab;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  lab = await startLab();
  lab.set('launchbook:help', { offerTour: false });
});
test.afterAll(async () => await lab?.stop());

test('two approvers decide, the driver may not, and the wheel goes on by agreement', async ({ browser }) => {
  const name = writeRun('two-approvers', [ASK, "console.log('batch two')"]);
  const driver = await lab.open(browser, name);
  await runCell(driver, 'approval(');
  const asked = approvalIn(driver);
  await expect(asked).toContainText('Waiting for approval');

  await test.step('the driver reads the rules and why they may not decide', async () => {
    await expect(asked).toContainText('2 different people have to approve. The driver may not decide.');
    await expect(asked).toContainText('drives this run; “Go” needs somebody else.');
    await expect(asked.getByRole('button', { name: 'Approve' })).toHaveCount(0);
    await expectAccessible(driver, '.jp-OutputArea .lb-Approval');
  });

  const ann = await openBeside(browser, name);
  const bob = await openBeside(browser, name);

  await test.step('a watcher reads who drives', async () => {
    await expect(wheelIn(ann)).toContainText('drives this run');
    await expectAccessible(ann, '.lb-Wheel');
  });

  await test.step('an approval without its comment or its answer is not sent, and says what is missing', async () => {
    await approvalIn(ann).getByRole('checkbox').check();
    await approvalIn(ann).getByRole('button', { name: 'Approve' }).click();
    await expect(approvalIn(ann).getByRole('alert').first()).toContainText('needs a comment');
    await approvalIn(ann).getByLabel('Comment').fill('orders looked at');
    await approvalIn(ann).getByRole('button', { name: 'Approve' }).click();
    await expect(approvalIn(ann).getByRole('alert').first()).toContainText('Answer “When”');
    await expectAccessible(ann, '.jp-OutputArea .lb-Approval');
    await keepPicture(ann, 'approval-rules');
  });

  await test.step('the first of two is counted everywhere, and decides no second time', async () => {
    await decide(ann, 'orders looked at');
    await expect(asked).toContainText('1 of 2 approved');
    await expect(approvalIn(ann)).toContainText('has decided on “Go” already');
    await expect(approvalIn(bob)).toContainText('1 of 2 approved');
  });

  await test.step('the second releases it', async () => {
    await decide(bob, 'dashboards are green');
    await expect(asked).toContainText('Approved');
    await expect(asked).toContainText('When: tonight');
    await expect(asked).toContainText('orders looked at');
    await expect(driver.getByText('TypeScript (Launchbook) | Idle')).toBeVisible();
    await expectAccessible(driver, '.jp-OutputArea .lb-Approval');
    await keepPicture(driver, 'approval-decided');
  });

  await test.step('nobody but the driver runs a step', async () => {
    await runCell(ann, 'batch two');
    await expect(
      ann.locator('.jp-OutputArea-output', { hasText: /drives this run|driver/ }).last()
    ).toContainText(/driver/i);
    await expect(ann.locator('.jp-OutputArea-output', { hasText: /^batch two/ })).toHaveCount(0);
  });

  await test.step('the driver hands the wheel over to who asks', async () => {
    await wheelIn(ann).getByRole('button', { name: 'Ask for the wheel' }).click();
    await expect(wheelIn(driver)).toContainText('asks for the wheel');
    await expectAccessible(driver, '.lb-Wheel');
    await keepPicture(driver, 'wheel-asked');
    await wheelIn(driver).getByRole('button', { name: 'Hand over' }).click();
    await expect(wheelIn(ann)).toBeHidden();
    await expect(wheelIn(driver)).toContainText('You are watching');
    await runCell(ann, 'batch two');
    await expect(ann.locator('.jp-OutputArea-output', { hasText: /^batch two/ })).toHaveCount(1);
  });

  await test.step('a revocation is recorded with its reason and locks what follows', async () => {
    await approvalIn(bob).getByText('Take it back').click();
    await approvalIn(bob).getByLabel('Reason').fill('error rate rises');
    await approvalIn(bob).getByRole('button', { name: 'Revoke the approval' }).click();
    await expect(approvalIn(ann)).toContainText('Revoked');
    await expect(approvalIn(ann)).toContainText('error rate rises');
    await runCell(ann, 'batch two');
    await expect(ann.locator('.jp-OutputArea-output', { hasText: 'This step is locked' })).toHaveCount(1);
  });
});

test('tasks of people are taken and done on their board, and a cell gathers them', async ({ browser }) => {
  const name = writeRun('tasks', [ASSIGN], 'rehearsal');
  const page = await lab.open(browser, name);
  await runCell(page, 'assign(');
  const board = page.locator('.jp-OutputArea .lb-Board');
  await expect(board).toContainText('Waiting for 2 tasks');
  await expect(board).toContainText('nothing heard');
  await expectAccessible(page, '.jp-OutputArea .lb-Board');
  const watcher = await openBeside(browser, name, false);
  const other = watcher.locator('.jp-OutputArea .lb-Board');

  await test.step('who takes a task is seen by everybody', async () => {
    await board.getByRole('button', { name: 'I take it: Smoke-test orders' }).click();
    await expect(board).toContainText('accepted');
    await expect(other).toContainText('accepted');
  });

  await test.step('a task is done by anybody who is named, and the cell goes on with the last', async () => {
    await other.getByRole('button', { name: 'Done: Smoke-test orders' }).click();
    await expect(board).toContainText('1 of 2 done');
    await keepPicture(page, 'board-of-tasks');
    await board.getByRole('button', { name: 'Done: Tell support' }).click();
    await expect(board).toContainText('Gathered');
    await expect(page.locator('.jp-OutputArea-output', { hasText: /^all gathered/ })).toHaveCount(1);
    await expectAccessible(page, '.jp-OutputArea .lb-Board');
  });
});

test('a broken glass needs its reason and turns the run amber', async ({ browser }) => {
  const name = writeRun('broken-glass', [ASK]);
  const page = await lab.open(browser, name);
  await runCell(page, 'approval(');
  const asked = approvalIn(page);
  await asked.getByText('Other ways to decide').click();
  await expectAccessible(page, '.jp-OutputArea .lb-Approval');
  await asked.getByRole('button', { name: 'Release against the policy' }).click();
  await expect(asked.getByText('Reason is missing.')).toBeVisible();
  await asked.getByLabel('Reason').fill('orders are down and nobody of QA can be reached');
  await asked.getByRole('button', { name: 'Release against the policy' }).click();
  await expect(asked).toContainText('Released against the policy by');
  await expect(page.locator('.lb-Banner')).toContainText('Released against the policy: “Go”');
  await expect(page.getByText('TypeScript (Launchbook) | Idle')).toBeVisible();
  await keepPicture(page, 'broken-glass');
});

function writeRun(folder: string, sources: readonly string[], mode = 'live'): string {
  const path = join(lab.folder, folder);
  mkdirSync(path);
  writeFileSync(join(path, 'launchbook.yml'), POLICY);
  const run = {
    id: `2.4.0-staging-${folder}`,
    runbook: 'release.ipynb',
    commit: null,
    release: '2.4.0',
    environment: 'staging',
    mode,
    createdAt: '2026-11-22T07:59:00.000Z',
    createdBy: { username: 'ann', name: 'Ann Lee', grade: 'claimed' },
    parameters: {}
  };
  const cells = sources.flatMap((source, index) => [
    { cell_type: 'markdown', id: `phase-${index}`, metadata: {}, source: `## Phase ${index + 1}` },
    { cell_type: 'code', id: `step-${index}`, metadata: {}, execution_count: null, outputs: [], source }
  ]);
  const kernelspec = { name: 'launchbook', display_name: 'TypeScript (Launchbook)', language: 'typescript' };
  const notebook = { nbformat: 4, nbformat_minor: 5, metadata: { kernelspec, launchbook: { run } }, cells };
  writeFileSync(join(path, 'run.ipynb'), `${JSON.stringify(notebook, null, 1)}\n`);
  return `${folder}/run.ipynb`;
}

/** One more person: another browser, another identity. Its kernel may be at work. */
async function openBeside(browser: Browser, name: string, isWatched = true): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(lab.address(name));
  await page.locator('.jp-Notebook .jp-Cell').first().waitFor();
  if (isWatched) {
    await expect(wheelIn(page)).toBeVisible();
    await page.getByRole('button', { name: 'Go to what waits' }).click();
  }
  return page;
}

function approvalIn(page: Page): Locator {
  return page.locator('.jp-OutputArea .lb-Approval');
}

function wheelIn(page: Page): Locator {
  return page.locator('.lb-Wheel');
}

async function runCell(page: Page, text: string): Promise<void> {
  const cell = page
    .locator('.jp-CodeCell')
    .filter({ has: page.locator('.jp-InputArea-editor', { hasText: text }) });
  await cell.scrollIntoViewIfNeeded();
  await cell.locator('.jp-InputPrompt').click();
  await page.keyboard.press('Control+Enter');
}

async function decide(page: Page, comment: string): Promise<void> {
  const approval = approvalIn(page);
  await approval.getByRole('checkbox').check();
  await approval.getByLabel('When').selectOption('tonight');
  await approval.getByLabel('Comment').fill(comment);
  await approval.getByRole('button', { name: 'Approve' }).click();
}
