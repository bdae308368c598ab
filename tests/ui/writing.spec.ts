// Writing a runbook: the preview of Markdown, and what the type checker says while a cell is being typed.
import type { Locator } from '@playwright/test';
import { expectAccessible } from './axe.js';
import { startReleaseRun, type ReleaseRun } from './release-run.js';
import { RunPage } from './run-page.js';
import { expect, test } from './test.js';
import { useTheme } from './themes.js';

let release: ReleaseRun;
test.beforeAll(async ({ labs }) => {
  release = await startReleaseRun(labs);
});
test.afterAll(async () => await release?.stop());

const PREVIEW = '.lb-Preview';
const PROBLEMS = '.lb-Problems:not(.lm-mod-hidden)';

test('the Markdown cell that is being edited is shown as it will look', async ({ browser }) => {
  const run = await RunPage.open(browser, release);
  const { page } = run;
  const preview = page.locator(PREVIEW);
  const cell = markdownCell(run, 'Read the migration');

  await test.step('nothing is previewed before an editor is open', async () => {
    await expect(cell).toBeVisible();
    await expect(preview).toHaveCount(0);
  });

  await test.step('text, formulas and links appear while they are typed', async () => {
    await edit(run, cell);
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText(
      '\n\nIt takes $\\sum_i t_i$ at most, see [the service](../../fleet/README.md).'
    );
    await expect(preview.locator('mjx-container')).toBeVisible();
    await expect(preview.getByRole('link', { name: 'the service' })).toHaveAttribute(
      'href',
      /fleet\/README\.md/
    );
    await expect(cell.locator('.cm-content')).toBeFocused();
    await inBothThemes(run, cell, 'markdown-preview', PREVIEW);
  });

  await test.step('the outline has each heading once', async () => {
    await run.showPhases();
    expect((await run.phases()).filter(([title]) => title === 'Schema update')).toHaveLength(1);
  });

  await test.step('beside the editor it has the editor’s height of the page to itself', async () => {
    await choose(run, 'View', 'Place Markdown Preview Beside the Editor');
    // The page is laid out again a moment after the choice.
    await expect(async () => {
      const editor = (await cell.locator('.jp-InputArea-editor').boundingBox())!;
      const shown = (await preview.boundingBox())!;
      expect(shown.x).toBeGreaterThanOrEqual(editor.x + editor.width);
      expect(shown.y).toBeLessThan(editor.y + editor.height);
    }).toPass({ timeout: 20_000 });
    await inBothThemes(run, cell, 'markdown-preview-beside', PREVIEW);
    await choose(run, 'View', 'Place Markdown Preview Beside the Editor');
  });

  await test.step('it is gone when the cell is rendered, and the cell shows the same', async () => {
    await cell.locator('.cm-content').click();
    await page.keyboard.press('Control+Enter');
    await expect(preview).toHaveCount(0);
    await expect(cell.locator('.jp-MarkdownOutput mjx-container')).toBeVisible();
  });

  await test.step('switched off, it does not come', async () => {
    await choose(run, 'View', 'Preview Markdown While Writing');
    await edit(run, cell);
    await expect(cell.locator('.cm-content')).toBeFocused();
    await expect(preview).toHaveCount(0);
    await choose(run, 'View', 'Preview Markdown While Writing');
    await expect(preview).toBeVisible();
  });
  expect(run.ownFaults()).toEqual([]);
});

