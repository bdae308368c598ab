// What stood in the way of a release night, one test each: kernels, watchers who save, notices, marks, words.
import type { Page } from '@playwright/test';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { activate, command, type CellSource, type Lab } from '../lab.js';
import { approvalIn, decide, runCell, usernameOf, wheelIn, writeRun } from '../people.js';
import { look, type RaisedNotification } from '../run-page.js';
import { expect, test } from '../test.js';

const PROOF = { tag: '@proof' } as const;
const PRODUCTION = { release: '2.4.0', environment: 'production', mode: 'live' } as const;
const RUN = {
  id: '2.4.0-production-0a1b2c',
  runbook: 'release.ipynb',
  commit: null,
  ...PRODUCTION,
  createdAt: '2026-11-22T08:00:00.000Z',
  createdBy: { username: 'ann', name: 'Ann Lee', grade: 'claimed' },
  parameters: {}
};

let lab: Lab;
test.beforeAll(async ({ labs }) => {
  lab = await labs.fresh();
});

const timing = (page: Page) => page.locator('.lb-Timing').first();
const raised = async (page: Page): Promise<RaisedNotification[]> =>
  await page.evaluate(() => (globalThis as unknown as { raised: RaisedNotification[] }).raised);
const titles = async (page: Page): Promise<string[]> => (await raised(page)).map(({ title }) => title);

function writeNight(
  folder: string,
  cells: readonly CellSource[],
  kernel: 'launchbook' | 'python3' = 'launchbook'
): string {
  mkdirSync(join(lab.folder, folder));
  writeFileSync(
    join(lab.folder, folder, 'launchbook.yml'),
    'environments: { production: { production: false } }\n'
  );
  lab.write(`${folder}/release.ipynb`, kernel, cells, { launchbook: { run: RUN } });
  return `${folder}/release.ipynb`;
}

test(
  'a cell that is run before its kernel is there has not run, and is not told as passed',
  PROOF,
  async ({ browser }) => {
    const name = writeNight('early', [{ id: 'look', source: "console.log('looked')" }]);
    const page = await browser.newPage();
    let letGo = (): void => undefined;
    const gone = new Promise<void>(resolve => (letGo = resolve));
    await page.route('**/api/sessions?*', async route => {
      if (route.request().method() === 'POST') {
        await gone;
      }
      await route.continue();
    });
    await page.goto(lab.address(name));
    await page.locator('.jp-CodeCell .jp-InputPrompt').first().click();
    await page.keyboard.press('Control+Enter');
    await expect(page.locator('.lb-Timing[data-status="passed"]')).toHaveCount(0);
    letGo();
    await expect(page.getByText('TypeScript (Launchbook) | Idle')).toBeVisible({ timeout: 60_000 });
    const journal = join(lab.folder, 'early/release.journal.jsonl');
    const attempts = (): number =>
      existsSync(journal) ? readFileSync(journal, 'utf8').split('"kind":"attempt-ended"').length - 1 : 0;
    // Whatever became of the key: what the page says is what the kernel has recorded.
    await expect(async () => {
      expect(await page.locator('.lb-Timing[data-status="passed"]').count()).toBe(attempts());
    }).toPass();
    await runCell(page, 'looked');
    await expect(timing(page)).toHaveAttribute('data-status', 'passed');
    await expect.poll(attempts).toBeGreaterThan(0);
  }
);

test(
  'a run that comes with another kernel runs nothing there, and gets its own by one click',
  PROOF,
  async ({ browser }) => {
    const name = writeNight('foreign', [{ id: 'look', source: "console.log('looked')" }], 'python3');
    const page = await browser.newPage();
    await page.goto(lab.address(name));
    await expect(page.getByText(/Python 3 .*\| Idle/)).toBeVisible({ timeout: 60_000 });
    await runCell(page, 'looked');
    const dialog = page.getByRole('dialog').filter({ hasText: 'Another kernel is attached' });
    await expect(dialog).toContainText('Nothing was run.');
    await expect(page.locator('.jp-OutputArea-output')).toHaveCount(0);
    await dialog.getByRole('button', { name: 'Switch to Launchbook' }).click();
    await expect(page.getByText('TypeScript (Launchbook) | Idle')).toBeVisible({ timeout: 60_000 });
    await runCell(page, 'looked');
    await expect(page.locator('.jp-OutputArea-output')).toHaveText('looked');
  }
);

