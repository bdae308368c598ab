// What a beginner gets: the tour with the first run, and the sheet of keys under H.
import { expectAccessible } from './axe.js';
import { startLaunchbook, type Launchbook } from './launchbook.js';
import { RunPage } from './run-page.js';
import { expect, test } from './test.js';
import { useTheme } from './themes.js';

let launchbook: Launchbook;
test.beforeAll(async () => {
  test.setTimeout(600_000);
  launchbook = await startLaunchbook();
});
test.afterAll(async () => await launchbook?.stop());

test(
  'the first run comes with a tour, once, and H explains the keys',
  { tag: '@proof' },
  async ({ browser }) => {
    const run = await RunPage.open(browser, launchbook);
    const { page } = run;
    const tour = page.locator('.lb-Tour');

    await test.step('the tour has the focus, and goes forth and back with the keyboard', async () => {
      await expect(tour.getByRole('heading')).toHaveText('A release is a notebook');
      await expect(tour.getByRole('button', { name: 'Next' })).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(tour.getByRole('heading')).toHaveText('The phases');
      await expect(tour).toContainText('2 of 6');
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Enter');
      await expect(tour.getByRole('heading')).toHaveText('A release is a notebook');
      await page.keyboard.press('Enter');
      await expect(tour.getByRole('heading')).toHaveText('The phases');
      await expectAccessible(page, '.lb-Tour');
      await run.picture('tour');
    });

    await test.step('Escape ends it and gives the focus back', async () => {
      await page.keyboard.press('Escape');
      await expect(tour).toHaveCount(0);
      await expect(page.locator('.jp-Notebook')).toContainText('Release of the tea shop');
    });

    await test.step('it does not come again', async () => {
      await page.reload();
      await run.isReady();
      await run.showPhases();
      await expect(tour).toHaveCount(0);
    });

    await test.step('the Help menu has it, and it can be gone through to the end', async () => {
      await useTheme(run.page, 'JupyterLab Dark');
      await page.getByRole('menuitem', { name: 'Help', exact: true }).click();
      await page.locator('.lm-Menu-itemLabel', { hasText: /^Take the Tour/ }).click();
      for (const number of [1, 2, 3, 4, 5]) {
        await expect(tour).toContainText(`${number} of 6`);
        await expectAccessible(page, '.lb-Tour');
        if (number === 3) {
          await run.picture('tour-dark');
        }
        await tour.getByRole('button', { name: 'Next' }).click();
      }
      await tour.getByRole('button', { name: 'Done' }).click();
      await expect(tour).toHaveCount(0);
    });

    await test.step('H in command mode shows the keys, and Escape closes them', async () => {
      for (const theme of ['JupyterLab Dark', 'JupyterLab Light'] as const) {
        await useTheme(run.page, theme);
        await page.locator('.jp-Cell .jp-InputPrompt').nth(2).click();
        await page.keyboard.press('h');
        const sheet = page.getByRole('dialog').filter({ hasText: 'Keys for a release' });
        await expect(sheet).toContainText('Command mode');
        await expect(sheet.locator('dt', { hasText: /^F8$/ })).toBeVisible();
        await expectAccessible(page, '.lb-Sheet');
        await run.picture(theme === 'JupyterLab Dark' ? 'cheat-sheet-dark' : 'cheat-sheet');
        await page.keyboard.press('Escape');
        await expect(sheet).toHaveCount(0);
      }
    });

    await test.step('in edit mode H is a letter', async () => {
      const cell = run.cell('const release');
      await cell.locator('.cm-content').click();
      await page.keyboard.press('h');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    });
    expect(run.ownFaults()).toEqual([]);
  }
);
