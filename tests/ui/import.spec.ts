// A document becomes a runbook in JupyterLab: the report beside it, and a walk through the guesses that needs no mouse.
import type { Locator, Page } from '@playwright/test';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHARED_DOCUMENT, WIKI_PAGE } from './imported-pages.js';
import { command, type Lab } from './lab.js';
import { keepPicture } from './picture.js';
import { ROOT } from './root.js';
import { recordNotifications } from './run-page.js';
import { expect, test } from './test.js';
import { inBothThemes } from './themes.js';

const GUESSES = ['parameters', 'go-no-go-70a3ef', 'rotate-585a4a', 'rollback', 'rollback-13b73a'];

let lab: Lab;
test.beforeAll(async ({ labs }) => {
  lab = await labs.fresh();
  copyFileSync(
    join(ROOT, 'examples', 'imported', 'rotate-certificate.md'),
    join(lab.folder, 'rotate-certificate.md')
  );
  writeFileSync(join(lab.folder, 'secret.md'), '# A\n\n```sh\nlogin --password="hunter22hunter"\n```\n');
  lab.write('other.ipynb', 'launchbook', [{ id: 'a', source: '1;' }]);
});

test('a document is imported, its guesses are walked through by keyboard, and it is imported anew', async ({
  browser
}) => {
  const page = await openFolder(browser);
  const dialog = page.getByRole('dialog');
  const report = page.locator('.lb-ImportReport:visible');
  const walk = page.getByRole('region', { name: 'Guesses of the import' });
  const tagged = (): string[] =>
    lab
      .read('rotate-certificate.ipynb')
      .cells.filter(({ metadata }) => (metadata['tags'] as string[] | undefined)?.includes('imported-guess'))
      .map(({ id }) => id);

  await test.step('the launcher offers it, the file browser for documents alone', async () => {
    await expect(page.locator('.jp-LauncherCard', { hasText: 'Import Document…' })).toBeVisible();
    await menuOf(page, 'other.ipynb');
    await expect(page.locator('.lm-Menu-itemLabel', { hasText: 'New Run of' })).toBeVisible();
    await expect(page.locator('.lm-Menu-itemLabel', { hasText: 'Import as Runbook…' })).toBeHidden();
    await page.keyboard.press('Escape');
  });

  await test.step('what is refused is told with its line, and nothing is written', async () => {
    await choose(page, 'secret.md');
    await expect(dialog.getByRole('alert')).toContainText('line 4 holds a secret');
    await expect(dialog).not.toContainText('hunter22');
    await page.keyboard.press('Escape');
    expect(existsSync(join(lab.folder, 'secret.ipynb'))).toBe(false);
  });

  await test.step('the runbook opens with its report beside it', async () => {
    await choose(page, 'rotate-certificate.md');
    await expect(walk).toContainText('5 guesses are left.');
    await expect(report.getByRole('heading', { level: 1 })).toContainText('Import of rotate-certificate.md');
    expect(tagged()).toEqual(GUESSES);
    await report.getByRole('button', { name: 'go-no-go-70a3ef' }).click();
    await expect(active(page)).toContainText('await approval(');
  });

  await test.step('Alt+F9 selects the next guess, and the report says what it was guessed from', async () => {
    await page.keyboard.press('Alt+F9');
    await expect(active(page)).toContainText('const script');
    await expect(walk).toContainText('folder and variables are those that an earlier block has set');
    await page.keyboard.press('Alt+Shift+F9');
    await expect(active(page)).toContainText('await approval(');
    await inBothThemes(page, 'import-report', { selectors: ['.lb-ImportReport'] });
  });

  await test.step('Alt+Shift+Enter accepts it and selects the next', async () => {
    await page.keyboard.press('Alt+Shift+Enter');
    await expect(walk).toContainText('4 guesses are left.');
    await expect(active(page)).toContainText('const script');
    await expect(page.locator('.jp-Notebook')).not.toContainText('who approves?');
  });

  await test.step('changing it brings the cursor behind the line of the guess', async () => {
    await walk.getByRole('button', { name: 'Change' }).press('Enter');
    await expect(active(page).locator('.cm-content')).toBeFocused();
    await page.keyboard.type('// looked at by ann\n');
    await expect(active(page)).toContainText('// looked at by annconst script');
    await page.keyboard.press('Alt+Shift+Enter');
    await expect(walk).toContainText('3 guesses are left.');
    await expect(active(page)).toContainText('Rollback');
    await expect(walk).toContainText('The phase “Rollback” was imported as optional');
  });

  await test.step('the buttons keep the keys until the last guess is accepted', async () => {
    const accept = walk.getByRole('button', { name: 'Accept' });
    await accept.focus();
    for (const left of ['2 guesses are left.', '1 guess is left.', 'No guess is left.']) {
      await page.keyboard.press('Enter');
      await expect(walk).toContainText(left);
    }
    await expect(accept).toBeDisabled();
    await expect(walk.getByText('No guess is left.')).toBeFocused();
    await command(page, 'docmanager:open', { path: lab.path('rotate-certificate.ipynb') });
    await command(page, 'docmanager:save');
    await expect.poll(tagged).toEqual([]);
  });

  await test.step('imported again it asks before it replaces what was written', async () => {
    const importing = command(page, 'launchbook:import-document');
    await dialog.getByText('rotate-certificate.md').click();
    await dialog.getByRole('button', { name: 'Select' }).click();
    await expect(dialog).toContainText('rotate-certificate.ipynb');
    await expect(dialog).toContainText('exists already');
    await dialog.getByRole('button', { name: 'Replace' }).click();
    await expect(walk).toContainText('5 guesses are left.');
    expect(tagged()).toEqual(GUESSES);
    await expect(page.locator('.lb-ImportReport')).toHaveCount(1);
    await importing;
  });
  await page.close();
});