test(
  'who looks on does not save, is told so, and is asked nothing about the file',
  PROOF,
  async ({ browser }) => {
    const name = writeRun(lab, { folder: 'saving', sources: ["console.log('one')", "console.log('two')"] });
    const driver = await lab.open(browser, name);
    await runCell(driver, "'one'");
    await expect(timing(driver)).toHaveAttribute('data-status', 'passed');
    const other = await lab.open(browser, name);
    await expect(wheelIn(other)).toContainText('does not save the notebook');
    const shown = command(other, 'launchbook:roll-back');
    const plan = other.getByRole('dialog');
    await expect(plan).toContainText('rolls the run back; ask for the wheel');
    await expect(plan.locator('.lb-Plan')).toContainText('Stale, to be run again');
    await expect(plan.getByRole('button', { name: 'Roll back' })).toBeDisabled();
    await expect(plan.getByRole('textbox')).toHaveCount(0);
    await other.keyboard.press('Escape');
    await shown;
    await other.locator('.jp-CodeCell .cm-content').last().click();
    await other.keyboard.press('Control+End');
    await other.keyboard.insertText(' // of a watcher');
    await other.keyboard.press('Control+s');
    await expect(other.locator('.jp-toast-message')).toContainText(
      'Not saved: somebody else drives this run'
    );
    await runCell(driver, "'two'");
    await command(driver, 'docmanager:save');
    await other.keyboard.press('Control+s');
    await expect(other.getByRole('dialog')).toHaveCount(0);
    const saved = readFileSync(join(lab.folder, name), 'utf8');
    expect(saved).toContain('two');
    expect(saved).not.toContain('of a watcher');
  }
);

test(
  'who takes the wheel has what the driver before wrote, and saves without a question',
  PROOF,
  async ({ browser }) => {
    const name = writeRun(lab, { folder: 'taken', sources: ["console.log('one')", "console.log('two')"] });
    const driver = await lab.open(browser, name);
    await runCell(driver, "'one'");
    await expect(timing(driver)).toHaveAttribute('data-status', 'passed');
    // One of them has JupyterLab, the other Notebook 7.
    const other = await browser.newPage();
    await other.goto(lab.address(name).replace('/lab/tree/', '/notebooks/'));
    await expect(wheelIn(other)).toContainText('You are watching', { timeout: 60_000 });
    await driver.locator('.jp-CodeCell .cm-content').last().click();
    await driver.keyboard.press('Control+End');
    await driver.keyboard.insertText(' // of the driver before');
    await wheelIn(other).getByRole('button', { name: 'Ask for the wheel' }).click();
    await wheelIn(driver).getByRole('button', { name: 'Hand over' }).click();
    await expect(wheelIn(other)).toContainText('You drive');
    await expect(other.locator('.jp-CodeCell .cm-content').last()).toContainText('of the driver before');
    await expect(other.locator('.jp-toast-message')).toContainText('Read again');
    await runCell(other, "'two'");
    await expect(other.locator('.lb-Timing').last()).toHaveAttribute('data-status', 'passed');
    await other.keyboard.press('Control+s');
    await expect
      .poll(() => readFileSync(join(lab.folder, name), 'utf8'))
      .toMatch(/"output_type": "stream"[\s\S]*"two\\n"/);
    await expect(other.getByRole('dialog')).toHaveCount(0);
    expect(readFileSync(join(lab.folder, name), 'utf8')).toContain('of the driver before');

    // The wheel goes back: nothing was changed, so that nothing is read again, and the outputs are saved over those of before.
    await wheelIn(driver).getByRole('button', { name: 'Ask for the wheel' }).click();
    await wheelIn(other).getByRole('button', { name: 'Hand over' }).click();
    await expect(wheelIn(driver)).toContainText('You drive');
    await command(driver, 'docmanager:save');
    await expect(driver.getByRole('dialog')).toHaveCount(0);
    await expect(driver.locator('.jp-toast-message')).toHaveCount(0);
    expect(readFileSync(join(lab.folder, name), 'utf8')).toContain('"two\\n"');
  }
);

