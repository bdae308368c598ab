// The times under the cells with a kernel that is not ours: in every windowing mode, while cells are moved, split, copied and
// deleted, when kernels die, and in the saved file.
import type { Browser, Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe.js';
import { goOn, WAITS } from './waiting-cell.js';
import { activate, command, isReady, type CellSource, type Lab } from './lab.js';
import { expect, test } from './test.js';
import { inBothThemes } from './themes.js';
import { WINDOWING_MODES } from './windowing-modes.js';

const TRACKER = '@jupyterlab/notebook-extension:tracker';
const TIMING = 'launchbook:timing';

let lab: Lab;
test.beforeAll(async ({ labs }) => {
  lab = await labs.fresh();
});
test.afterEach(() => {
  goOn(lab, false);
  lab.set(TRACKER, {});
  lab.set(TIMING, {});
});

/** Opens a fresh notebook with these sources. */
async function open(
  browser: Browser,
  name: string,
  sources: readonly (string | CellSource)[]
): Promise<Page> {
  const cells = sources.map(source => (typeof source === 'string' ? { source } : source));
  lab.write(name, 'python3', cells);
  return await lab.open(browser, name);
}

const cellAt = (page: Page, index: number): Locator => page.locator('.jp-Notebook .jp-Cell').nth(index);
const timeAt = (page: Page, index: number): Locator => cellAt(page, index).locator('.lb-Timing');

async function expectStatus(page: Page, index: number, status: string): Promise<void> {
  await expect(timeAt(page, index)).toHaveAttribute('data-status', status, { timeout: 30_000 });
}

async function save(page: Page): Promise<void> {
  await command(page, 'docmanager:save');
}

/** The notebook's model says whether anything was changed. */
async function isDirty(page: Page): Promise<boolean> {
  return await page.evaluate(() => {
    const { jupyterapp } = globalThis as unknown as {
      jupyterapp: { shell: { currentWidget: { context: { model: { dirty: boolean } } } } };
    };
    return jupyterapp.shell.currentWidget.context.model.dirty;
  });
}

for (const windowingMode of WINDOWING_MODES) {
  test(
    `with windowing ${windowingMode} every cell that ran has its line, also far below and after a reload`,
    { tag: '@proof' },
    async ({ browser }) => {
      lab.set(TRACKER, { windowingMode });
      const page = await open(
        browser,
        `${windowingMode}.ipynb`,
        Array.from({ length: 60 }, (_, index) => `print(${index})`)
      );
      await command(page, 'notebook:run-all-cells');
      for (const cell of ['cell-0', 'cell-30', 'cell-59']) {
        await activate(page, cell);
        const line = page.locator('.jp-Notebook .jp-Cell.jp-mod-active .lb-Timing');
        await expect(line).toHaveAttribute('data-status', 'passed');
        await expect(line).toHaveText(/^passed\d\d:\d\d:\d\d → \d\d:\d\d:\d\d UTC · [\d.]+ m?s/);
      }
      await save(page);
      const kept = lab.read(`${windowingMode}.ipynb`).cells.map(cell => cell.metadata['launchbook']);
      expect(kept).toHaveLength(60);
      kept.forEach((ours, index) => {
        expect(ours).toEqual({
          attempts: [expect.stringMatching(/^1 passed \d{4}-\S+Z \+\d+ \+\d+/)],
          cell: `cell-${index}`
        });
      });
      await page.reload();
      await isReady(page);
      expect(await isDirty(page)).toBe(false);
      await activate(page, 'cell-59');
      await expect(page.locator('.jp-Notebook .jp-Cell.jp-mod-active .lb-Timing')).toHaveAttribute(
        'data-status',
        'passed'
      );
      await page.close();
    }
  );
}

test('a failure, what was not run behind it, and a Markdown cell', { tag: '@proof' }, async ({ browser }) => {
  const page = await open(browser, 'failing.ipynb', [
    // Long enough for all of them to be sent: what comes after the failure is run by ipykernel.
    'import time; time.sleep(1); print("fine")',
    'raise ValueError("no")',
    { type: 'markdown', source: 'Words' },
    'print("never")'
  ]);
  await command(page, 'notebook:run-all-cells');
  await expectStatus(page, 0, 'passed');
  await expectStatus(page, 1, 'failed');
  await expect(timeAt(page, 2)).toHaveCount(0);
  await expectStatus(page, 3, 'aborted');
  await expect(timeAt(page, 3)).toContainText('not run');
  await inBothThemes(page, 'timestamps', { selectors: ['.jp-Notebook .lb-Timing[data-status="failed"]'] });
  await page.close();
});

test('a running cell counts the seconds, tells the last duration, and keeps its time when it is moved', async ({
  browser
}) => {
  const page = await open(browser, 'moving.ipynb', [
    `import time; time.sleep(1)\n${WAITS}`,
    'print("second")',
    'print("third")'
  ]);
  await activate(page, 'cell-0');
  goOn(lab);
  await command(page, 'notebook:run-cell');
  await expectStatus(page, 0, 'passed');
  const [, lasted] = / UTC · ([\d.]+ s)/.exec((await timeAt(page, 0).textContent()) ?? '')!;
  goOn(lab, false);
  const again = command(page, 'notebook:run-cell');
  await expectStatus(page, 0, 'running');
  await expect(timeAt(page, 0)).toContainText(`last time ${lasted}`);
  const counted = async (): Promise<number> =>
    Number(/ · (\d+) s · /.exec((await timeAt(page, 0).textContent()) ?? '')?.[1] ?? 0);
  await expect.poll(counted).toBeGreaterThan(0);
  const before = await counted();
  await expect.poll(counted).toBeGreaterThan(before);
  await command(page, 'notebook:move-cell-down');
  await expectStatus(page, 1, 'running');
  goOn(lab);
  await again;
  await expectStatus(page, 1, 'passed');
  await expect(timeAt(page, 1)).toContainText('attempt 2');
  await expect(timeAt(page, 0)).toHaveCount(0);
  await page.close();
});

test('a duplicate and the first half of a split cell never ran', { tag: '@proof' }, async ({ browser }) => {
  const page = await open(browser, 'copies.ipynb', ['a = 1\nb = 2']);
  await activate(page, 'cell-0');
  await command(page, 'notebook:run-cell');
  await expectStatus(page, 0, 'passed');
  await expect.poll(() => isDirty(page)).toBe(true);
  await command(page, 'notebook:duplicate-below');
  await expect(page.locator('.jp-Notebook .jp-Cell')).toHaveCount(2);
  await expect(timeAt(page, 1)).toHaveCount(0);
  await cellAt(page, 0).locator('.cm-content').click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('End');
  await command(page, 'notebook:split-cell-at-cursor');
  await expect(page.locator('.jp-Notebook .jp-Cell')).toHaveCount(3);
  await expect(timeAt(page, 0)).toHaveCount(0);
  await expectStatus(page, 1, 'passed');
  await save(page);
  await page.reload();
  await isReady(page);
  await expectStatus(page, 1, 'passed');
  await expect(page.locator('.lb-Timing')).toHaveCount(1);
  await page.close();
});

test('a cell that was cut and pasted brings its times along', { tag: '@proof' }, async ({ browser }) => {
  const page = await open(browser, 'cut.ipynb', ['print(1)', 'print(2)']);
  await activate(page, 'cell-0');
  await command(page, 'notebook:run-cell');
  await expectStatus(page, 0, 'passed');
  await expect.poll(() => isDirty(page)).toBe(true);
  await cellAt(page, 0).locator('.jp-InputPrompt').click();
  await page.keyboard.press('x');
  await expect(page.locator('.jp-Notebook .jp-Cell')).toHaveCount(1);
  await page.keyboard.press('v');
  await expectStatus(page, 1, 'passed');
  await page.close();
});

test(
  'a cell that is deleted while it runs leaves nothing that ticks',
  { tag: '@proof' },
  async ({ browser }) => {
    const page = await open(browser, 'deleted.ipynb', [WAITS, 'print("next")']);
    await page.evaluate(() => {
      const running = new Set<number>();
      const { setInterval: begin, clearInterval: end } = window as unknown as {
        setInterval(this: Window, handle: TimerHandler, ms?: number): number;
        clearInterval(this: Window, timer: number): void;
      };
      Object.assign(window, {
        running,
        setInterval: (handle: TimerHandler, ms?: number) => {
          const timer = begin.call(window, handle, ms);
          if (ms === 1000 && (new Error().stack ?? '').includes('extensions/launchbook/')) {
            running.add(timer);
          }
          return timer;
        },
        clearInterval: (timer: number) => {
          running.delete(timer);
          end.call(window, timer);
        }
      });
    });
    const ticking = (): Promise<number> =>
      page.evaluate(() => (window as unknown as { running: Set<number> }).running.size);
    await activate(page, 'cell-0');
    void command(page, 'notebook:run-cell').catch(() => undefined);
    await expectStatus(page, 0, 'running');
    await expect.poll(ticking).toBe(1);
    await command(page, 'notebook:delete-cell');
    await expect.poll(ticking).toBe(0);
    goOn(lab);
    await activate(page, 'cell-1');
    await command(page, 'notebook:run-cell');
    await expectStatus(page, 0, 'passed');
    await expect.poll(ticking).toBe(0);
    await page.close();
  }
);

test(
  'a kernel that dies leaves no known end, and what waited was not run',
  { tag: '@proof' },
  async ({ browser }) => {
    const page = await open(browser, 'dying.ipynb', [
      'import os, time; time.sleep(1); os._exit(1)',
      'print(2)'
    ]);
    void command(page, 'notebook:run-all-cells').catch(() => undefined);
    await expectStatus(page, 0, 'inconclusive');
    await expectStatus(page, 1, 'aborted');
    await page.close();
  }
);

test('opening writes nothing, and what JupyterLab recorded itself is shown', async ({ browser }) => {
  const execution = {
    'iopub.status.busy': '2026-11-22T08:00:00.000000Z',
    'iopub.execute_input': '2026-11-22T08:00:00.100000Z',
    'shell.execute_reply': '2026-11-22T08:00:12.400000Z'
  };
  const page = await open(browser, 'recorded.ipynb', [
    { source: 'print(1)', metadata: { execution } },
    'print(2)'
  ]);
  await expect(timeAt(page, 0)).toContainText('2026-11-22 08:00:00 → 08:00:12 UTC · 12.3 s');
  await expect(timeAt(page, 1)).toHaveCount(0);
  await save(page);
  expect(lab.read('recorded.ipynb').cells.map(cell => cell.metadata)).toEqual([{ execution }, {}]);
  await page.close();
});

test('a notebook that nobody trusts shows its times', { tag: '@proof' }, async ({ browser }) => {
  const page = await open(browser, 'untrusted.ipynb', [
    {
      source: 'print(1)',
      outputs: [{ output_type: 'display_data', metadata: {}, data: { 'text/html': '<b>x</b>' } }],
      metadata: {
        launchbook: { attempts: ['3 failed 2026-11-22T08:00:00.000Z +0 +1500 Bo'], cell: 'cell-0' }
      }
    }
  ]);
  await expect(timeAt(page, 0)).toHaveText(
    'failed2026-11-22 08:00:00 → 08:00:01 UTC · 1.5 s · Bo · attempt 3'
  );
  await page.close();
});

test('settings: format, local clock, least duration, hover', { tag: '@proof' }, async ({ browser }) => {
  lab.set(TIMING, { timeZone: 'local', format: 'hh:mm:ss A', position: 'hover', atLeastSeconds: 1 });
  const attempts = ['1 passed 2026-11-22T13:00:00.000Z +0 +1500 Bo'];
  const short = ['1 passed 2026-11-22T13:00:00.000Z +0 +500 Bo'];
  const page = await open(browser, 'settings.ipynb', [
    { source: 'print(1)', metadata: { launchbook: { attempts, cell: 'cell-0' } } },
    { source: 'print(2)', metadata: { launchbook: { attempts: short, cell: 'cell-1' } } }
  ]);
  await cellAt(page, 1).locator('.jp-InputPrompt').click();
  await page.mouse.move(0, 0);
  await expect(timeAt(page, 0)).toBeHidden();
  await cellAt(page, 0).hover();
  await expect(timeAt(page, 0)).toBeVisible();
  await expect(timeAt(page, 0)).toHaveText('passed2026-11-22 02:00:00 PM → 02:00:01 PM · 1.5 s · Bo');
  await expect(timeAt(page, 1)).toHaveCount(0);
  await page.close();
});

test(
  'attempts are listed, times are hidden for one cell, and removed from the file after a question',
  { tag: '@proof' },
  async ({ browser }) => {
    const page = await open(browser, 'commands.ipynb', ['print(1)', 'print(2)']);
    await command(page, 'notebook:run-all-cells');
    await activate(page, 'cell-0');
    await command(page, 'notebook:run-cell');
    await expect(timeAt(page, 0)).toContainText('attempt 2');
    const listed = command(page, 'launchbook:show-attempts');
    await expect(page.locator('.lb-Attempts tbody tr')).toHaveCount(2);
    await expectAccessible(page, '.jp-Dialog');
    await inBothThemes(page, 'attempts');
    await page.keyboard.press('Escape');
    await listed;
    await command(page, 'launchbook:toggle-cell-timestamps');
    await expect(timeAt(page, 0)).toBeHidden();
    await expectStatus(page, 1, 'passed');
    const removed = command(page, 'launchbook:remove-timestamps');
    await page.getByRole('button', { name: 'Remove' }).click();
    await removed;
    await expect(timeAt(page, 1)).toBeHidden();
    await save(page);
    expect(lab.read('commands.ipynb').cells.map(cell => cell.metadata)).toEqual([
      { launchbook: { hideTimes: true } },
      {}
    ]);
    await page.close();
  }
);
