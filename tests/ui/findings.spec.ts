// What makes a runbook hard to run, shown while it is written: at its cells, in a list, as the project's launchbook.yml wants it.
import type { Locator, Page } from '@playwright/test';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expectAccessible } from './axe.js';
import { activate, command, isReady, type CellSource, type Lab } from './lab.js';
import { expect, test } from './test.js';
import { inBothThemes } from './themes.js';

const DEPLOY = [
  'const answer = await $`fleetctl deploy orders ${release}`;',
  "if (environment.name === 'production') {",
  '  console.log(answer.stdout);',
  '}'
].join('\n');

const RUNBOOK: readonly CellSource[] = [
  { id: 'title', type: 'markdown', source: '# Release of orders\n\nAnn does it, QA signs it off.' },
  { id: 'prepare', type: 'markdown', source: '## Prepare' },
  { id: 'values', source: "const release = '2.4.0';" },
  { id: 'deploy', type: 'markdown', source: '## Deploy\n\nThe orders are taken over one by one.' },
  { id: 'go', source: DEPLOY },
  { id: 'token', source: "const apiToken = 'abcdef123456';" }
];
const PROJECT = `environments:
  staging: {}
  production: {}
lint:
  off:
    change-without-verification: the dashboard is looked at
`;

const FINDINGS = '.lb-Findings:not(.lm-mod-hidden)';
const STATUS = '.lb-FindingsStatus-button';

let lab: Lab;
test.beforeAll(async ({ labs }) => {
  lab = await labs.fresh();
});
test.beforeEach(() => writeFileSync(join(lab.folder, 'launchbook.yml'), PROJECT));

const cellOf = (page: Page, text: string): Locator =>
  page.locator('.jp-Notebook .jp-Cell').filter({ hasText: text });
const findingsIn = (page: Page, text: string): Locator => cellOf(page, text).locator(FINDINGS);

test('a runbook has its findings at its cells, in the words of `launchbook lint`', async ({ browser }) => {
  lab.write('runbook.ipynb', 'launchbook', RUNBOOK);
  const page = await lab.open(browser, 'runbook.ipynb');

  await test.step('at each cell a line that says what and which rule', async () => {
    await expect(findingsIn(page, 'fleetctl deploy')).toContainText('registers no undo step');
    await expect(findingsIn(page, 'fleetctl deploy')).toContainText('change-without-rollback');
    await expect(findingsIn(page, 'fleetctl deploy')).toContainText('names the environment production');
    await expect(findingsIn(page, 'apiToken')).toContainText('Serious finding');
    await expect(findingsIn(page, "const release = '2.4.0'")).toContainText(
      'No cell is tagged `parameters`.'
    );
    await expect(cellOf(page, 'Prepare').locator(FINDINGS)).toContainText('has no prose');
  });

  await test.step('what launchbook.yml switches off is not there', async () => {
    await expect(page.locator('.jp-Notebook')).not.toContainText('change-without-verification');
  });

  await test.step('only the active cell tells what to do and why', async () => {
    await expect(findingsIn(page, 'fleetctl deploy')).not.toContainText('before the change');
    await activate(page, 'go');
    await expect(findingsIn(page, 'fleetctl deploy')).toContainText('Register it in the same cell');
    await expect(findingsIn(page, 'fleetctl deploy')).toContainText('Why: The undo step is written');
    // A mark of the type checker inside of one cuts it into pieces.
    const marks = cellOf(page, 'fleetctl deploy').locator('.lb-Mark.lb-mod-finding');
    const titles = (): Promise<number> =>
      marks.evaluateAll(pieces => new Set(pieces.map(piece => piece.getAttribute('title'))).size);
    await expect.poll(titles).toBe(2);
  });

  await test.step('a slow click makes the cell active that it began on: nothing moves under a pressed mouse', async () => {
    const prompt = cellOf(page, 'apiToken').locator('.jp-InputPrompt');
    await prompt.hover();
    const before = await prompt.boundingBox();
    await page.mouse.down();
    await expect(cellOf(page, 'apiToken')).toHaveClass(/jp-mod-active/);
    // Longer than drawing waits for an idle moment.
    await page.waitForTimeout(600);
    expect(await prompt.boundingBox()).toEqual(before);
    await page.mouse.up();
    await expect(findingsIn(page, 'fleetctl deploy')).not.toContainText('Register it in the same cell');
    await expect(cellOf(page, 'apiToken')).toHaveClass(/jp-mod-active/);
    await activate(page, 'go');
  });

  await inBothThemes(page, 'findings', { selectors: [FINDINGS] });

  await test.step('Alt+F8 goes to the next one, around at the end, and a screen reader says it', async () => {
    await activate(page, 'go');
    await page.keyboard.press('Alt+F8');
    await expect
      .poll(() => page.evaluate(() => String(getSelection())))
      .toBe("if (environment.name === 'production') {");
    await page.keyboard.press('Alt+F8');
    await expect
      .poll(() => page.evaluate(() => String(getSelection())))
      .toBe("const apiToken = 'abcdef123456';");
    await expect(cellOf(page, 'apiToken').getByRole('status')).toHaveText(
      /^Finding: The source holds what looks like a secret\. Read it where it is kept/
    );
    await page.keyboard.press('Alt+F8');
    await expect(cellOf(page, 'Prepare')).toHaveClass(/jp-mod-active/);
    await page.keyboard.press('Alt+Shift+F8');
    await expect(cellOf(page, 'apiToken')).toHaveClass(/jp-mod-active/);
  });

  await test.step('what is fixed is no longer found', async () => {
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText("const apiToken = await secret('API_TOKEN');");
    await expect(findingsIn(page, 'apiToken')).toHaveCount(0);
    await expect(cellOf(page, 'apiToken').locator('.lb-Mark.lb-mod-finding')).toHaveCount(0);
  });

  await test.step('a call that nobody awaits is marked while it is written', async () => {
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText("const apiToken = 0;\nchecklist('Closing', ['all is green']);");
    await expect(findingsIn(page, 'apiToken')).toContainText('The call of checklist is not awaited.');
    await expect(cellOf(page, 'apiToken').locator('.lb-Mark.lb-mod-finding')).toHaveText(
      "checklist('Closing', ['all is green']);"
    );
  });
  await page.close();
});

