// Every way in which an approval and a task end, as two people see it: withdrawn, stale, expired, read-only; late, silent, handed on.
import type { Page } from '@playwright/test';
import { expectAccessible } from './axe.js';
import { command, type Lab } from './lab.js';
import { approvalIn, openBeside, runCell, writeRun } from './people.js';
import { expect, test } from './test.js';
import { inBothThemes } from './themes.js';

const ASK =
  "await approval('Go', { question: 'May payments follow?', evidence: { Orders: '3 of 3 healthy' } })";

let lab: Lab;
test.beforeAll(async ({ labs }) => {
  lab = await labs.fresh();
});

test(
  'an approval that is withdrawn, stale or expired looks so to both people',
  { tag: '@proof' },
  async ({ browser }) => {
    const name = writeRun(lab, { folder: 'states', sources: [ASK], mode: 'rehearsal' });
    const page = await lab.open(browser, name);
    await runCell(page, 'approval(');
    const other = await openBeside(browser, lab, name, { isWatched: false });
    const both = [page, other];
    for (const each of both) {
      await expect(approvalIn(each)).toContainText('Waiting for approval');
    }

    await test.step('withdrawn, when its cell is interrupted', async () => {
      await command(page, 'notebook:interrupt-kernel');
      await expectLook(both, 'Withdrawn', 'aborted');
    });

    await test.step('stale, when the step is edited after it was approved', async () => {
      await runCell(page, 'approval(');
      await approvalIn(other).getByRole('checkbox').check();
      await approvalIn(other).getByRole('button', { name: 'Approve' }).click();
      await expectLook(both, 'Approved', 'passed');
      await writeCell(page, `${ASK} // edited`);
      await expectLook(both, 'Stale', 'stale');
      await expect(approvalIn(other)).toContainText('was edited');
      await inBothThemes(page, 'stale-approval');
    });

    await test.step('expired, when nobody decides in time', async () => {
      await writeCell(page, ASK.replace('evidence', "timeout: '1s', evidence"));
      await runCell(page, 'approval(');
      await expectLook(both, 'Expired', 'failed');
    });

    await test.step('read-only, when the kernel that asked is gone', async () => {
      await writeCell(page, ASK);
      await runCell(page, 'approval(');
      await expect(approvalIn(page)).toContainText('Waiting for approval');
      await command(page, 'notebook:shutdown-kernel');
      await expectLook([page], 'Withdrawn', 'aborted');
    });
  }
);

test(
  'a task that is silent goes to the deputy, a late one says so, and both people see it',
  { tag: '@proof' },
  async ({ browser }) => {
    const taskList = `await gather(await assign('Smoke tests', [
  { task: 'Smoke-test orders', owner: 'nobody', deputy: '*', answer: '1s' },
  { task: 'Tell support', owner: '*', due: '1s' }
]))`;
    const name = writeRun(lab, { folder: 'late', sources: [taskList], mode: 'rehearsal' });
    const page = await lab.open(browser, name);
    await runCell(page, 'assign(');
    const other = await openBeside(browser, lab, name, { isWatched: false });
    for (const each of [page, other]) {
      const shown = each.locator('.jp-OutputArea .lb-TaskList');
      await expect(shown).toContainText('late');
      await expect(shown.getByRole('button', { name: 'Done: Smoke-test orders' })).toBeVisible();
      await expectAccessible(each, '.jp-OutputArea .lb-TaskList');
    }
    await inBothThemes(page, 'late-tasks');
    await other.getByRole('button', { name: 'Done: Smoke-test orders' }).click();
    await page.getByRole('button', { name: 'Done: Tell support' }).click();
    for (const each of [page, other]) {
      await expect(each.locator('.jp-OutputArea .lb-TaskList')).toContainText('Gathered');
    }
  }
);

/** Every page shows the status in words and as a glyph, without a form. */
async function expectLook(pages: readonly Page[], word: string, glyph: string): Promise<void> {
  for (const page of pages) {
    await expect(approvalIn(page)).toContainText(word);
    await expect(approvalIn(page).locator(`.lb-Hold-head .lb-mod-${glyph}`)).toHaveCount(1);
    await expect(approvalIn(page).getByRole('checkbox')).toHaveCount(0);
    await expectAccessible(page, '.jp-OutputArea .lb-Approval');
  }
}

/** Puts another text into the only step, as a person types it. */
async function writeCell(page: Page, text: string): Promise<void> {
  await page.locator('.jp-CodeCell .cm-content').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(text);
  await page.keyboard.press('Escape');
}
