// A run goes on after its kernel or its server was killed: variables are back, and the log that its commands write shows nothing done
// twice. Then what a person does about a step: judge it, skip it, go back to a checkpoint.
import type { Browser, Locator, Page } from '@playwright/test';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from './axe.js';
import { command, startLab, type CellSource, type Lab } from './lab.js';
import { RunPage } from './run-page.js';
import { expect, test } from './test.js';

/** The bar about the driver has the same look. */
const BAR = '.lb-Resume:not(.lb-Wheel)';

let lab: Lab;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  lab = await startLab();
  lab.set('launchbook:help', { offerTour: false });
});
test.afterAll(async () => await lab?.stop());

const RELEASE: readonly CellSource[] = [
  heading('Build'),
  step(
    'build',
    '// Build the image',
    say('build'),
    "const image = 'orders-2.4.0';",
    "console.log('built', image);"
  ),
  step('mark', '// Mark the place', "await checkpoint('before the deploy');"),
  heading('Deploy'),
  step(
    'deploy',
    '// Deploy orders',
    `await rollback('orders back to 2.3.9', async () => { ${say('undo')} });`,
    say('first'),
    say('second; while test ! -e go; do sleep 0.1; done'),
    say('third')
  ),
  heading('Warm up'),
  step('warm', '// Warm the caches', say('warm; exit 3')),
  heading('Report'),
  step('report', '// Report', "console.log(image, 'is out');")
];

test('a run whose kernel was killed in the middle of a cell goes on', async ({ browser }) => {
  test.setTimeout(120_000);
  const { run, page, log, kill, touch, journal } = await open(browser, 'kernel', RELEASE);
  await begin(page, log);
  kill();

  await test.step('after the automatic restart a bar says what was lost, and what was cut off', async () => {
    await page.locator('.jp-Dialog').getByRole('button', { name: 'Ok' }).click();
    await expect(bar(page)).toContainText('The variables of 2 finished steps are gone');
    await expect(bar(page)).toContainText('has no recorded end');
    await expect(bar(page).getByRole('button', { name: 'Resume…' })).toBeInViewport({ ratio: 1 });
    await expect(row(page, 'deploy')).toHaveAttribute('data-status', 'inconclusive');
    await expect(remark(run, 'Deploy orders')).toContainText('It was cut off');
    await expect(run.cell('Build the image').locator('.jp-OutputArea-output')).toHaveText(
      /built orders-2.4.0/
    );
  });

  await test.step('Run All runs nothing and empties no cell, and leads to what has to be done', async () => {
    await run.runAll();
    const question = page.locator('.jp-Dialog', { hasText: 'Resume first' });
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expect(run.cell('Build the image').locator('.jp-OutputArea-output')).toHaveText(
      /built orders-2.4.0/
    );
    expect(log()).toEqual(['build', 'first', 'second']);
  });

  const dialog = page.locator('.lb-Dialog');
  await test.step('a reload shows the same; the dialog asks for a word, and takes none without a reason', async () => {
    await page.reload();
    await page.locator('.jp-Notebook .jp-Cell').first().waitFor();
    await bar(page).getByRole('button', { name: 'Resume…' }).click();
    const resume = dialog.getByRole('button', { name: 'Resume' });
    await expect(resume).toBeDisabled();
    await expect(dialog.getByRole('radio', { checked: true })).toHaveCount(0);
    await page.keyboard.press('Space');
    await expect(dialog.getByRole('radio', { name: 'It succeeded' })).toBeChecked();
    await expect(resume).toBeDisabled();
    await page.keyboard.press('Tab');
    await page.keyboard.insertText('Its line is in the log');
    await expect(resume).toBeEnabled();
    await expect(dialog).toContainText('Brought back: 2 steps');
    await expect(dialog).toContainText('Run afterwards, by you: 3 steps');
    await inBothDialogThemes(run, 'resume-dialog');
  });

  await test.step('Enter resumes: the variables are back, and nothing was done twice', async () => {
    touch('go');
    await page.keyboard.press('Enter');
    await expect(bar(page)).toBeHidden();
    expect(log()).toEqual(['build', 'first', 'second']);
    await command(page, 'launchbook:run-step', { cell: 'deploy' });
    await command(page, 'launchbook:run-step', { cell: 'report' });
    await expect(run.cell('// Report').locator('.jp-OutputArea-output')).toHaveText(/orders-2.4.0 is out/);
    expect(log()).toEqual(['build', 'first', 'second', 'third']);
    expect(journal('effect-judged')).toMatchObject([
      { judgement: 'passed', reason: 'Its line is in the log' }
    ]);
  });

  await test.step('a step that failed is skipped with the keyboard and a reason, which both stay in sight', async () => {
    await command(page, 'launchbook:run-step', { cell: 'warm' });
    await expect(row(page, 'warm')).toHaveAttribute('data-status', 'failed');
    await inBothThemes(run, 'failed-step', '.lb-Phases');
    await row(page, 'warm').focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('button', { name: 'Retry Warm the caches' })).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('button', { name: 'Skip' })).toBeDisabled();
    await page.keyboard.insertText('The caches are warm');
    await page.keyboard.press('Enter');
    await expect(remark(run, 'Warm the caches')).toHaveText(/^Skipped by .*: The caches are warm$/);
    await expect(run.phase('h-warm-up')).toHaveAttribute('data-status', 'passed');
    expect(journal('step-skipped')).toMatchObject([{ step: 'warm', reason: 'The caches are warm' }]);
  });

  await test.step('going back shows first what it undoes and what becomes stale, then does it', async () => {
    await page.getByRole('button', { name: 'Go back…' }).click();
    await expect(dialog).toContainText('Undone, in this order: 1');
    await expect(dialog).toContainText('orders back to 2.3.9');
    await expect(dialog).toContainText('Stale: to be run again: 3');
    await expect(dialog.getByRole('button', { name: 'Undo and go back' })).toBeDisabled();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Orders answers too slowly');
    await inBothDialogThemes(run, 'rewind-dialog');
    expect(log()).not.toContain('undo');
    await dialog.getByRole('button', { name: 'Undo and go back' }).click();
    await expect(remark(run, 'Deploy orders')).toContainText('the run went back to “before the deploy”');
    expect(log()).toEqual(['build', 'first', 'second', 'third', 'warm', 'undo']);
    await inBothThemes(run, 'stale-steps', '.lb-Phases', '.lb-Remark:not(.lm-mod-hidden)');
  });
  expect(run.ownFaults()).toEqual([]);
});

