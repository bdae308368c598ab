// A run goes on after its kernel or its server was killed: variables are back, and the log that its commands write shows nothing done
// twice. Then what a person does about a step: judge it, skip it, go back to a checkpoint.
import type { Page } from '@playwright/test';
import { BAR, bar, heading, openRun, remark, row, say, step } from './killable-run.js';
import { command, type CellSource, type Lab } from './lab.js';
import { expect, test } from './test.js';
import { inBothThemes } from './themes.js';

const DIALOG = '.lb-Dialog .jp-Dialog-body';

let lab: Lab;
test.beforeAll(async ({ labs }) => {
  lab = await labs.fresh();
});

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
  const { run, page, log, kill, touch, journal } = await openRun(lab, browser, 'kernel', RELEASE);
  await begin(page, log);
  kill();

  await test.step('after the automatic restart a bar says what was lost, and what was cut off', async () => {
    await page.locator('.jp-Dialog').getByRole('button', { name: 'Ok' }).click();
    await expect(bar(page)).toContainText('without the variables of 2 finished steps');
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
    await inBothThemes(run.page, 'resume-dialog', { selectors: [DIALOG] });
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
    await inBothThemes(run.page, 'failed-step', { selectors: ['.lb-Phases'] });
    await row(page, 'warm').focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('button', { name: 'Retry Warm the caches' })).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('button', { name: 'Continue… Warm the caches' })).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('button', { name: 'Skip' })).toBeDisabled();
    await page.keyboard.insertText('The caches are warm');
    await page.keyboard.press('Enter');
    await expect(remark(run, 'Warm the caches')).toHaveText(/^Skipped by .*: The caches are warm$/);
    await expect(run.phase('h-warm-up')).toHaveAttribute('data-status', 'skipped');
    expect(journal('step-skipped')).toMatchObject([{ step: 'warm', reason: 'The caches are warm' }]);
  });

  await test.step('going back shows first what it undoes and what becomes stale, then does it', async () => {
    await page.locator('.lb-Phases-actions').getByRole('button', { name: 'Roll back…' }).click();
    await dialog
      .getByRole('combobox', { name: 'Where to' })
      .selectOption(JSON.stringify({ checkpoint: 'before the deploy', step: null }));
    await expect(dialog).toContainText('Undone, in this order: 1');
    await expect(dialog).toContainText('orders back to 2.3.9');
    await expect(dialog).toContainText('Without an undo step: 1');
    await expect(dialog).toContainText('Warm the caches');
    await expect(dialog).toContainText('Stale, to be run again: 3');
    await expect(dialog.getByRole('button', { name: 'Roll back' })).toBeDisabled();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Orders answers too slowly');
    await inBothThemes(run.page, 'checkpoint-dialog', { selectors: [DIALOG] });
    expect(log()).not.toContain('undo');
    await dialog.getByRole('button', { name: 'Roll back' }).click();
    await expect(remark(run, 'Deploy orders')).toContainText(
      'it was rolled back (Orders answers too slowly)'
    );
    expect(journal('rolled-back')).toMatchObject([{ checkpoint: 'before the deploy', step: null }]);
    expect(log()).toEqual(['build', 'first', 'second', 'third', 'warm', 'undo']);
    await inBothThemes(run.page, 'stale-steps', {
      selectors: ['.lb-Phases', '.lb-Remark:not(.lm-mod-hidden)']
    });
  });
  expect(run.ownFaults()).toEqual([]);
});

