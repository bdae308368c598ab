// Running phases and steps from the sidebar, what a second tab sees of it, and what is left when notebooks are closed.
import type { Locator, Page } from '@playwright/test';
import { command, isReady, type CellSource, type Lab } from './lab.js';
import { expect, test } from './test.js';
import { inBothThemes } from './themes.js';
import { rounds } from '../proof.js';

const HEADING = (id: string, title: string): CellSource => ({ id, type: 'markdown', source: `## ${title}` });

let lab: Lab;
test.beforeAll(async ({ labs }) => {
  lab = await labs.fresh();
});

const row = (page: Page, id: string): Locator => page.locator(`[data-key="${id}"]`);

async function showPhases(page: Page): Promise<void> {
  await command(page, 'launchbook:show-phases');
  await page.getByRole('region', { name: 'Release phases' }).waitFor();
}

test('a phase runs by its button and by Shift+Enter, stops at a failure, and goes on from there', async ({
  browser
}) => {
  lab.write('phases.ipynb', 'launchbook', [
    { id: 'title', type: 'markdown', source: '# Release 2.4.0' },
    HEADING('prepare', 'Preparation'),
    { id: 'a', source: 'const versions = ["2.4.0"];' },
    { id: 'b', source: 'console.log(versions.length);' },
    HEADING('deploy', 'Deploy'),
    { id: 'c', source: 'let isUp = false;' },
    { id: 'd', source: 'if (!isUp) throw new Error("the service is down");' },
    { id: 'e', source: 'console.log("deployed");' }
  ]);
  const page = await lab.open(browser, 'phases.ipynb');
  await showPhases(page);
  await row(page, 'phase:prepare').hover();
  await page.getByRole('button', { name: 'Run phase' }).click();
  await expect(row(page, 'phase:prepare')).toHaveAttribute('data-status', 'passed', { timeout: 30_000 });
  await expect(row(page, 'phase:deploy')).toHaveAttribute('data-status', 'not-started');

  await row(page, 'phase:deploy').focus();
  await page.keyboard.press('Shift+Enter');
  await expect(row(page, 'phase:deploy')).toHaveAttribute('data-status', 'failed', { timeout: 30_000 });
  await expect(row(page, 'step:d')).toHaveAttribute('data-status', 'failed');
  await expect(row(page, 'step:d')).toHaveAttribute('aria-current', 'true');
  await expect(row(page, 'step:e')).toHaveAttribute('data-status', 'not-started');
  await row(page, 'step:d').hover();
  await expect(page.getByRole('button', { name: 'Retry' })).toBeVisible();
  await inBothThemes(page, 'run-phase', { selectors: ['.lb-Phases'], isPointerKept: true });

  await test.step('a second tab shows where each step stands and when it ran', async () => {
    const second = await page.context().newPage();
    await second.goto(page.url().replace(/\?.*/, '').replace('/lab/', '/lab/workspaces/second/'));
    await isReady(second);
    await expect(second.locator('.lb-Timing[data-status="failed"]')).toBeVisible();
    await expect(second.locator('.lb-Timing[data-status="passed"]')).toHaveCount(3);
    await second.close();
  });

  await page.locator('.jp-Notebook .jp-Cell').nth(5).locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('isUp = true;');
  await command(page, 'launchbook:run-phase', { cell: 'deploy' });
  await expect(row(page, 'phase:deploy')).toHaveAttribute('data-status', 'passed', { timeout: 30_000 });
  await page.close();
});

test(
  'the buttons of a row go with it when rows above change, and a phase that has passed is run “again”',
  { tag: '@proof' },
  async ({ browser }) => {
    lab.write('buttons.ipynb', 'launchbook', [
      HEADING('look', 'Look'),
      { id: 'a', source: '1 + 1' },
      HEADING('prepare', 'Preparation'),
      { id: 'b', source: 'throw new Error("not ready");' },
      HEADING('deploy', 'Deploy'),
      { id: 'c', source: '3 + 3' }
    ]);
    const page = await lab.open(browser, 'buttons.ipynb');
    await showPhases(page);
    const actions = page.locator('.lb-Tree-actions');
    const bottomOf = async (element: Locator): Promise<number> => {
      const { y, height } = (await element.boundingBox())!;
      return y + height;
    };
    await command(page, 'launchbook:run-phase', { cell: 'look' });
    await expect(row(page, 'phase:look')).toHaveAttribute('data-status', 'passed');
    await row(page, 'phase:look').hover();
    await expect(actions.getByRole('button', { name: 'Run again' })).toBeVisible();

    await page.locator('.jp-Notebook').hover();
    await row(page, 'phase:deploy').focus();
    await expect(actions.getByRole('button', { name: 'Run phase' })).toBeVisible();
    const before = await bottomOf(row(page, 'phase:deploy'));
    await command(page, 'launchbook:run-phase', { cell: 'prepare' });
    // It opens, and its step has buttons of its own.
    await expect(row(page, 'step:b')).toHaveAttribute('data-status', 'failed');
    expect(await bottomOf(row(page, 'phase:deploy'))).toBeGreaterThan(before);
    await expect
      .poll(async () => Math.abs((await bottomOf(actions)) - (await bottomOf(row(page, 'phase:deploy')))))
      .toBeLessThanOrEqual(1);
    await page.close();
  }
);

