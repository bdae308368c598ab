// A deployment that has passed in production is not done again by a stray key: one question for one gesture, whichever way it is run.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from './axe.js';
import { RunPage } from './run-page.js';
import { expect, test } from './test.js';

const RUN = {
  id: '2.4.0-production-0a1b2c',
  runbook: 'release.ipynb',
  commit: null,
  release: '2.4.0',
  environment: 'production',
  mode: 'live',
  createdAt: '2026-11-22T08:00:00.000Z',
  createdBy: { username: 'ann', name: 'Ann Lee', grade: 'claimed' },
  parameters: {}
};
const DEPLOY = 'echo deployed';

test('a step that has passed asks before it runs again, and the empty last cell is no step', async ({
  browser,
  labs
}) => {
  const lab = await labs.fresh();
  const folder = join(lab.folder, 'second');
  mkdirSync(folder);
  writeFileSync(join(folder, 'launchbook.yml'), 'environments: { production: { production: true } }\n');
  lab.write(
    'second/release.ipynb',
    'launchbook',
    [
      { id: 'deployment', type: 'markdown', source: '## Deployment' },
      { id: 'deploy', source: "// Deploy orders\nawait $`sh -c ${'echo deployed >> log'}`" },
      { id: 'empty', source: '' }
    ],
    { launchbook: { run: RUN } }
  );
  const page = await lab.open(browser, 'second/release.ipynb');
  const run = new RunPage(page, []);
  await run.showPhases();
  const logged = (): number =>
    existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8').trim().split('\n').length : 0;
  const cell = run.cell(DEPLOY);
  const box = cell.locator('.jp-Stdin-input');
  const question = page.getByRole('dialog').filter({ hasText: 'Run “Deploy orders” again?' });

  await test.step('the first run asks for the name alone; typed into the bar, the field of the cell is closed', async () => {
    await run.runCell(DEPLOY);
    await expect(box).toBeVisible();
    await page.getByRole('textbox', { name: 'Name of the environment (production)' }).fill('production');
    await page.keyboard.press('Enter');
    await expect(box).toHaveCount(0);
    await expect(run.timing(cell)).toHaveAttribute('data-status', 'passed');
    expect(logged()).toBe(1);
    expect(await run.phases()).toEqual([['Deployment', 'passed']]);
  });

  await test.step('Shift+Enter asks, Cancel keeps what the cell shows', async () => {
    await run.runCell(DEPLOY);
    await expect(question).toContainText('echo deployed >> log');
    await expectAccessible(page, '.jp-Dialog');
    await page.keyboard.press('Escape');
    await expect(question).toHaveCount(0);
    await expect(run.timing(cell)).toHaveAttribute('data-status', 'passed');
    expect(logged()).toBe(1);
  });

  await test.step('a yes runs it once', async () => {
    await run.runCell(DEPLOY);
    await question.getByRole('button', { name: 'Run again' }).click();
    await expect.poll(logged).toBe(2);
    await expect(run.timing(cell)).toHaveAttribute('data-status', 'passed');
  });

  await test.step('JupyterLab’s own command is asked by the kernel', async () => {
    await page.keyboard.press('Control+Shift+c');
    await page.locator('.lm-CommandPalette-input').fill('Run All Cells');
    await page.locator('.lm-CommandPalette-item[data-command="notebook:run-all-cells"]').click();
    await expect(cell.locator('.jp-Stdin-prompt')).toContainText('has passed (attempt 2)');
    await box.fill('no');
    await box.press('Enter');
    await expect(cell).toContainText('was not run again');
    expect(logged()).toBe(2);
  });
});
