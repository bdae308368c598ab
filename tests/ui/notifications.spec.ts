// Notifications with a kernel that keeps no journal, while the person looks elsewhere.
import type { Browser, Page } from '@playwright/test';
import { activate, command, isReady, type CellSource, type Lab } from './lab.js';
import { look, type RaisedNotification } from './run-page.js';
import { expect, test } from './test.js';

const NOTIFY = 'launchbook:notify';
const CORE = '@jupyterlab/apputils-extension:notification';

let lab: Lab;
test.beforeAll(async ({ labs }) => {
  lab = await labs.fresh();
});
test.afterEach(() => {
  lab.set(NOTIFY, {});
  lab.set(CORE, {});
});

async function open(
  browser: Browser,
  name: string,
  sources: readonly (string | CellSource)[]
): Promise<Page> {
  const cells = sources.map(source => (typeof source === 'string' ? { source } : source));
  lab.write(name, 'python3', cells);
  return await lab.open(browser, name);
}

async function raised(page: Page): Promise<RaisedNotification[]> {
  return await page.evaluate(() => (globalThis as unknown as { raised: RaisedNotification[] }).raised);
}

const titles = async (page: Page): Promise<string[]> => (await raised(page)).map(each => each.title);

test('a failure is told once, counted in the title, and a click leads to its cell; a reload tells nothing', async ({
  browser
}) => {
  const page = await open(browser, 'failing.ipynb', [
    'print(1)',
    'raise ValueError("no such version")',
    'print(3)'
  ]);
  await look(page, false);
  await command(page, 'notebook:run-all-cells');
  await expect.poll(() => titles(page)).toEqual(['Failed: [2] raise ValueError("no such version")']);
  expect((await raised(page))[0]!.body).toContain('ValueError: no such version');
  await expect(page).toHaveTitle(/^\(1\) /);
  await page.evaluate(() => (document.title = 'JupyterLab writes its own'));
  await expect(page).toHaveTitle(/^\(1\) /);
  await activate(page, 'cell-0');
  await look(page, true);
  await expect(page).not.toHaveTitle(/^\(1\) /);
  await page.evaluate(() => (globalThis as unknown as { clicks: (() => void)[] }).clicks[0]!());
  await expect(page.locator('.jp-Notebook .jp-Cell.jp-mod-active')).toContainText('no such version');
  await command(page, 'docmanager:save');
  await page.reload();
  await isReady(page);
  await look(page, false);
  expect(await raised(page)).toEqual([]);
  await page.close();
});

test('nothing is told to a person who looks at the page', { tag: '@proof' }, async ({ browser }) => {
  const page = await open(browser, 'looking.ipynb', ['raise ValueError("no")']);
  await page.bringToFront();
  await page.evaluate(() => Object.defineProperty(document, 'hasFocus', { value: () => true }));
  await command(page, 'notebook:run-all-cells');
  await expect(page.locator('.lb-Timing')).toHaveAttribute('data-status', 'failed');
  expect(await raised(page)).toEqual([]);
  await page.close();
});

test('long cells, a batch of them, and a cell that still runs', async ({ browser }) => {
  lab.set(NOTIFY, { longerThanSeconds: 1, stillRunning: true, stillRunningSeconds: 1 });
  const page = await open(browser, 'long.ipynb', ['import time; time.sleep(2)', 'print(2)']);
  await look(page, false);
  await command(page, 'notebook:run-all-cells');
  await expect
    .poll(() => titles(page))
    .toEqual([
      'Still running: import time; time.sleep(2)',
      'Done: [1] import time; time.sleep(2)',
      '2 cells are done'
    ]);
  await page.close();
});

test(
  'a choice for a cell or notebook is kept in the file, and nothing before somebody chooses',
  { tag: '@proof' },
  async ({ browser }) => {
    const page = await open(browser, 'choice.ipynb', ['raise ValueError("quiet")', 'print("loud")']);
    await activate(page, 'cell-0');
    await command(page, 'launchbook:choose-cell-notifications', { notify: 'never' });
    await activate(page, 'cell-1');
    await command(page, 'launchbook:choose-cell-notifications', { notify: 'always' });
    await look(page, false);
    await activate(page, 'cell-0');
    await command(page, 'notebook:run-cell');
    await activate(page, 'cell-1');
    await command(page, 'notebook:run-cell');
    await expect.poll(() => titles(page)).toEqual(['Done: [2] print("loud")']);
    await command(page, 'docmanager:save');
    expect(lab.read('choice.ipynb').cells.map(cell => cell.metadata['launchbook'])).toMatchObject([
      { notify: 'never' },
      { notify: 'always' }
    ]);
    await page.close();
  }
);

test('do-not-disturb of JupyterLab keeps the desktop quiet', { tag: '@proof' }, async ({ browser }) => {
  lab.set(CORE, { doNotDisturbMode: true });
  const page = await open(browser, 'disturb.ipynb', ['raise ValueError("no")']);
  await look(page, false);
  await command(page, 'notebook:run-all-cells');
  await expect(page).toHaveTitle(/^\(1\) /);
  expect(await raised(page)).toEqual([]);
  await page.close();
});

test('a kernel that died is told', { tag: '@proof' }, async ({ browser }) => {
  const page = await open(browser, 'dying.ipynb', ['import os; os._exit(1)']);
  await look(page, false);
  void command(page, 'notebook:run-all-cells').catch(() => undefined);
  await expect.poll(() => titles(page), { timeout: 30_000 }).toContain('The kernel died');
  await page.close();
});
