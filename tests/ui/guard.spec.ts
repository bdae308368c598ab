// The guard rails of a run: where it acts, a question before what cannot be undone, and what editing does to an approval.
import type { Browser, Page } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from './axe.js';
import { startReleaseRun, type ReleaseRun } from './release-run.js';
import { ROOT } from './root.js';
import { RunPage } from './run-page.js';
import { expect, test } from './test.js';
import { useTheme } from './themes.js';

let release: ReleaseRun;
test.beforeAll(async ({ labs }) => {
  release = await startReleaseRun(labs);
});
test.afterAll(async () => await release?.stop());

const DESTRUCTIVE = "const release = '2.4.0'";
const HARMLESS = '--dry-run';
const BANNER = '.lb-Banner';

test('a destructive step asks before it runs, whichever way it is run', async ({ browser }) => {
  const run = await openRun(browser, 'guard-destructive', ['--env', 'staging', '--mode', 'rehearsal']);
  const { page } = run;
  const cell = run.cell(DESTRUCTIVE);
  const question = questionOf(page, 'Run a destructive step?');

  await test.step('keys, the toolbar and the menu ask, and Cancel is the answer that Enter gives', async () => {
    for (const start of [
      () => run.runCell(DESTRUCTIVE),
      () => pressIn(run, 'Shift+Enter'),
      () => pressIn(run, 'Alt+Enter'),
      () => page.locator('.jp-NotebookPanel-toolbar [data-jp-item-name="run"] [aria-label]').first().click(),
      () => choose(page, 'Run', 'Run Selected Cell and Do not Advance'),
      () => choose(page, 'Run', 'Run Selected Cell')
    ]) {
      await start();
      await expect(question).toContainText('Name the release');
      await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(question).toHaveCount(0);
    }
    await expect(run.timing(cell)).toHaveCount(0);
  });

  await test.step('its answer Run runs it', async () => {
    await run.runCell(DESTRUCTIVE);
    await question.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(run.timing(cell)).toHaveAttribute('data-status', 'passed');
  });

  await test.step('a step without the mark runs at once', async () => {
    await run.runCell(HARMLESS);
    await expect(run.timing(run.cell(HARMLESS))).toHaveAttribute('data-status', 'passed');
  });

  await test.step('the banner says that this is a rehearsal', async () => {
    await expect(page.locator(BANNER)).toContainText('staging');
    await expect(page.locator(BANNER)).toContainText('rehearsal: effects are real');
    await expect(page.locator(BANNER)).toHaveAttribute('data-tone', 'calm');
  });

  await test.step('who edits a step that passed reads that it is not what passed, until it is undone', async () => {
    await cell.locator('.cm-content').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText(' // edited');
    await expect(cell.locator('.lb-Edited')).toHaveText(/passed with another text/);
    await expectAccessible(page, '.lb-Edited:not(.lm-mod-hidden)');
    await page.keyboard.press('Control+z');
    await expect(cell.locator('.lb-Edited')).toBeHidden();
  });
  expect(run.ownFaults()).toEqual([]);
});

test(
  'the remark about an edited step goes when the step runs again, though another cell is the active one',
  { tag: '@proof' },
  async ({ browser }) => {
    const { lab } = release;
    const run = {
      id: '2.4.0-staging',
      runbook: 'release.ipynb',
      commit: null,
      release: '2.4.0',
      environment: 'staging',
      mode: 'rehearsal',
      createdAt: '2026-11-22T07:59:00.000Z',
      createdBy: { username: 'ann', name: 'Ann Lee', grade: 'claimed' },
      parameters: {}
    };
    const cells = [
      { id: 'phase', type: 'markdown', source: '## Look' },
      { id: 'a', source: '1 + 1' },
      { id: 'b', source: '2 + 2' }
    ] as const;
    lab.write('edited.ipynb', 'launchbook', cells, { launchbook: { run } });
    const page = await lab.open(browser, 'edited.ipynb');
    const opened = new RunPage(page, []);
    const cell = opened.cell('1 + 1');
    await opened.runCell('1 + 1');
    await expect(opened.timing(cell)).toHaveAttribute('data-status', 'passed');
    await cell.locator('.cm-content').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText(' + 1');
    await expect(cell.locator('.lb-Edited')).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+ArrowDown');
    await expect(cell.locator('.lb-Edited')).toBeVisible();
    await page.keyboard.press('Control+Enter');
    await expect(opened.timing(opened.cell('2 + 2'))).toHaveAttribute('data-status', 'passed');
    await expect(cell.locator('.lb-Edited')).toBeHidden();
  }
);

