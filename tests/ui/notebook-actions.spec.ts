// What JupyterLab tells of executions, and what it does not: each way in which a line below a cell could be wrong, doubled or lost.
import type { Browser, Locator, Page } from '@playwright/test';
import { activate, command, type CellSource, type Lab } from './lab.js';
import { expect, test } from './test.js';
import { goOn, WAITS } from './waiting-cell.js';

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

const timeAt = (page: Page, index: number): Locator =>
  page.locator('.jp-Notebook .jp-Cell').nth(index).locator('.lb-Timing');

async function open(
  browser: Browser,
  name: string,
  sources: readonly (string | CellSource)[]
): Promise<Page> {
  const cells = sources.map(source => (typeof source === 'string' ? { source } : source));
  lab.write(name, 'python3', cells);
  return await lab.open(browser, name);
}

async function expectStatus(page: Page, index: number, status: string): Promise<void> {
  await expect(timeAt(page, index)).toHaveAttribute('data-status', status, { timeout: 30_000 });
}

test(
  'a cell that is duplicated while it runs goes on, and its duplicate never ran',
  { tag: '@proof' },
  async ({ browser }) => {
    const page = await open(browser, 'duplicated.ipynb', [WAITS]);
    await activate(page, 'cell-0');
    void command(page, 'notebook:run-cell').catch(() => undefined);
    await expectStatus(page, 0, 'running');
    await command(page, 'notebook:duplicate-below');
    await expect(page.locator('.jp-Notebook .jp-Cell')).toHaveCount(2);
    await expectStatus(page, 0, 'running');
    goOn(lab);
    await expectStatus(page, 0, 'passed');
    await expect(timeAt(page, 1)).toHaveCount(0);
    await page.close();
  }
);

test(
  'a cell that is split while it runs leaves no line that runs for ever',
  { tag: '@proof' },
  async ({ browser }) => {
    const page = await open(browser, 'split.ipynb', [`x = 1\n${WAITS}`, 'print(2)']);
    await activate(page, 'cell-0');
    void command(page, 'notebook:run-cell').catch(() => undefined);
    await expectStatus(page, 0, 'running');
    await page.locator('.jp-Notebook .jp-Cell').first().locator('.cm-content').click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('End');
    await command(page, 'notebook:split-cell-at-cursor');
    await expect(page.locator('.jp-Notebook .jp-Cell')).toHaveCount(3);
    goOn(lab);
    await activate(page, 'cell-1');
    await command(page, 'notebook:run-cell');
    await expectStatus(page, 2, 'passed');
    await expect(
      page.locator('.lb-Timing[data-status="running"], .lb-Timing[data-status="queued"]')
    ).toHaveCount(0);
    await page.close();
  }
);

test('a deleted cell that is brought back has its times again', { tag: '@proof' }, async ({ browser }) => {
  const page = await open(browser, 'undone.ipynb', ['print(1)', 'print(2)']);
  await activate(page, 'cell-0');
  await command(page, 'notebook:run-cell');
  await expectStatus(page, 0, 'passed');
  await expect.poll(() => keptIn(page, 0)).toBe(1);
  await command(page, 'notebook:delete-cell');
  await expect(page.locator('.jp-Notebook .jp-Cell')).toHaveCount(1);
  await command(page, 'notebook:undo-cell-action');
  await expect(page.locator('.jp-Notebook .jp-Cell')).toHaveCount(2);
  await expectStatus(page, 0, 'passed');
  await page.close();
});

test('a cell that a person interrupts says so, and those behind it were not run', async ({ browser }) => {
  const page = await open(browser, 'interrupted.ipynb', [
    'import time\nwhile True: time.sleep(0.1)',
    'print(2)'
  ]);
  void command(page, 'notebook:run-all-cells').catch(() => undefined);
  await expectStatus(page, 0, 'running');
  await expect(timeAt(page, 0)).toContainText(' s');
  await command(page, 'notebook:interrupt-kernel');
  await expectStatus(page, 0, 'interrupted');
  await expectStatus(page, 1, 'aborted');
  await page.close();
});

