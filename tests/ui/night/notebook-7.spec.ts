// A release night in Jupyter Notebook 7: what is answered is closed and gives the keys back, and what has passed is asked about.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RunPage } from '../run-page.js';
import { expect, test } from '../test.js';

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
const LOOK = "const release = '2.4.0'";
const DEPLOY = 'echo deployed';

test(
  'a live run in production has nothing in its way in Notebook 7',
  { tag: '@proof' },
  async ({ browser, labs }) => {
    const lab = await labs.fresh();
    const folder = join(lab.folder, 'seven');
    mkdirSync(folder);
    writeFileSync(join(folder, 'launchbook.yml'), 'environments: { production: { production: true } }\n');
    lab.write(
      'seven/release.ipynb',
      'launchbook',
      [
        { id: 'deployment', type: 'markdown', source: '## Deployment' },
        { id: 'look', source: LOOK },
        { id: 'deploy', source: "// Deploy orders\nawait $`sh -c ${'echo deployed >> log'}`" },
        { id: 'empty', source: '' }
      ],
      { launchbook: { run: RUN } }
    );
    const faults: string[] = [];
    const page = await browser.newPage();
    page.on('pageerror', error => faults.push(error.stack ?? error.message));
    await page.goto(lab.address('seven/release.ipynb').replace('/lab/tree/', '/notebooks/'));
    const run = new RunPage(page, faults);
    await page.locator('.jp-Notebook .jp-Cell').first().waitFor();
    const logged = (): number =>
      existsSync(join(folder, 'log'))
        ? readFileSync(join(folder, 'log'), 'utf8').trim().split('\n').length
        : 0;

    await test.step('banner and window say where it acts', async () => {
      await expect(page.locator('.lb-Banner')).toContainText('live in production', { timeout: 60_000 });
      await expect(page).toHaveTitle(/2\.4\.0 · production/);
    });

    await test.step('a cell that becomes text keeps no type error', async () => {
      const cell = page.locator('.jp-Notebook .jp-Cell').last();
      await cell.locator('.cm-content').click();
      await page.keyboard.insertText("const wrong: number = 'a word';");
      await expect(cell.locator('.lb-Problems')).toContainText('TS2322');
      await page.keyboard.press('Escape');
      await page.keyboard.press('m');
      await expect(page.locator('.lb-Problems:visible')).toHaveCount(0);
    });

    await test.step('the name is typed into the bar; the field of the cell closes, and the keys are those of the notebook again', async () => {
      await run.cell(LOOK).locator('.jp-InputPrompt').click();
      await page.keyboard.press('Shift+Enter');
      await expect(run.cell(LOOK).locator('.jp-Stdin-input')).toBeVisible();
      const field = page.getByRole('textbox', { name: 'Name of the environment (production)' });
      await field.click();
      await page.keyboard.insertText('production');
      await page.keyboard.press('Enter');
      await expect(run.timing(run.cell(LOOK))).toHaveAttribute('data-status', 'passed');
      await expect(page.locator('.jp-Stdin-input')).toHaveCount(0);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Shift+Enter');
      await expect(run.timing(run.cell(DEPLOY))).toHaveAttribute('data-status', 'passed');
      expect(logged()).toBe(1);
    });

    await test.step('what has passed asks before it runs again', async () => {
      await run.runCell(DEPLOY);
      const question = page.getByRole('dialog').filter({ hasText: 'Run “Deploy orders” again?' });
      await expect(question).toContainText('echo deployed >> log');
      await page.keyboard.press('Escape');
      await expect(question).toHaveCount(0);
      await expect(run.timing(run.cell(DEPLOY))).toHaveAttribute('data-status', 'passed');
      expect(logged()).toBe(1);
    });
    expect(run.ownFaults()).toEqual([]);
  }
);