test('a run whose server was killed goes on; a changed cell is shown, and a replay that leaves its record stops', async ({
  browser
}) => {
  test.setTimeout(120_000);
  const cells = [
    heading('Build'),
    step('build', '// Build the image', say('build'), "const image = 'orders-2.4.0';"),
    step('wild', '// Depends on the process', say('${process.pid}')),
    heading('Report'),
    step('report', '// Report', "console.log(image, 'is out');")
  ];
  const { run, page, log, journal } = await open(browser, 'server', cells);
  for (const cell of ['build', 'wild']) {
    await command(page, 'launchbook:run-step', { cell });
  }
  const before = log();
  await run.save();
  await lab.crash();
  await page.reload();
  await page.locator('.jp-Notebook .jp-Cell').first().waitFor();

  await test.step('the bar is there in both themes', async () => {
    await expect(bar(page)).toContainText('The variables of 2 finished steps are gone');
    await inBothThemes(run, 'resume-bar', BAR);
  });

  await test.step('a changed cell is shown beside what passed, and nothing is brought back until it is put back', async () => {
    const editor = run.cell('Build the image').locator('.cm-content');
    await editor.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText('\nconst extra = true;');
    const dialog = page.locator('.lb-Dialog');
    await bar(page).getByRole('button', { name: 'Resume…' }).click();
    await expect(dialog.locator('.lb-Difference-line').last()).toHaveText('+ const extra = true;');
    await expect(dialog.getByRole('button', { name: 'Resume' })).toBeDisabled();
    await inBothDialogThemes(run, 'changed-step');
    await page.keyboard.press('Escape');
    await editor.click();
    await page.keyboard.press('Control+z');
    await expect(run.cell('const extra')).toHaveCount(0);
  });

  await test.step('a replay that does something else stops, and shows both', async () => {
    await resume(page);
    await expect(bar(page)).toContainText('The resume has stopped at “Depends on the process”');
    await expect(bar(page).locator('dd').first()).toContainText(before[1]!);
    await inBothThemes(run, 'diverged-replay', BAR);
    expect(log()).toEqual(before);
  });

  await test.step('the step is run again instead, with a reason; what passed before it comes back', async () => {
    await bar(page).getByRole('button', { name: 'Run again…' }).click();
    await page.locator('.lb-Dialog').getByRole('textbox').fill('Its command names the process');
    await page.keyboard.press('Enter');
    await expect(row(page, 'wild')).toHaveAttribute('data-status', 'stale');
    await expect(bar(page)).toBeHidden();
    await command(page, 'launchbook:run-step', { cell: 'report' });
    await expect(run.cell('// Report').locator('.jp-OutputArea-output')).toHaveText(/orders-2.4.0 is out/);
    expect(log()).toEqual(before);
    expect(journal('recovery-discarded')).toMatchObject([{ from: 'wild' }]);
  });
  expect(run.ownFaults()).toEqual([]);
});