test('a live run in production has a banner that stays, and Run All asks first', async ({ browser }) => {
  const run = await openRun(browser, 'guard-production', ['--env', 'production', '--mode', 'live']);
  const { page } = run;
  const banner = page.locator(BANNER);
  await expect(banner).toHaveAttribute('data-tone', 'danger');
  await expect(banner).toContainText('live in production: everything is real');
  // launchbook.yml says red.
  await expect(banner.locator('.lb-Banner-colour')).toHaveCSS('background-color', 'rgb(255, 0, 0)');

  await test.step('the banner and the question break no accessibility rule in either theme', async () => {
    for (const theme of ['JupyterLab Dark', 'JupyterLab Light'] as const) {
      await useTheme(run.page, theme);
      await expectAccessible(page, BANNER);
      await run.runAll();
      const question = questionOf(page, 'Run all 14 steps in production?');
      await expect(question).toContainText('What these steps do cannot simply be undone');
      await run.picture(theme === 'JupyterLab Dark' ? 'run-all-in-production-dark' : 'run-all-in-production');
      await page.keyboard.press('Escape');
      await expect(question).toHaveCount(0);
    }
  });

  await test.step('nothing has run', async () => {
    await expect(page.locator('.lb-Timing')).toHaveCount(0);
  });

  await test.step('JupyterLab’s own command does not ask, and the kernel runs nothing before the name is typed', async () => {
    const journal = join(release.lab.folder, 'runs/guard-production/release.journal.jsonl');
    const attempts = (): number => readFileSync(journal, 'utf8').split('"attempt-started"').length - 1;
    await page.keyboard.press('Control+Shift+c');
    await page.locator('.lm-CommandPalette-input').fill('Run All Cells');
    await page.locator('.lm-CommandPalette-item[data-command="notebook:run-all-cells"]').click();
    await expect(page.locator('.lb-Wheel').getByLabel(/production/)).toBeVisible();
    expect(attempts()).toBe(0);
    await choose(page, 'Kernel', 'Interrupt Kernel');
    await expect(page.getByText('TypeScript (Launchbook) | Idle')).toBeVisible();
    expect(attempts()).toBe(0);
    expect(await page.locator('.lb-Timing[data-status="passed"]').count()).toBe(0);
  });

  await test.step('scrolled to the end it is still in sight', async () => {
    await page.locator('.jp-Cell').last().scrollIntoViewIfNeeded();
    await expect(banner).toBeInViewport({ ratio: 1 });
  });
  expect(run.ownFaults()).toEqual([]);
});

/** A fresh run in the folder NAME, whose first step is marked as destructive, opened. */
async function openRun(browser: Browser, name: string, options: readonly string[]): Promise<RunPage> {
  const { lab } = release;
  const folder = join(lab.folder, 'runs', name);
  const template = join(lab.folder, 'release.ipynb');
  const call = [join(ROOT, 'lib/cli/main.js'), 'new', template, '--release', '2.4.0', ...options];
  const result = spawnSync(process.execPath, [...call, '--out', folder, '--json'], { encoding: 'utf8' });
  expect(result.stderr).toBe('');
  const path = join(folder, 'release.ipynb');
  const notebook = JSON.parse(readFileSync(path, 'utf8')) as {
    cells: { source: string | string[]; metadata: Record<string, unknown> }[];
  };
  const cell = notebook.cells.find(each => [each.source].flat().join('').includes(DESTRUCTIVE));
  cell!.metadata['tags'] = ['destructive'];
  writeFileSync(path, `${JSON.stringify(notebook, null, 1)}\n`);
  return await RunPage.open(browser, { url: lab.address(`runs/${name}/release.ipynb`) });
}

function questionOf(page: Page, title: string): ReturnType<Page['locator']> {
  return page.getByRole('dialog').filter({ hasText: title });
}

async function pressIn(run: RunPage, key: string): Promise<void> {
  await run.cell(DESTRUCTIVE).locator('.jp-InputPrompt').click();
  await run.page.keyboard.press(key);
}

async function choose(page: Page, menu: string, item: string): Promise<void> {
  await page.getByRole('menuitem', { name: menu, exact: true }).click();
  await page.locator('.lm-Menu-itemLabel', { hasText: new RegExp(`^${item}$`) }).click();
}