test(
  'tasks and the wheel are told to whom they are for, and a notice goes with what it is about',
  PROOF,
  async ({ browser }) => {
    const name = writeRun(lab, {
      folder: 'notices',
      sources: [
        "await gather(await assign('Smoke tests', [{ task: 'Order a tea', owner: '*' }]));",
        "await approval('Go', { question: 'May payments follow?', approvers: ['nobody'] });"
      ]
    });
    const driver = await lab.open(browser, name);
    const other = await lab.open(browser, name);
    await look(other, false);
    await runCell(driver, 'Smoke tests');
    await expect.poll(() => titles(other)).toContain('Waiting for you: Smoke tests');
    expect((await raised(other)).at(-1)!.body).toMatch(/Order a tea\n2\.4\.0 · staging$/);
    await expect(other.locator('.jp-toast-message')).toHaveText('Waiting for you: Smoke tests');
    await driver.getByRole('button', { name: 'Done: Order a tea' }).first().click();
    await expect(other.locator('.jp-toast-message')).toHaveCount(0);

    await look(driver, false);
    await look(other, true);
    await wheelIn(other).getByRole('button', { name: 'Ask for the wheel' }).click();
    await expect.poll(() => titles(driver)).toContainEqual(expect.stringMatching(/ asks for the wheel$/));
    await look(driver, true);
    await wheelIn(driver).getByRole('button', { name: 'Keep the wheel' }).click();
    await expect(driver.locator('.jp-toast-message', { hasText: 'asks for the wheel' })).toHaveCount(0);
    await expect(wheelIn(other)).toContainText('keeps the wheel');

    await runCell(driver, "'Go'");
    const refused = approvalIn(driver);
    await expect(refused).toContainText(`(${await usernameOf(driver)}) is not among those who may decide`);
    await expect(refused).toContainText('JupyterHub or an identity provider gives people their names');
    await expect(other.locator('.jp-toast-message')).toHaveText('Waiting for nobody: Go');
    await refused.getByText('Other ways to decide').click();
    await refused.getByLabel('Reason').fill('nobody is here');
    await refused.getByRole('button', { name: 'Release against the policy' }).click();
    await expect(refused).toContainText('Released against the policy by');
    await expect(other.locator('.jp-toast-message')).toHaveCount(0);
  }
);

test('a notice stays until the last of two has decided', PROOF, async ({ browser }) => {
  const name = writeRun(lab, {
    folder: 'two-notices',
    sources: ["await approval('Go', { question: 'May payments follow?' });"],
    approvals: '{ required: 2 }'
  });
  const driver = await lab.open(browser, name);
  const other = await lab.open(browser, name);
  await runCell(driver, "'Go'");
  const notice = other.locator('.jp-toast-message');
  await expect(notice).toHaveText('Waiting for anybody: Go');
  await decide(driver, 'looks good', null);
  await expect(approvalIn(other)).toContainText('1 of 2 approved');
  await expect(notice).toHaveText('Waiting for anybody: Go');
  await decide(other, 'here too', null);
  await expect(timing(driver)).toHaveAttribute('data-status', 'passed');
  for (const page of [driver, other]) {
    await expect(page.locator('.jp-toast-message')).toHaveCount(0);
  }
});