test('from the launcher to the last guess with keys alone', { tag: '@proof' }, async ({ browser }) => {
  copyFileSync(
    join(ROOT, 'examples', 'imported', 'restart-orders.xml'),
    join(lab.folder, 'restart-orders.xml')
  );
  const page = await openFolder(browser);
  const walk = page.getByRole('region', { name: 'Guesses of the import' });
  const left = async (): Promise<number> => Number.parseInt(await walk.innerText(), 10) || 0;

  await test.step('the card of the launcher opens the choice of a document', async () => {
    await page.keyboard.press('Control+Shift+L');
    await tabTo(page, page.locator('.jp-LauncherCard:visible', { hasText: 'Import Document…' }).first());
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('restart-orders.xml')).toBeVisible();
    // The dialog begins at its last button.
    await tabTo(page, dialog.locator('.jp-DirListing-content'), 'Shift+Tab');
    await page.keyboard.type('restart');
    await expect(dialog.locator('.jp-DirListing-item.jp-mod-selected')).toContainText('restart-orders.xml');
    await tabTo(page, dialog.getByRole('button', { name: 'Select' }));
    await page.keyboard.press('Enter');
  });

  await test.step('the report stands beside the notebook, which has the keys', async () => {
    await expect(walk).toContainText(/guess(es)? (is|are) left\./);
    await expect(page.locator('.jp-NotebookPanel:visible')).toContainText('Restart');
    await inBothThemes(page, null, { selectors: ['.lb-ImportReport'] });
    await tabTo(page, page.locator('.jp-Notebook:visible'));
  });

  await test.step('next guess, change, accept', async () => {
    const before = await left();
    await page.keyboard.press('Alt+F9');
    await expect(walk).toContainText(/Guessed from|was imported as/);
    await page.keyboard.press('Alt+Shift+E');
    await expect(active(page).locator('.cm-content')).toBeFocused();
    await page.keyboard.press('Alt+Shift+Enter');
    await expect.poll(left).toBe(before - 1);
  });

  await test.step('until none is left', async () => {
    for (let count = await left(); count > 0; count -= 1) {
      await page.keyboard.press('Alt+Shift+Enter');
      await expect.poll(left).toBe(count - 1);
    }
    await expect(walk).toContainText('No guess is left.');
  });
  await page.close();
});