interface OpenRun {
  readonly run: RunPage;
  readonly page: Page;
  /** What the commands wrote. */
  log(): string[];
  journal(kind: string): Record<string, unknown>[];
  /** Ends the kernel at once. */
  kill(): void;
  touch(file: string): void;
}

/** A fresh run in a folder of its own, opened. */
async function open(browser: Browser, name: string, cells: readonly CellSource[]): Promise<OpenRun> {
  const folder = join(lab.folder, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'launchbook.yml'), 'environments: { test: {} }\n');
  lab.write(`${name}/release.ipynb`, 'launchbook', cells, { launchbook: { run: RUN } });
  const page = await lab.open(browser, `${name}/release.ipynb`);
  const faults: string[] = [];
  page.on('pageerror', error => faults.push(error.stack ?? error.message));
  const run = new RunPage(page, faults);
  await run.showPhases();
  const journal = (kind: string): Record<string, unknown>[] =>
    readFileSync(join(folder, 'release.journal.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Record<string, unknown>)
      .filter(record => record['kind'] === kind);
  const log = join(folder, 'log');
  return {
    run,
    page,
    log: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []),
    journal,
    kill: () => void process.kill(journal('kernel-started').at(-1)!['pid'] as number, 'SIGKILL'),
    touch: file => writeFileSync(join(folder, file), '')
  };
}

/** Up to the middle of the deploy. */
async function begin(page: Page, log: () => string[]): Promise<void> {
  await command(page, 'launchbook:run-step', { cell: 'build' });
  await command(page, 'launchbook:run-step', { cell: 'mark' });
  void command(page, 'launchbook:run-step', { cell: 'deploy' }).catch(() => undefined);
  await expect.poll(log).toContain('second');
}

async function resume(page: Page): Promise<void> {
  await bar(page).getByRole('button', { name: 'Resume…' }).click();
  await page.locator('.lb-Dialog').getByRole('button', { name: 'Resume' }).click();
}

/** Judges the parts and keeps a picture of the page. Leaves it in the light theme. */
async function inBothThemes(run: RunPage, picture: string, ...selectors: readonly string[]): Promise<void> {
  for (const theme of ['JupyterLab Dark', 'JupyterLab Light'] as const) {
    await run.useTheme(theme);
    for (const selector of selectors) {
      await expectAccessible(run.page, selector);
    }
    await run.picture(theme === 'JupyterLab Dark' ? `${picture}-dark` : picture);
  }
}

/** The open dialog: JupyterLab's menus are behind it, so its theme is changed by the command. */
async function inBothDialogThemes(run: RunPage, picture: string): Promise<void> {
  for (const theme of ['JupyterLab Dark', 'JupyterLab Light'] as const) {
    await command(run.page, 'apputils:change-theme', { theme });
    await expect(run.page.locator('body')).toHaveAttribute('data-jp-theme-name', theme);
    await expect(run.page.locator('#jupyterlab-splash')).toHaveCount(0);
    await expectAccessible(run.page, '.lb-Dialog .jp-Dialog-body');
    await run.picture(theme === 'JupyterLab Dark' ? `${picture}-dark` : picture);
  }
}

function bar(page: Page): Locator {
  return page.locator(BAR);
}

function row(page: Page, cell: string): Locator {
  return page.locator(`[data-key="step:${cell}"]`);
}

function remark(run: RunPage, cell: string): Locator {
  return run.cell(cell).locator('.lb-Remark');
}

function heading(title: string): CellSource {
  return { id: `h-${title.toLowerCase().replaceAll(' ', '-')}`, type: 'markdown', source: `## ${title}` };
}

function step(id: string, ...lines: readonly string[]): CellSource {
  return { id, source: lines.join('\n') };
}

/** A command that writes a line to the log. */
function say(text: string): string {
  const [line, ...rest] = text.split(';');
  return `await $\`sh -c \${\`${[`echo ${line} >> log`, ...rest].join(';')}\`}\`;`;
}

const RUN = {
  id: '2.4.0-test-0a1b2c',
  runbook: 'release.ipynb',
  commit: null,
  release: '2.4.0',
  environment: 'test',
  mode: 'rehearsal',
  createdAt: '2026-11-22T08:00:00.000Z',
  createdBy: { username: 'ann', name: 'Ann Lee', grade: 'claimed' },
  parameters: {}
};
