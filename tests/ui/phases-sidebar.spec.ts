// The phases sidebar opens by itself with a run, once, and does as it is told afterwards.
import type { Page, Response } from '@playwright/test';
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startReleaseRun, type ReleaseRun } from './release-run.js';
import { RunPage } from './run-page.js';
import { expect, test } from './test.js';

let release: ReleaseRun;
test.beforeAll(async ({ labs }) => {
  release = await startReleaseRun(labs);
});
test.afterAll(async () => await release?.stop());

test('opening a run shows its phases and leaves the focus in the notebook', async ({ browser }) => {
  const run = await RunPage.open(browser, release);
  await expect(panelOf(run.page)).toBeVisible();
  await expect(run.phase('preparation')).toBeVisible();
  expect(await run.page.evaluate(() => document.activeElement?.closest('.lb-Phases') ?? null)).toBeNull();

  await test.step('it is still there after a reload', async () => {
    await reopen(run);
    await expect(panelOf(run.page)).toBeVisible();
  });

  await test.step('closed, it stays closed over a reload', async () => {
    const saved = run.page.waitForResponse(isSavedClosed);
    await run.page.keyboard.press('Control+b');
    await expect(panelOf(run.page)).toBeHidden();
    await saved;
    await reopen(run);
    await expect(panelOf(run.page)).toBeHidden();
  });

  await test.step('opened by hand it is there again, and arrow keys walk through it', async () => {
    await run.showPhases();
    await run.phase('preparation').focus();
    await run.page.keyboard.press('ArrowRight');
    await expect(run.phase('preparation')).toHaveAttribute('aria-expanded', 'true');
    await run.page.keyboard.press('ArrowDown');
    await expect(run.page.locator('[data-key="step:parameters"]')).toBeFocused();
  });
});

test('a scratch notebook does not open it', { tag: '@proof' }, async ({ browser }) => {
  const scratch = join(dirname(release.notebook), 'scratch-for-the-sidebar.ipynb');
  const kernelspec = { name: 'launchbook', display_name: 'TypeScript (Launchbook)', language: 'typescript' };
  const cell = {
    cell_type: 'code',
    id: 'a',
    metadata: {},
    source: '6 * 7',
    outputs: [],
    execution_count: null
  };
  writeFileSync(
    scratch,
    JSON.stringify({ cells: [cell], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 })
  );
  try {
    const url = release.url.replace(/[^/]*\.ipynb/, 'scratch-for-the-sidebar.ipynb');
    const run = await RunPage.open(browser, { ...release, url });
    // Our extension has drawn: by now it would have opened the panel too.
    await run.runCell('6 * 7');
    await expect(run.timing(run.cell('6 * 7'))).toHaveAttribute('data-status', 'passed');
    await expect(panelOf(run.page)).toBeHidden();
    await run.showPhases();
    await expect(panelOf(run.page)).toContainText('A phase is a heading of level 2');
  } finally {
    rmSync(scratch);
  }
});

/** JupyterLab keeps layout and memory of a page together, a moment after the last change. */
function isSavedClosed(response: Response): boolean {
  const request = response.request();
  if (request.method() !== 'PUT' || !response.url().includes('/api/workspaces/')) {
    return false;
  }
  const { data } = request.postDataJSON() as {
    data: { 'layout-restorer:data'?: { left?: { collapsed?: boolean } } };
  };
  return data['layout-restorer:data']?.left?.collapsed === true;
}

function panelOf(page: Page): ReturnType<Page['getByRole']> {
  return page.getByRole('region', { name: 'Release phases' });
}

/** Opens the same address again, in the layout that was left. */
async function reopen(run: RunPage): Promise<void> {
  await run.page.reload();
  await run.isReady();
  await expect(run.page.locator('.lb-Timing, .jp-Cell').first()).toBeVisible();
}
