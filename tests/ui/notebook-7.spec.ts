// Jupyter Notebook 7: everything that does not need JupyterLab's shell works there too.
import { expectAccessible } from './axe.js';
import { startReleaseRun, type ReleaseRun } from './release-run.js';
import { recordNotifications, RunPage } from './run-page.js';
import { expect, test } from './test.js';

let release: ReleaseRun;
test.beforeAll(async ({ labs }) => {
  release = await startReleaseRun(labs);
});
test.afterAll(async () => await release?.stop());

test('a run in Notebook 7 has its banner, times, type errors, findings, notifications and approvals', async ({
  browser
}) => {
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on('pageerror', error => faults.push(error.stack ?? error.message));
  await page.addInitScript(recordNotifications);
  await page.goto(release.url.replace('/lab/tree/', '/notebooks/'));
  const run = new RunPage(page, faults);
  await page.locator('.jp-Notebook .jp-Cell').first().waitFor();

  await test.step('the banner says where it acts', async () => {
    await expect(page.locator('.lb-Banner')).toContainText('rehearsal: effects are real');
    await expectAccessible(page, '.lb-Banner');
  });

  await test.step('type errors are marked', async () => {
    const cell = run.cell("const release = '2.4.0'");
    await cell.locator('.cm-content').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText('\nconst wrong: number = release;');
    await expect(cell.locator('.lb-Problems')).toContainText('TS2322');
    await page.keyboard.press('Control+z');
    await expect(cell.locator('.lb-Mark')).toHaveCount(0);
  });

  await test.step('findings stand below the active cell', async () => {
    const cell = run.cell("const release = '2.4.0'");
    await cell.locator('.cm-content').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText("\nconst apiToken = 'abcdef123456';");
    await expect(cell.locator('.lb-Findings')).toContainText('secret-in-source');
    await page.keyboard.press('Control+z');
    await expect(cell.locator('.lb-Findings')).toBeHidden();
  });

  await test.step('Markdown is previewed', async () => {
    await page.locator('.jp-MarkdownCell').nth(1).locator('.jp-RenderedMarkdown').dblclick();
    await expect(page.locator('.lb-Preview')).toContainText('Name the release');
    await page.locator('.jp-MarkdownCell .cm-content:visible').click();
    await page.keyboard.press('Control+Enter');
    await expect(page.locator('.lb-Preview')).toHaveCount(0);
  });

  await test.step('H shows the keys', async () => {
    await page.locator('.jp-CodeCell .jp-InputPrompt').first().click();
    await page.keyboard.press('h');
    await expect(page.getByRole('dialog')).toContainText('Keys for a release');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  await test.step('cells have their times, and the run stops at the approval, which can be given', async () => {
    await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
    await page.locator('.lm-Menu-itemLabel', { hasText: /^Run All Cells$/ }).click();
    await run.look(false);
    const approval = run.approval();
    await expect(approval.getByRole('button', { name: 'Approve' })).toBeVisible({ timeout: 60_000 });
    await expect
      .poll(async () => (await run.notifications()).map(each => each.title))
      .toContain('Waiting for qa-lead: QA sign-off');
    await run.look(true);
    await expect(run.timing(run.cell("const release = '2.4.0'"))).toHaveAttribute('data-status', 'passed');
    await approval.scrollIntoViewIfNeeded();
    await run.picture('notebook-7');
    await approval.getByRole('checkbox').check();
    await approval.getByRole('button', { name: 'Approve' }).click();
    await expect(approval.getByText(/Approved by/)).toBeVisible();
  });
  expect(run.ownFaults()).toEqual([]);
  await page.close();
});