test('a driver who has gone is replaced, and does not watch', PROOF, async ({ browser }) => {
  const name = writeRun(lab, { folder: 'gone', sources: ["console.log('one')", "console.log('two')"] });
  writeFileSync(
    join(lab.folder, 'gone/launchbook.yml'),
    'environments: { staging: { policy: { driver: { vanishedAfter: 5s } } } }\n'
  );
  const driver = await lab.open(browser, name);
  await runCell(driver, "'one'");
  await expect(timing(driver)).toHaveAttribute('data-status', 'passed');
  const other = await lab.open(browser, name);
  await expect(wheelIn(other)).toContainText('You are watching');
  await driver.close();
  await expect(async () => {
    await wheelIn(other).getByRole('button', { name: 'Take over…' }).click();
    await other.getByRole('dialog').getByLabel('Reason').fill('their train has left');
    await other.keyboard.press('Enter');
    // Who drives and is watched by nobody has no bar.
    await expect(wheelIn(other)).toBeHidden({ timeout: 5000 });
  }).toPass({ timeout: 90_000 });
  await runCell(other, "'two'");
  await expect(other.locator('.lb-Timing').last()).toHaveAttribute('data-status', 'passed');
});

test(
  'tab, icon and window of a run say where it acts; those of its template do not',
  PROOF,
  async ({ browser }) => {
    const name = writeNight('where', [{ id: 'look', source: "console.log('looked')" }]);
    writeFileSync(
      join(lab.folder, 'where/launchbook.yml'),
      'environments: { production: { production: true } }\n'
    );
    lab.write('where/template.ipynb', 'launchbook', [{ id: 'look', source: "console.log('looked')" }]);
    const page = await lab.open(browser, name);
    const tab = page
      .locator('.lm-TabBar-tab', { hasText: 'release.ipynb' })
      .and(page.locator('[data-lb-where]'));
    await expect(tab).toHaveAttribute('data-lb-where', '2.4.0 · production');
    await expect(tab).toHaveAttribute('data-lb-tone', 'danger');
    await expect(page).toHaveTitle(/^2\.4\.0 · production · release\.ipynb/);
    await command(page, 'docmanager:open', { path: lab.path('where/template.ipynb') });
    const template = page.locator('#jp-main-dock-panel .lm-TabBar-tab', { hasText: 'template.ipynb' });
    await expect(template).toBeVisible();
    await expect(template).not.toHaveAttribute('data-lb-where');
    // Beside the name, also when the tab is not the current one.
    expect(await tab.evaluate(element => getComputedStyle(element, '::after').position)).toBe('static');
    await expect(page).not.toHaveTitle(/production/);
  }
);

test(
  'a policy that this server can never meet is found while the runbook is written',
  PROOF,
  async ({ browser }) => {
    mkdirSync(join(lab.folder, 'never'));
    writeFileSync(
      join(lab.folder, 'never/launchbook.yml'),
      'groups: { qa: [bob] }\nenvironments: { production: { production: true, policy: { approvals: { approvers: [qa], grade: authenticated } } } }\n'
    );
    lab.write('never/release.ipynb', 'launchbook', [
      { id: 'heading', type: 'markdown', source: '## Sign-off\n\nQA looks at the shop.' },
      { id: 'ask', source: "await approval('QA sign-off', { question: 'May it follow?' });" }
    ]);
    const page = await lab.open(browser, 'never/release.ipynb');
    await activate(page, 'ask');
    await expect(
      page.locator('.lb-Findings:not(.lm-mod-hidden)').filter({ hasText: 'policy-cannot-be-met' })
    ).toBeVisible();
  }
);