test(
  'a kernel that is not ours runs phases too, and tells from the kept times where they stand',
  { tag: '@proof' },
  async ({ browser }) => {
    lab.write('python.ipynb', 'python3', [
      HEADING('one', 'First'),
      { id: 'a', source: 'a = 1' },
      { id: 'b', source: 'raise ValueError(a)' },
      { id: 'c', source: 'print("never")' },
      HEADING('two', 'Second'),
      { id: 'd', source: 'print(a)' }
    ]);
    const page = await lab.open(browser, 'python.ipynb');
    await showPhases(page);
    await command(page, 'launchbook:run-phase', { cell: 'one' });
    await expect(row(page, 'phase:one')).toHaveAttribute('data-status', 'failed');
    await expect(page.locator('.lb-Timing[data-status="aborted"]')).toHaveCount(1);
    await command(page, 'launchbook:run-step', { cell: 'd' });
    await expect(row(page, 'phase:two')).toHaveAttribute('data-status', 'passed');
    await command(page, 'docmanager:save');
    await page.reload();
    await isReady(page);
    await showPhases(page);
    await expect(row(page, 'phase:one')).toHaveAttribute('data-status', 'failed');
    await expect(row(page, 'phase:two')).toHaveAttribute('data-status', 'passed');
    await page.close();
  }
);

test(
  'notebooks opened and closed leave no comm and no element of ours behind',
  { tag: '@proof' },
  async ({ browser }) => {
    test.setTimeout(240_000);
    lab.write('closing.ipynb', 'launchbook', [
      HEADING('phase', 'Phase'),
      {
        id: 'a',
        source: '1 + 1',
        metadata: { launchbook: { attempts: ['1 passed 2026-11-22T08:00:00.000Z +0 +1 Bo'] } }
      }
    ]);
    lab.write('other.ipynb', 'python3', [{ source: 'print(1)' }]);
    const page = await lab.open(browser, 'other.ipynb');
    const comms = await page.evaluate(
      async ({ path, count }) => {
        const { jupyterapp } = globalThis as unknown as { jupyterapp: LabApp };
        let open: string[] = [];
        for (let round = 0; round < count; round++) {
          const panel = await jupyterapp.commands.execute('docmanager:open', { path });
          await panel.sessionContext.ready;
          const { kernel } = panel.sessionContext.session;
          await kernel.info;
          while (!panel.node.querySelector('.lb-Timing')) {
            await new Promise(resolve => setTimeout(resolve, 10));
          }
          if (round === count - 1) {
            // The last one is still open; those before have been closed, and their kernel runs on.
            while (open.length < 6) {
              await new Promise(resolve => setTimeout(resolve, 100));
              const reply = await kernel.requestCommInfo({});
              open = Object.values(reply.content.comms).map(comm => comm.target_name);
            }
          }
          panel.context.model.dirty = false;
          panel.close();
          panel.dispose();
        }
        return open;
      },
      { path: lab.path('closing.ipynb'), count: rounds({ inTest: 10, inProof: 50 }) }
    );
    // Those of the notebook that was open last, of lifecycle one each for rules, steps and habits: every plugin has closed what it opened.
    expect(comms.sort()).toEqual([
      'launchbook.check',
      'launchbook.lifecycle',
      'launchbook.lifecycle',
      'launchbook.lifecycle',
      'launchbook.outputs',
      'launchbook.run'
    ]);
    const session = await page.context().newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    const { result: prototype } = await session.send('Runtime.evaluate', {
      expression: 'HTMLDivElement.prototype'
    });
    const { objects } = await session.send('Runtime.queryObjects', {
      prototypeObjectId: prototype.objectId!
    });
    // JupyterLab 4.6 itself keeps every notebook that was closed, with or without us; nothing of ours is kept outside of those.
    const { result: alone } = await session.send('Runtime.callFunctionOn', {
      objectId: objects.objectId!,
      functionDeclaration: `function () {
      const detached = [...this].filter(node => !node.isConnected);
      const alone = detached.filter(node => /(^| )lb-/.test(node.className) && !node.closest('.jp-NotebookPanel'));
      return [...new Set(alone.map(node => node.className))];
    }`,
      returnByValue: true
    });
    expect(alone.value).toEqual([]);
    await page.close();
  }
);

/** What the test uses of JupyterLab. */
interface LabApp {
  readonly commands: { execute(id: string, args: object): Promise<LabPanel> };
}

interface LabPanel {
  readonly node: HTMLElement;
  readonly context: { readonly model: { dirty: boolean } };
  readonly sessionContext: {
    readonly ready: Promise<void>;
    readonly session: {
      readonly kernel: {
        readonly info: Promise<unknown>;
        requestCommInfo(request: object): Promise<{
          content: { comms: { readonly [id: string]: { readonly target_name: string } } };
        }>;
      };
    };
  };
  close(): void;
  dispose(): void;
}