test(
  'outputs and kernel take the times along only where a person wants it',
  { tag: '@proof' },
  async ({ browser }) => {
    const page = await open(browser, 'kept.ipynb', ['print(1)']);
    await activate(page, 'cell-0');
    await command(page, 'notebook:run-cell');
    await expectStatus(page, 0, 'passed');
    await command(page, 'notebook:clear-all-cell-outputs');
    await expectStatus(page, 0, 'passed');
    await page.close();

    lab.set(TIMING, { clearWithOutputs: true });
    const other = await open(browser, 'cleared.ipynb', ['print(1)', 'print(2)']);
    await command(other, 'notebook:run-all-cells');
    await expectStatus(other, 1, 'passed');
    await activate(other, 'cell-0');
    await command(other, 'notebook:clear-cell-output');
    await expect(timeAt(other, 0)).toBeHidden();
    await expectStatus(other, 1, 'passed');
    await other.close();
  }
);

test('an execution is written once, when it has ended, also beside what JupyterLab records itself', async ({
  browser
}) => {
  lab.set(TRACKER, { recordTiming: true });
  const page = await open(browser, 'once.ipynb', ['import time; time.sleep(1)']);
  await page.evaluate(() => {
    const { jupyterapp } = globalThis as unknown as { jupyterapp: LabApp };
    const cell = jupyterapp.shell.currentWidget.content.model.cells.get(0);
    const seen: number[] = [];
    Object.assign(globalThis, { seen });
    cell.metadataChanged.connect((_sender, change) => {
      if (change.key === 'launchbook') {
        seen.push(Date.now());
      }
    });
  });
  await activate(page, 'cell-0');
  await command(page, 'notebook:run-cell');
  await expectStatus(page, 0, 'passed');
  await expect.poll(() => keptIn(page, 0)).toBe(1);
  await command(page, 'notebook:run-cell');
  await expect.poll(() => keptIn(page, 0)).toBe(2);
  expect(await page.evaluate(() => (globalThis as unknown as { seen: number[] }).seen.length)).toBe(2);
  await expect(page.locator('.lb-Timing')).toHaveCount(1);
  await command(page, 'docmanager:save');
  const [cell] = lab.read('once.ipynb').cells;
  expect(Object.keys(cell!.metadata).sort()).toEqual(['execution', 'launchbook']);
  await page.close();
});

test(
  'a second view of a notebook shows what the first one runs, and keeps nothing twice',
  { tag: '@proof' },
  async ({ browser }) => {
    const page = await open(browser, 'views.ipynb', ['print(1)']);
    await command(page, 'docmanager:clone');
    await expect(page.locator('.jp-NotebookPanel')).toHaveCount(2);
    await command(page, 'notebook:run-all-cells');
    await expect(page.locator('.jp-NotebookPanel .lb-Timing[data-status="passed"]')).toHaveCount(2);
    await command(page, 'docmanager:save');
    expect(lab.read('views.ipynb').cells[0]!.metadata['launchbook']).toMatchObject({
      attempts: [expect.stringMatching(/^1 passed /)]
    });
    await page.close();
  }
);

/** How many attempts are kept in the cell. */
async function keptIn(page: Page, index: number): Promise<number> {
  return await page.evaluate(at => {
    const { jupyterapp } = globalThis as unknown as { jupyterapp: LabApp };
    const ours = jupyterapp.shell.currentWidget.content.model.cells.get(at).getMetadata('launchbook');
    return (ours as { attempts?: unknown[] } | undefined)?.attempts?.length ?? 0;
  }, index);
}

/** What the tests use of JupyterLab. */
interface LabApp {
  readonly shell: {
    readonly currentWidget: {
      readonly content: {
        readonly model: {
          readonly cells: {
            get(index: number): {
              getMetadata(key: string): unknown;
              readonly metadataChanged: {
                connect(slot: (sender: unknown, change: { readonly key: string }) => void): void;
              };
            };
          };
        };
      };
    };
  };
}
