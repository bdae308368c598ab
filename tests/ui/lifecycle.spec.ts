// The life of a run without a terminal: made from its runbook with every fault listed, looked at, set back, archived.
import type { Locator } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settledText } from '../../lifecycle/notebook/settled-text.js';
import type { Lab } from './lab.js';
import { RunPage } from './run-page.js';
import { expect, test } from './test.js';
import { inBothThemes } from './themes.js';

let lab: Lab;
test.beforeAll(async ({ labs }) => {
  lab = await labs.fresh();
  makeProject();
});

test('a run is made, looked at, set back and archived from JupyterLab', async ({ browser }) => {
  const run = await RunPage.open(browser, { url: lab.address('release.ipynb') });
  const { page } = run;
  const dialog = page.getByRole('dialog');
  const file = join(lab.folder, 'runs/1.1-staging/release.ipynb');

  await test.step('the form knows the environments and parameters of the runbook', async () => {
    await choose(run, 'New Run…');
    await expect(dialog.getByLabel('Environment')).toHaveValue('staging');
    await expect(dialog.getByLabel('batch')).toHaveValue('2');
    await expect(dialog.getByLabel('Release', { exact: true })).toBeFocused();
  });

  await test.step('a refused form comes back as it was filled in, with every fault', async () => {
    await dialog.getByLabel('Release', { exact: true }).fill('1 1');
    await dialog.getByLabel('batch').fill('many');
    await dialog.getByRole('button', { name: 'Make the run' }).click();
    await expect(dialog.getByRole('alert').getByRole('listitem')).toHaveCount(2);
    await expect(dialog.getByRole('alert')).toContainText('Release is "1 1"');
    await expect(dialog.getByLabel('batch')).toHaveValue('many');
    await inBothThemes(page, 'new-run', { selectors: ['.lb-Form'] });
    expect(existsSync(join(lab.folder, 'runs'))).toBe(false);
  });

  await test.step('fixed, it makes the run and opens it', async () => {
    await dialog.getByLabel('Release', { exact: true }).fill('1.1');
    await dialog.getByLabel('batch').fill('5');
    await dialog.getByRole('button', { name: 'Make the run' }).click();
    await expect(page.locator('.lb-Banner:visible')).toContainText('1.1');
    await expect(visibleNotebook(run)).toContainText('const batch = 5');
    expect(recordOf(file)).toMatchObject({ mode: 'rehearsal', parameters: { release: '1.1', batch: 5 } });
  });

  await test.step('its status is a click away', async () => {
    await expect(page.getByText('TypeScript (Launchbook) | Idle')).toBeVisible();
    await visibleNotebook(run).locator('.jp-CodeCell .jp-InputPrompt').first().click();
    await page.keyboard.press('Control+Enter');
    await expect(page.locator('.lb-Timing:visible').first()).toHaveAttribute('data-status', 'passed');
    await page.locator('.jp-NotebookPanel:visible [data-command="launchbook:show-run-status"]').click();
    await expect(dialog.locator('.lb-Report')).toContainText('Deploy');
    await inBothThemes(page, 'run-status', { selectors: ['.lb-Report-area'] });
    const size = page.viewportSize()!;
    await page.setViewportSize({ width: size.width, height: 230 });
    const area = dialog.locator('.lb-Report-area');
    await expect.poll(() => area.evaluate(node => node.scrollHeight > node.clientHeight)).toBe(true);
    const [top, shown] = [await area.boundingBox(), await dialog.locator('.jp-Dialog-body').boundingBox()];
    expect(top!.y).toBeGreaterThanOrEqual(shown!.y);
    expect(top!.y + top!.height).toBeLessThanOrEqual(shown!.y + shown!.height);
    await page.setViewportSize(size);
    await dialog.getByRole('button', { name: 'Close' }).click();
  });

  await test.step('reset asks, keeps the old attempt and shows the fresh copy with a kernel', async () => {
    const before = recordOf(file);
    await choose(run, 'Reset Run…');
    await dialog.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(() => recordOf(file)['id']).not.toBe(before['id']);
    expect(recordOf(file.replace('.ipynb', '.attempt-1.ipynb'))['id']).toBe(before['id']);
    expect(existsSync(file.replace('.ipynb', '.attempt-1.journal.jsonl'))).toBe(true);
    await expect(page.locator('.lb-Timing:visible')).toHaveCount(0);
    await expect(page.getByText('TypeScript (Launchbook) | Idle')).toBeVisible();
  });

  await test.step('an archive of a run of which nothing has run is refused with the reason', async () => {
    await choose(run, 'Archive Run…');
    await dialog.getByRole('button', { name: 'Archive' }).click();
    await expect(dialog.getByRole('alert')).toBeVisible();
    await dialog.getByRole('button', { name: 'Close' }).click();
  });

  await test.step('after its steps have passed the archive is a tagged commit', async () => {
    await expect(page.getByText('TypeScript (Launchbook) | Idle')).toBeVisible();
    await visibleNotebook(run).locator('.jp-CodeCell .cm-content').last().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText(' + "."');
    await run.runAll();
    await expect(page.locator('.lb-Timing:visible[data-status="passed"]')).toHaveCount(2);
    await run.showPhases();
    const acts = page.getByRole('list', { name: 'After the last step' }).getByRole('listitem');
    await expect(acts.getByRole('button')).toHaveText(['Archive…', 'Report', 'Learn']);
    await inBothThemes(page, 'run-done', { selectors: ['.lb-Phases'] });
    await acts.getByRole('button', { name: 'Archive…' }).click();
    await dialog.getByRole('button', { name: 'Archive' }).click();
    await expect(acts.first().getByRole('status')).toHaveText(/^Archived as runs\/1\.1-staging \(/, {
      timeout: 60_000
    });
    expect(git('tag')).toContain('runs/1.1-staging');
  });

  await test.step('the report opens as a page, and what was changed becomes a branch', async () => {
    const acts = page.getByRole('list', { name: 'After the last step' }).getByRole('listitem');
    await acts.getByRole('button', { name: 'Report' }).click();
    const report = page.locator('.lb-AfterAction');
    await expect(report.getByRole('heading', { level: 1 })).toContainText('Release 1.1 in staging: passed');
    await expect(report.getByRole('columnheader', { name: 'Planned' }).first()).toBeVisible();
    await inBothThemes(page, 'run-report', { selectors: ['.lb-AfterAction'] });
    await page.locator('.lm-TabBar-tab[data-lb-where="1.1 · staging"]').click();
    await acts.getByRole('button', { name: 'Learn' }).click();
    await expect(acts.last().getByRole('status')).toHaveText(
      /^1 change is on the branch redlines\/1\.1-staging \(edited: /
    );
    await page.locator('.Toastify__toast').first().click();
    await inBothThemes(page, 'run-learned', { selectors: ['.lb-Phases'] });
    expect(git('branch')).toContain('redlines/1.1-staging');
  });
  expect(run.ownFaults()).toEqual([]);
});

function makeProject(): void {
  const code = (id: string, source: string, tags: string[] = []): object => ({
    cell_type: 'code',
    id,
    metadata: tags.length > 0 ? { tags } : {},
    source,
    outputs: [],
    execution_count: null
  });
  const text = (id: string, source: string): object => ({ cell_type: 'markdown', id, metadata: {}, source });
  const cells = [
    text('title', '# A small release'),
    code('values', "const release = '1.0';\nconst batch = 2;", ['parameters']),
    text('deploy', '## Deploy'),
    code('go', '`${release} in batches of ${batch}`')
  ];
  const kernelspec = { name: 'launchbook', display_name: 'TypeScript (Launchbook)', language: 'typescript' };
  const notebook = { cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
  writeFileSync(join(lab.folder, 'release.ipynb'), `${JSON.stringify(notebook, null, 1)}\n`);
  writeFileSync(join(lab.folder, 'launchbook.yml'), 'environments:\n  staging:\n    colour: green\n');
  // The journal's lock and scratch journals are no part of a repository.
  writeFileSync(join(lab.folder, '.gitignore'), '.launchbook/\n.ipynb_checkpoints/\n*.lock\n');
  git('init', '-q');
  git('config', 'user.name', 'Ann Lee');
  git('config', 'user.email', 'ann@example.org');
  git('add', '.');
  git('commit', '-qm', 'Begin');
}

function git(...args: string[]): string {
  return execFileSync('git', ['-C', lab.folder, ...args], { encoding: 'utf8' });
}

function recordOf(path: string): Record<string, unknown> {
  const notebook = JSON.parse(settledText(path)) as {
    metadata: { launchbook: { run: Record<string, unknown> } };
  };
  return notebook.metadata.launchbook.run;
}

function visibleNotebook(run: RunPage): Locator {
  return run.page.locator('.jp-NotebookPanel:visible .jp-Notebook');
}

async function choose(run: RunPage, item: string): Promise<void> {
  await run.page.getByRole('menuitem', { name: 'File', exact: true }).click();
  await run.page.locator('.lm-Menu-itemLabel', { hasText: item }).first().click();
}