test(
  'a run whose server was killed goes on; a changed cell is shown, and a replay that leaves its record stops',
  { tag: '@proof' },
  async ({ browser }) => {
    test.setTimeout(120_000);
    const cells = [
      heading('Build'),
      step('build', '// Build the image', say('build'), "const image = 'orders-2.4.0';"),
      step('wild', '// Depends on the process', say('${process.pid}')),
      heading('Report'),
      step('report', '// Report', "console.log(image, 'is out');")
    ];
    const { run, page, log, journal } = await openRun(lab, browser, 'server', cells);
    for (const cell of ['build', 'wild']) {
      await command(page, 'launchbook:run-step', { cell });
    }
    const before = log();
    await run.save();
    await lab.crash();
    await page.reload();
    await page.locator('.jp-Notebook .jp-Cell').first().waitFor();

    await test.step('the bar is there in both themes', async () => {
      await expect(bar(page)).toContainText('without the variables of 2 finished steps');
      await inBothThemes(run.page, 'resume-bar', { selectors: [BAR] });
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
      await inBothThemes(run.page, 'changed-step', { selectors: [DIALOG] });
      await page.keyboard.press('Escape');
      await editor.click();
      await page.keyboard.press('Control+z');
      await expect(run.cell('const extra')).toHaveCount(0);
    });

    await test.step('a replay that does something else stops, and shows both', async () => {
      await resume(page);
      await expect(bar(page)).toContainText('The resume has stopped at “Depends on the process”');
      await expect(bar(page).locator('dd').first()).toContainText(before[1]!);
      await inBothThemes(run.page, 'diverged-replay', { selectors: [BAR] });
      expect(log()).toEqual(before);
    });

    await test.step('the step is run again instead, with a reason; what passed before it comes back', async () => {
      await bar(page).getByRole('button', { name: 'Run again from here…' }).click();
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
  }
);

test(
  'a command that was cut off is judged failed or to be run again, and the step does that',
  { tag: '@proof' },
  async ({ browser }) => {
    test.setTimeout(120_000);
    const cells = [
      heading('Deploy'),
      step('deploy', '// Deploy', say('first'), say('second; while test ! -e go; do sleep 0.1; done'))
    ];
    const { run, page, log, kill, touch, journal } = await openRun(lab, browser, 'judged', cells);
    const dialog = page.locator('.lb-Dialog');
    const judge = async (word: string, reason: string): Promise<void> => {
      await bar(page).getByRole('button', { name: 'Say what happened…' }).click();
      await dialog.getByRole('radio', { name: word }).check();
      await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason);
      await dialog.getByRole('button', { name: 'Record' }).click();
      await expect(bar(page)).toBeHidden();
    };
    const die = async (): Promise<void> => {
      void command(page, 'launchbook:run-step', { cell: 'deploy' }).catch(() => undefined);
      const before = log().filter(line => line === 'second').length;
      await expect.poll(() => log().filter(line => line === 'second').length).toBe(before + 1);
      kill();
      await page.locator('.jp-Dialog').getByRole('button', { name: 'Ok' }).click();
      await expect(bar(page)).toContainText('has no recorded end');
    };

    await test.step('failed: the step fails there and says who judged so, and does nothing again', async () => {
      await die();
      await judge('It failed', 'The pods are gone');
      await command(page, 'launchbook:run-step', { cell: 'deploy' });
      await expect(run.cell('// Deploy').locator('.jp-OutputArea-output').last()).toContainText(
        'judged that it failed: The pods are gone'
      );
      await expect(row(page, 'deploy')).toHaveAttribute('data-status', 'failed');
      expect(log()).toEqual(['first', 'second']);
    });

    await test.step('again: what had ended is kept, and the command is run once more', async () => {
      await die();
      expect(log()).toEqual(['first', 'second', 'first', 'second']);
      touch('go');
      await judge('Run it again', 'It changes nothing');
      await command(page, 'launchbook:run-step', { cell: 'deploy' });
      await expect(run.phase('h-deploy')).toHaveAttribute('data-status', 'passed');
      expect(log()).toEqual(['first', 'second', 'first', 'second', 'second']);
      expect(journal('effect-judged').map(record => record['judgement'])).toEqual(['failed', 'again']);
    });
    expect(run.ownFaults()).toEqual([]);
  }
);

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