test(
  'the status bar counts the findings and lists them, with what is switched off',
  { tag: '@proof' },
  async ({ browser }) => {
    lab.write('listed.ipynb', 'launchbook', RUNBOOK);
    const page = await lab.open(browser, 'listed.ipynb');
    await expect(page.locator(STATUS)).toHaveText('5 findings');
    await page.locator(STATUS).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('listitem')).toHaveCount(5);
    await expect(dialog.getByRole('listitem').nth(2)).toContainText('Deploy › ');
    await expect(dialog).toContainText(
      'change-without-verification is switched off: the dashboard is looked at'
    );
    await expectAccessible(page, '.jp-Dialog');
    await inBothThemes(page, 'findings-list');
    await dialog.getByRole('button', { name: 'what looks like a secret' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(cellOf(page, 'apiToken')).toHaveClass(/jp-mod-active/);

    await test.step('a faulty launchbook.yml is told at the head of the runbook, and switches nothing off', async () => {
      writeFileSync(join(lab.folder, 'launchbook.yml'), PROJECT.replace('verification', 'verificaton'));
      await command(page, 'docmanager:open', { path: lab.path('launchbook.yml') });
      await expect(page.locator(STATUS)).toBeHidden();
      await command(page, 'docmanager:open', { path: lab.path('listed.ipynb') });
      await expect(cellOf(page, 'Release of orders').locator(FINDINGS)).toContainText(
        'there is no rule "change-without-verificaton"'
      );
      await expect(page.locator(STATUS)).toHaveText('6 findings');
    });

    await test.step('fixed, it counts as soon as the runbook is looked at again', async () => {
      writeFileSync(join(lab.folder, 'launchbook.yml'), PROJECT);
      await command(page, 'docmanager:open', { path: lab.path('launchbook.yml') });
      await command(page, 'docmanager:open', { path: lab.path('listed.ipynb') });
      await expect(page.locator(STATUS)).toHaveText('5 findings');
    });

    await test.step('switched off there is none, and switched on they are back', async () => {
      await command(page, 'launchbook:toggle-findings');
      await expect(page.locator(FINDINGS)).toHaveCount(0);
      await expect(page.locator('.lb-Mark.lb-mod-finding')).toHaveCount(0);
      await expect(page.locator(STATUS)).toBeHidden();
      await command(page, 'launchbook:toggle-findings');
      await expect(page.locator(STATUS)).toHaveText('5 findings');
    });
    await page.close();
  }
);

test('a new notebook has findings as soon as it has its kernel', async ({ browser }) => {
  lab.write('before.ipynb', 'launchbook', RUNBOOK);
  const page = await lab.open(browser, 'before.ipynb');
  await command(page, 'notebook:create-new', {
    cwd: dirname(lab.path('before.ipynb')),
    kernelName: 'launchbook'
  });
  const cell = page.locator('.jp-NotebookPanel:visible .jp-CodeCell');
  await expect(cell).toHaveCount(1);
  await cell.locator('.cm-content').click();
  await page.keyboard.insertText("const apiToken = 'abcdef123456';");
  for (const key of ['Escape', 'a', 'm', 'Enter']) {
    await page.keyboard.press(key);
  }
  await page.keyboard.insertText('## Deploy');
  await expect(cell.locator(FINDINGS)).toContainText('looks like a secret');
  await page.close();
});

test(
  'in a run only the active cell has findings, in a live one none: who runs it cannot fix the runbook now',
  { tag: '@proof' },
  async ({ browser }) => {
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
    lab.write('run.ipynb', 'launchbook', RUNBOOK, { launchbook: { run } });
    const page = await lab.open(browser, 'run.ipynb');
    await expect(page.locator(STATUS)).toHaveText('5 findings');
    await activate(page, 'token');
    await expect(findingsIn(page, 'apiToken')).toBeVisible();
    await expect(page.locator(FINDINGS)).toHaveCount(1);
    await page.close();

    lab.write('live.ipynb', 'launchbook', RUNBOOK, { launchbook: { run: { ...run, mode: 'live' } } });
    const live = await lab.open(browser, 'live.ipynb');
    await expect(live.locator(STATUS)).toHaveText('5 findings');
    await activate(live, 'token');
    await expect(live.locator('.jp-Notebook .jp-mod-active')).toContainText('apiToken');
    await expect(live.locator(FINDINGS)).toHaveCount(0);
    await live.close();
  }
);

test(
  'without a kernel the rules look too, and the list says what is not known',
  { tag: '@proof' },
  async ({ browser }) => {
    lab.write('other.ipynb', 'python3', [{ id: 'token', source: "const apiToken = 'abcdef123456';" }]);
    lab.write('alone.ipynb', 'launchbook', RUNBOOK);
    const page = await lab.open(browser, 'other.ipynb');

    await test.step('a notebook of another kernel has none, and the list says why', async () => {
      void command(page, 'launchbook:list-findings');
      await expect(page.getByRole('dialog')).toContainText('The rules look at runbooks');
      await expectAccessible(page, '.jp-Dialog');
      await page.keyboard.press('Escape');
      await expect(page.locator(FINDINGS)).toHaveCount(0);
    });

    await page.evaluate(async path => {
      const { jupyterapp } = globalThis as unknown as {
        jupyterapp: { commands: { execute(id: string, args: object): Promise<unknown> } };
      };
      const kernelPreference = { shouldStart: false, canStart: true, autoStartDefault: false };
      await jupyterapp.commands.execute('docmanager:open', { path, kernelPreference });
    }, lab.path('alone.ipynb'));
    await expect(page.locator('.jp-NotebookPanel:visible').getByText('No Kernel')).toBeVisible();
    await expect(findingsIn(page, 'apiToken')).toBeVisible();
    void command(page, 'launchbook:list-findings');
    await expect(page.getByRole('dialog')).toContainText('No Launchbook kernel runs');
    await page.keyboard.press('Escape');
    await page.close();
  }
);

test(
  'a reload shows the findings again and writes nothing, and a second tab has them too',
  { tag: '@proof' },
  async ({ browser }) => {
    lab.write('twice.ipynb', 'launchbook', RUNBOOK);
    const page = await lab.open(browser, 'twice.ipynb');
    await expect(page.locator(STATUS)).toHaveText('5 findings');
    const second = await page.context().newPage();
    await second.goto(lab.address('twice.ipynb').replace('/lab/', '/lab/workspaces/second/'));
    await isReady(second);
    await expect(second.locator(STATUS)).toHaveText('5 findings');
    await second.close();
    await command(page, 'docmanager:save');
    const before = readFileSync(join(lab.folder, 'twice.ipynb'), 'utf8');
    await page.reload();
    await isReady(page);
    await expect(page.locator(STATUS)).toHaveText('5 findings');
    expect(await isDirty(page)).toBe(false);
    expect(readFileSync(join(lab.folder, 'twice.ipynb'), 'utf8')).toBe(before);
    await page.close();
  }
);

async function isDirty(page: Page): Promise<boolean> {
  return await page.evaluate(() => {
    const { jupyterapp } = globalThis as unknown as {
      jupyterapp: { shell: { currentWidget: { context: { model: { dirty: boolean } } } } };
    };
    return jupyterapp.shell.currentWidget.context.model.dirty;
  });
}
