// A step is rolled back from the sidebar after its kernel died, and the rollback is killed in its middle: nothing is undone twice.
import { BAR, bar, heading, openRun, remark, row, say, step } from './killable-run.js';
import { command, type Lab } from './lab.js';
import { expect, test } from './test.js';
import { inBothThemes } from './themes.js';

const DIALOG = '.lb-Dialog .jp-Dialog-body';

let lab: Lab;
test.beforeAll(async ({ labs }) => {
  lab = await labs.fresh();
});

test(
  'a step that failed before its kernel died is rolled back from the sidebar, and goes on after a kill in the middle',
  { tag: '@proof' },
  async ({ browser }) => {
    test.setTimeout(120_000);
    const cells = [
      heading('Build'),
      step('build', '// Build the image', say('build'), "const image = 'orders-2.4.0';"),
      heading('Deploy'),
      step(
        'deploy',
        '// Deploy orders',
        `await rollback('orders back to 2.3.9', async () => { ${say('undo ${image}')} });`,
        `await rollback('traffic back', async () => { ${say('traffic; echo traffic moves to 2.3.9; while test ! -e go; do sleep 0.1; done')} });`,
        say('deploy; exit 3')
      )
    ];
    const { run, page, log, kill, touch, journal } = await openRun(lab, browser, 'rollback', cells);
    const dialog = page.locator('.lb-Dialog');
    for (const cell of ['build', 'deploy']) {
      await command(page, 'launchbook:run-step', { cell });
    }
    await expect(row(page, 'deploy')).toHaveAttribute('data-status', 'failed');
    kill();
    await page.locator('.jp-Dialog').getByRole('button', { name: 'Ok' }).click();
    await expect(bar(page)).toContainText('without the variables of 1 finished step');

    await test.step('it resumes first, then shows what is undone and what cannot be', async () => {
      await page.getByRole('button', { name: 'Roll back… Deploy orders' }).click();
      await dialog.getByRole('button', { name: 'Resume' }).click();
      await expect(dialog.getByRole('combobox', { name: 'Where to' }).locator('option:checked')).toHaveText(
        'before “Deploy › Deploy orders”'
      );
      await expect(dialog).toContainText('Undone, in this order: 2');
      await expect(dialog).toContainText('Evaluated again first: 1');
      await expect(dialog).toContainText('Stale, to be run again: 1');
      await dialog.getByRole('textbox', { name: 'Reason' }).fill('Orders does not start');
      await inBothThemes(run.page, 'rollback-dialog', { selectors: [DIALOG] });
      expect(log()).toEqual(['build', 'deploy']);
      await dialog.getByRole('button', { name: 'Roll back' }).click();
    });

    await test.step('the bar tells how far it is; a kill in the middle asks what became of the command', async () => {
      await expect.poll(log).toContain('traffic');
      await expect(bar(page)).toContainText('1 of 2: “traffic back”');
      await expect(bar(page).locator('pre')).toHaveText('── traffic back\ntraffic moves to 2.3.9');
      // The resume has brought "image" back, so the note that it is missing has gone.
      await expect(page.getByText('has not run yet')).toBeHidden();
      await inBothThemes(run.page, 'rolling-back', { selectors: [BAR] });
      kill();
      await page.locator('.jp-Dialog').getByRole('button', { name: 'Ok' }).click();
      await expect(bar(page)).toContainText('has no recorded end');
    });

    await test.step('judged, it goes on with what is left, and undoes nothing twice', async () => {
      touch('go');
      await command(page, 'launchbook:go-to-cell', { cell: 'deploy' });
      void command(page, 'launchbook:roll-back', { cell: 'deploy' }).catch(() => undefined);
      await dialog.getByRole('radio', { name: 'It succeeded' }).check();
      await dialog.getByRole('textbox', { name: 'Reason' }).fill('The traffic is back');
      await dialog.getByRole('button', { name: 'Resume' }).click();
      await expect(dialog).toContainText('began before, and was cut off');
      await dialog.getByRole('textbox', { name: 'Reason' }).fill('Orders does not start');
      await page.keyboard.press('Enter');
      await expect(remark(run, 'Deploy orders')).toContainText('it was rolled back (Orders does not start)');
      await expect(run.timing(run.cell('Deploy orders'))).toHaveAttribute('data-status', 'stale');
      await expect(bar(page)).toBeHidden();
      expect(log()).toEqual(['build', 'deploy', 'traffic', 'undo orders-2.4.0']);
      expect(journal('rolled-back')).toMatchObject([{ step: 'deploy', steps: ['deploy'] }]);
      await inBothThemes(run.page, 'rolled-back', {
        selectors: ['.lb-Phases', '.lb-Remark:not(.lm-mod-hidden)']
      });
    });
    expect(run.ownFaults()).toEqual([]);
  }
);
