// Completion inside of a command: programs of the PATH and files, from the folder in which commands start.
import type { Locator, Page } from '@playwright/test';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../test.js';

const POPUP = '.jp-Completer:not(.lm-mod-hidden)';

for (const [application, place] of [
  ['JupyterLab', '/lab/tree/'],
  ['Notebook 7', '/notebooks/']
] as const) {
  test(
    `in ${application} Tab completes programs of the PATH and files in a command`,
    { tag: '@proof' },
    async ({ browser, labs }) => {
      const lab = await labs.fresh();
      mkdirSync(join(lab.folder, 'bin'));
      mkdirSync(join(lab.folder, 'releases'));
      for (const program of ['teapot-drain', 'teapot-fill']) {
        writeFileSync(join(lab.folder, 'bin', program), '#!/bin/sh\n');
        chmodSync(join(lab.folder, 'bin', program), 0o755);
      }
      writeFileSync(join(lab.folder, 'releases/2.4.0.yml'), '');
      writeFileSync(join(lab.folder, 'releases/2.4.1.yml'), '');
      lab.write('commands.ipynb', 'launchbook', [{ id: 'empty', source: '' }]);
      const page = await browser.newPage();
      await page.goto(lab.address('commands.ipynb').replace('/lab/tree/', place));
      const cell = page.locator('.jp-CodeCell').first();
      await cell.locator('.cm-content').click();

      await test.step('a program', async () => {
        await complete(page, cell, 'await $`gi', 'git');
      });
      await test.step('a file of a folder', async () => {
        await complete(page, cell, 'await $`bin/tea', 'teapot-drain');
        await page.locator(POPUP).getByText('teapot-fill', { exact: true }).click();
        await expect(cell.locator('.cm-content')).toContainText('await $`bin/teapot-fill');
      });
      await test.step('a file as an argument', async () => {
        await complete(page, cell, 'await $`cat releases/2.4', '2.4.1.yml');
        await page.keyboard.press('Enter');
        await expect(cell.locator('.cm-content')).toContainText('await $`cat releases/2.4.0.yml');
      });
      await test.step('in a value the names of the language', async () => {
        await complete(page, cell, 'await $`cat ${JSON.str', 'stringify');
      });
    }
  );
}

/** Types the code in place of what is there, and asks until `offered` is in the list or, as the only one, in the cell. */
async function complete(page: Page, cell: Locator, code: string, offered: string): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('Escape');
    await cell.locator('.cm-content').click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(code);
    await page.keyboard.press('Tab');
    const item = page.locator(POPUP).locator('.jp-Completer-item', { hasText: offered }).first();
    const only = cell.locator('.cm-content', { hasText: offered });
    await expect(item.or(only)).toBeVisible({ timeout: 5000 });
  }).toPass({ timeout: 60_000 });
}