test('type errors are marked while a cell is being typed', async ({ browser }) => {
  const run = await RunPage.open(browser, release);
  const { page } = run;
  const cell = run.cell("const release = '2.4.0'");

  await test.step('a fault has a mark, its message and its code', async () => {
    await cell.locator('.cm-content').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText('\nconst wrong: number = release;');
    await expect(cell.locator('.lb-Mark')).toHaveText('wrong');
    await expect(cell.locator(PROBLEMS)).toContainText("Type 'string' is not assignable to type 'number'.");
    await expect(cell.locator(PROBLEMS)).toContainText('TS2322');
  });

  await test.step('names of cells above that have not run are noted, for the cell at hand alone', async () => {
    const later = run.cell('previousRelease })');
    await later.locator('.cm-content').click();
    await expect(later.locator(PROBLEMS)).toContainText('“previousRelease” comes from a cell above');
    await inBothThemes(run, later, 'type-errors', PROBLEMS);
    await cell.locator('.cm-content').click();
    await expect(later.locator(PROBLEMS)).toHaveCount(0);
  });

  await test.step('F8 goes to the fault and a screen reader says it', async () => {
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('F8');
    await expect.poll(() => page.evaluate(() => String(getSelection()))).toBe('wrong');
    await expect(cell.getByRole('status')).toHaveText(/^Error in line 5: Type 'string'/);
  });

  await test.step('as Markdown the cell has no problems, and as code it has them again', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('m');
    const text = page.locator('.jp-MarkdownCell').filter({ hasText: 'const wrong' });
    await expect(text).toBeVisible();
    await expect(text.locator(PROBLEMS)).toHaveCount(0);
    await page.keyboard.press('y');
    await expect(cell.locator('.lb-Mark')).toHaveText('wrong');
    await expect(cell.locator(PROBLEMS)).toContainText('TS2322');
  });

  await test.step('a cell that is moved keeps its marks, though JupyterLab draws it anew', async () => {
    await page.keyboard.press('Control+Shift+ArrowDown');
    await expect(cell.locator('.lb-Mark')).toHaveText('wrong');
    await page.keyboard.press('Control+Shift+ArrowUp');
    await expect(cell.locator('.lb-Mark')).toHaveText('wrong');
    await page.keyboard.press('Enter');
  });

  await test.step('what is fixed is no longer marked', async () => {
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Shift+Home');
    await page.keyboard.insertText('const right: string = release;');
    await expect(cell.locator('.lb-Mark')).toHaveCount(0);
    await expect(cell.locator(PROBLEMS)).toHaveCount(0);
  });

  await test.step('once the cell above has run, its names are known', async () => {
    await page.keyboard.press('Control+Enter');
    await expect(run.timing(cell)).toHaveAttribute('data-status', 'passed');
    const later = run.cell('previousRelease })');
    await later.locator('.cm-content').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText('\nconst n: number = previousRelease;');
    await expect(later.locator('.lb-Mark')).toHaveText('n');
    await expect(later.locator(PROBLEMS)).not.toContainText('comes from a cell above');
  });

  await test.step('a cell that was refused tells its fault once, in its output, until it is changed', async () => {
    const later = run.cell('previousRelease })');
    await page.keyboard.press('Control+Enter');
    await expect(later.locator('.jp-OutputArea')).toContainText('TS2322');
    await expect(later.locator('.lb-Mark')).toHaveText('n');
    await expect(later.locator(PROBLEMS)).toHaveCount(0);
    await page.keyboard.insertText(' // why');
    await expect(later.locator(PROBLEMS)).toContainText('TS2322');
  });
  expect(run.ownFaults()).toEqual([]);
});

function markdownCell(run: RunPage, text: string): Locator {
  return run.page.locator('.jp-MarkdownCell').filter({ hasText: text });
}

/** Opens the editor as Enter does. */
async function edit(run: RunPage, cell: Locator): Promise<void> {
  await cell.scrollIntoViewIfNeeded();
  await cell.locator('.jp-InputPrompt').click();
  await run.page.keyboard.press('Enter');
}

async function choose(run: RunPage, menu: string, item: string): Promise<void> {
  await run.page.getByRole('menuitem', { name: menu, exact: true }).click();
  await run.page.locator('.lm-Menu-itemLabel', { hasText: new RegExp(`^${item}$`) }).click();
}

/** A picture and the accessibility rules in each theme; leaves the page in the light one. */
async function inBothThemes(run: RunPage, cell: Locator, name: string, selector: string): Promise<void> {
  for (const theme of ['JupyterLab Dark', 'JupyterLab Light'] as const) {
    await useTheme(run.page, theme);
    await cell.scrollIntoViewIfNeeded();
    await expectAccessible(run.page, selector);
    await run.picture(theme === 'JupyterLab Dark' ? `${name}-dark` : name);
  }
}
