// Every feature at a cell far below, in each of JupyterLab's ways to draw long notebooks: what is not drawn yet must come when it is seen.
import type { Locator, Page } from '@playwright/test';
import { activate, command, type CellSource, type Lab } from './lab.js';
import { look } from './run-page.js';
import { expect, test } from './test.js';
import { WINDOWING_MODES } from './windowing-modes.js';

const TRACKER = '@jupyterlab/notebook-extension:tracker';

let lab: Lab;
test.beforeAll(async ({ labs }) => {
  lab = await labs.fresh();
});

const FILLER: readonly CellSource[] = Array.from({ length: 60 }, (_, index) => ({
  id: `filler-${index}`,
  source: `console.log(${index});\n// so that\n// the cell\n// has a height`
}));

/** Sixty cells, and below them one of each feature. */
const CELLS: readonly CellSource[] = [
  { id: 'begin', type: 'markdown', source: '## Begin\n\nAnn begins.' },
  { id: 'values', source: "const release = '2.4.0';", metadata: { tags: ['parameters'] } },
  ...FILLER,
  { id: 'end', type: 'markdown', source: '## End\n\nAnn ends it.' },
  { id: 'ask', source: "await approval('Go', { question: 'May it end?' });" },
  { id: 'token', source: "const apiToken = 'abcdef123456';" },
  { id: 'typed', source: 'let count = 1;' },
  { id: 'prose', type: 'markdown', source: 'The *last* words' }
];

for (const windowingMode of WINDOWING_MODES) {
  test(
    `with windowing ${windowingMode} everything works far below`,
    { tag: '@proof' },
    async ({ browser }) => {
      test.setTimeout(240_000);
      lab.set(TRACKER, { windowingMode });
      const name = `${windowingMode}.ipynb`;
      lab.write(name, 'launchbook', CELLS);
      const page = await lab.open(browser, name);
      const active = page.locator('.jp-Notebook .jp-Cell.jp-mod-active');

      await test.step('a row of the sidebar leads to its phase', async () => {
        await command(page, 'launchbook:show-phases');
        await page.locator('[data-key="phase:end"] .lb-Tree-title').click();
        await expect(active).toContainText('Ann ends it.');
        await expect(active).toBeInViewport();
      });

      await test.step('a step runs from its row, waits, is decided, and has its times', async () => {
        await look(page, false);
        void command(page, 'launchbook:run-step', { cell: 'ask' });
        const asked = active.locator('.lb-Approval');
        await expect(asked).toContainText('May it end?');
        await activate(page, 'begin');
        await expect(active).toContainText('Ann begins.');
        // What the desktop shows leads back to the hold point.
        await expect.poll(() => clicksIn(page)).toBe(1);
        await look(page, true);
        await page.evaluate(() => (globalThis as unknown as { clicks: (() => void)[] }).clicks[0]!());
        await expect(asked).toBeInViewport();
        await asked.getByRole('checkbox').check();
        await asked.getByRole('button', { name: 'Approve' }).click();
        await expect(asked).toContainText('Approved');
        await expect(active.locator('.lb-Timing')).toHaveAttribute('data-status', 'passed');
        await activate(page, 'begin');
        await activate(page, 'ask');
        await expect(active.locator('.lb-Approval')).toContainText('Approved');
        await expect(active.locator('.lb-Timing')).toHaveAttribute('data-status', 'passed');
      });

      await test.step('findings', async () => {
        await activate(page, 'token');
        await expect(active.locator('.lb-Findings')).toContainText('secret-in-source');
        await expect(active.locator('.lb-Mark.lb-mod-finding')).toBeVisible();
      });

      await test.step('type errors', async () => {
        await activate(page, 'typed');
        await editIn(page, active);
        await page.keyboard.insertText('\nconst wrong: number = "x";');
        await expect(active.locator('.lb-Problems')).toContainText('TS2322');
        await activate(page, 'begin');
        await activate(page, 'typed');
        await expect(active.locator('.lb-Problems')).toContainText('TS2322');
        await expect(active.locator('.lb-Mark.lb-mod-error')).toHaveText('wrong');
      });

      await test.step('the preview of Markdown', async () => {
        for (const open of [
          () => active.locator('.jp-RenderedMarkdown').dblclick(),
          () => page.keyboard.press('Enter')
        ]) {
          await activate(page, 'begin');
          await activate(page, 'prose');
          await open();
          await expect(active.locator('.lb-Preview em')).toHaveText('last');
          await page.keyboard.press('Control+Enter');
          await expect(page.locator('.lb-Preview')).toHaveCount(0);
        }
      });

      await test.step('blocks of code are folded after one click', async () => {
        await activate(page, 'filler-59');
        await command(page, 'launchbook:toggle-code-folding');
        await expect(active.locator('.cm-foldGutter')).toBeVisible();
        await command(page, 'launchbook:toggle-code-folding');
        await expect(active.locator('.cm-foldGutter')).toHaveCount(0);
      });

      await test.step('a link to the step opens the notebook there, with the focus', async () => {
        await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
        await activate(page, 'token');
        await active.locator('.jp-InputPrompt').click({ button: 'right' });
        await page.locator('.lm-Menu-itemLabel', { hasText: 'Copy Link to This Step' }).click();
        const link = await page.evaluate(() => navigator.clipboard.readText());
        expect(link).toMatch(new RegExp(`/lab/tree/.*${name}#cell-id=token$`));
        const opened = await page.context().newPage();
        await opened.goto(link);
        const linked = opened.locator('.jp-Notebook .jp-Cell.jp-mod-active');
        await expect(linked).toContainText("const apiToken = 'abcdef123456';");
        await expect(linked).toBeInViewport();
        await expect(linked).toBeFocused();
        await opened.close();
      });
      await page.close();
    }
  );
}

/** Opens the editor with the cursor at the end. */
async function editIn(page: Page, cell: Locator): Promise<void> {
  await cell.locator('.cm-content').click();
  await page.keyboard.press('Control+End');
}

async function clicksIn(page: Page): Promise<number> {
  return await page.evaluate(() => (globalThis as unknown as { clicks: unknown[] }).clicks.length);
}