/** Presses Tab until the keys are there, as somebody does who has no mouse. */
async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  await target.waitFor();
  for (let press = 0; press < 120; press += 1) {
    if (await target.evaluate(node => node.contains(document.activeElement))) {
      return;
    }
    await page.keyboard.press(key);
  }
  throw new Error(`No key leads to ${String(target)}.`);
}

/** The documents of the guide, each with the view that shows it as its readers know it. */
const ORIGINS = [
  ['wiki-page.html', 'HTML Viewer', WIKI_PAGE],
  ['issue-template.md', 'Markdown Preview', golden('cut-release.md')],
  ['shared-document.html', 'HTML Viewer', SHARED_DOCUMENT],
  ['python-notebook.ipynb', 'Notebook', golden('training.ipynb')]
] as const;

test('each origin becomes a runbook, before and after', { tag: '@proof' }, async ({ browser }) => {
  ORIGINS.forEach(([name, , text]) => writeFileSync(join(lab.folder, name), text));
  const page = await openFolder(browser);
  await command(page, 'application:toggle-left-area');
  // They stand in front of the runbook.
  await page.addStyleTag({ content: '.Toastify { display: none }' });
  for (const [name, factory] of ORIGINS) {
    await test.step(name, async () => {
      await command(page, 'docmanager:open', { path: lab.path(name), factory });
      await command(page, 'launchbook:import-document', { path: lab.path(name) });
      await expect(page.getByRole('region', { name: 'Guesses of the import' })).toBeVisible();
      await besideItsOrigin(page, lab.path(name));
      await expect(page.locator('.jp-Notebook:visible').last()).toContainText('await ');
      await keepPicture(page, `imported-${name.replace(/\.\w+$/, '')}`);
      await command(page, 'application:close-all');
    });
  }
  await page.close();
});

function golden(name: string): string {
  return readFileSync(join(ROOT, 'tests', 'lifecycle', 'import', 'golden', name), 'utf8');
}

/** The document at the left, its runbook at the right; the report and what was told are put away. */
async function besideItsOrigin(page: Page, origin: string): Promise<void> {
  await page.evaluate(path => {
    interface Tab {
      readonly id: string;
      readonly context?: { readonly path: string };
      dispose(): void;
    }
    const { shell } = (
      globalThis as unknown as {
        jupyterapp: {
          shell: {
            readonly currentWidget: Tab;
            widgets(area: string): Iterable<Tab>;
            add(tab: Tab, area: string, options: object): void;
          };
        };
      }
    ).jupyterapp;
    const tabs = [...shell.widgets('main')];
    tabs.filter(({ id }) => id.startsWith('launchbook-import-')).forEach(tab => tab.dispose());
    const runbook = shell.currentWidget;
    const document = tabs.find(({ context }) => context?.path === path)!;
    shell.add(document, 'main', { mode: 'split-left', ref: runbook.id });
  }, origin);
}

/** JupyterLab with the folder in its file browser, and its launcher. */
async function openFolder(browser: Parameters<Lab['open']>[0]): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.addInitScript(recordNotifications);
  await page.goto(lab.address(''));
  await page
    .locator('.jp-DirListing-item', { hasText: 'rotate-certificate.md' })
    .waitFor({ timeout: 60_000 });
  return page;
}

async function menuOf(page: Page, file: string): Promise<void> {
  await page
    .locator('.jp-DirListing-item', { hasText: new RegExp(`^${file}`) })
    .locator('.jp-DirListing-itemText')
    .click({ button: 'right' });
}

async function choose(page: Page, file: string): Promise<void> {
  await menuOf(page, file);
  await page.locator('.lm-Menu-itemLabel', { hasText: 'Import as Runbook…' }).click();
}

function active(page: Page): Locator {
  return page.locator('.jp-NotebookPanel:visible .jp-Cell.jp-mod-active');
}