test(
  'the name that is typed in the bar closes the box of the cell, and the next key runs the next step',
  PROOF,
  async ({ browser }) => {
    const name = writeNight('typed', [
      { id: 'look', source: "console.log('looked')" },
      { id: 'next', source: "console.log('gone on')" }
    ]);
    writeFileSync(
      join(lab.folder, 'typed/launchbook.yml'),
      'environments: { production: { production: true } }\n'
    );
    const page = await lab.open(browser, name);
    await activate(page, 'look');
    await page.keyboard.press('Shift+Enter');
    const bar = page.locator('.lb-Wheel').getByLabel(/production/);
    await expect(page.locator('.jp-Stdin-input')).toBeVisible();
    await bar.fill('production');
    await bar.press('Enter');
    await expect(timing(page)).toHaveAttribute('data-status', 'passed');
    await expect(page.locator('.jp-Stdin-input')).toHaveCount(0);
    await expect(bar).toBeHidden();
    await activate(page, 'next');
    await page.keyboard.press('Shift+Enter');
    await expect(page.locator('.lb-Timing').last()).toHaveAttribute('data-status', 'passed');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect((await page.locator('.jp-OutputArea-output').allInnerTexts()).join(' ')).toMatch(
      /looked[^]*gone on/
    );
  }
);

test('what stands under a code cell goes when it becomes Markdown', PROOF, async ({ browser }) => {
  lab.write('becomes.ipynb', 'launchbook', [
    { id: 'wrong', source: "const cups: number = 'three';" },
    { id: 'right', source: "console.log('tea')" }
  ]);
  const page = await lab.open(browser, 'becomes.ipynb');
  const cell = page.locator('.jp-Notebook .jp-Cell').first();
  const below = cell.locator('.lb-Timing, .lb-Problems, .lb-Findings, .lb-Edited');
  await activate(page, 'wrong');
  await expect(cell.locator('.lb-Problems')).toContainText('is not assignable');
  await command(page, 'notebook:change-cell-to-markdown');
  await expect(page.locator('.jp-MarkdownCell')).toHaveCount(1);
  await expect(below.filter({ hasText: /./ })).toHaveCount(0);
  await expect(cell).not.toContainText('is not assignable');
  await activate(page, 'right');
  await expect(page.locator('.jp-Notebook')).not.toContainText('is not assignable');
});

test(
  'titles are the text that the notebook shows, and cells say what happened in their words',
  PROOF,
  async ({ browser }) => {
    lab.write('words.ipynb', 'launchbook', [
      { id: 'title', type: 'markdown', source: '## Tea &amp; <b>cake</b>' },
      { id: 'note', source: "note('The lid is loose');" },
      { id: 'rows', source: 'display.table([]);' },
      { id: 'hash', source: "#! /usr/bin/env node\nconsole.log('a script');" },
      { id: 'trace', source: "function pour() {\n  console.trace('here');\n}\npour();" },
      { id: 'pipe', source: 'console.log(await $`yes`.pipe`head -n 1`.text());' },
      {
        id: 'bom',
        source: 'console.log(JSON.stringify(await $({ stdin: \'\\uFEFF{"a":1}\' })`cat`.json()));'
      },
      { id: 'fails', source: "function boil() {\n  throw new Error('no water');\n}\nboil();" }
    ]);
    const page = await lab.open(browser, 'words.ipynb');
    await command(page, 'launchbook:show-phases');
    await expect(page.locator('.lb-Tree-title').first()).toHaveText('Tea & cake');
    await command(page, 'notebook:run-all-cells');
    const below = (id: number) =>
      page.locator('.jp-Notebook .jp-Cell').nth(id).locator('.jp-OutputArea-output');
    await expect(below(7)).toContainText('no water', { timeout: 60_000 });
    await expect(below(1)).toContainText('The lid is loose');
    await expect(below(2)).toHaveText('No rows.');
    await expect(below(3)).toHaveText('a script');
    await expect(below(4)).toContainText('Trace: here');
    await expect(below(4)).toContainText('at pour ([4]:2:');
    await expect(below(4)).not.toContainText('node_modules');
    await expect(below(5)).toHaveText('y');
    await expect(below(6)).toHaveText('{"a":1}');
    await expect(below(7)).toContainText('[7]:2:');
    await expect(below(7)).not.toContainText('cell-');
  }
);
