// A deployment that fails: the cell says why, the queue stops; it is rolled back from the sidebar, passes when the cause is fixed, and the
// whole release goes back, through an undo step that fails.
import { startReleaseRun, type ReleaseRun } from './release-run.js';
import { RunPage } from './run-page.js';
import { expect, test } from './test.js';
import { inBothThemes } from './themes.js';

let release: ReleaseRun;
test.beforeAll(async ({ labs }) => {
  release = await startReleaseRun(labs);
});
test.afterAll(async () => await release?.stop());

/** The bar about the driver has the same look. */
const BAR = '.lb-Resume:not(.lb-Wheel)';

const DEPLOY = 'await $`fleetctl deploy payments';

test('a failed deploy stops the queue, is rolled back, passes on a second attempt, and the release can be rolled back', async ({
  browser
}) => {
  release.fleetctl('fault', 'add', 'payments', 'crash-on-start', '--version', '2.4.0');
  const run = await RunPage.open(browser, release);
  await run.showPhases();
  await run.runAll();
  await expect(run.phase('qa-sign-off')).toHaveAttribute('data-status', 'waiting', { timeout: 60_000 });
  await run.goToWaiting();
  await run.approval().getByRole('checkbox').check();
  await run.approval().getByRole('button', { name: 'Approve' }).click();

  await test.step('the cell fails with the command, its exit code and the last lines of stderr; the phase is failed', async () => {
    await expect(run.phase('second-batch')).toHaveAttribute('data-status', 'failed', { timeout: 60_000 });
    const cell = run.cell(DEPLOY);
    await cell.scrollIntoViewIfNeeded();
    const error = cell.locator('.jp-OutputArea-output').last();
    await expect(error).toContainText('fleetctl deploy payments --version 2.4.0');
    await expect(error).toContainText('exit code 1');
    await expect(error).toContainText(/stderr/);
    await expect(error).toContainText(/payments/);
    await expect(run.timing(cell)).toHaveAttribute('data-status', 'failed');
    await inBothThemes(run.page, 'failed-deploy');
  });

  await test.step('nothing after it has run', async () => {
    expect((await run.phases()).slice(-2).map(([, status]) => status)).toEqual([
      'not-started',
      'not-started'
    ]);
    await expect(run.timing(run.cell('.expectNone()'))).toHaveAttribute('data-status', 'aborted');
  });

  const { page } = run;
  const dialog = page.locator('.lb-Dialog');
  const bar = page.locator(BAR);
  await test.step('the sidebar offers to retry, to skip and to roll back, by keyboard too; the plan is shown first', async () => {
    const standing = page.locator('.lb-Tree-standing');
    await expect(standing.getByRole('button')).toHaveText(['Retry', 'Continue…', 'Skip…', 'Roll back…']);
    await inBothThemes(run.page, 'failed-step-choices', { selectors: ['.lb-Phases'] });
    await page.locator('[data-key="step:deploy-second-batch"]').focus();
    // Retry, Continue, Skip, Roll back.
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter']) {
      await page.keyboard.press(key);
    }
    await expect(dialog).toContainText('Undone, in this order');
    await expect(dialog).toContainText('Stale, to be run again');
    const accept = dialog.getByRole('button', { name: 'Roll back' });
    await expect(accept).toBeDisabled();
    await page.keyboard.insertText('payments crashes on start');
    expect(recordsOf('undoing-started')).toEqual([]);
    await page.keyboard.press('Enter');
  });

  await test.step('the step is undone in the kernel, and stale with the reason', async () => {
    await expect(run.cell(DEPLOY).locator('.lb-Remark')).toContainText(
      'it was rolled back (payments crashes on start)',
      { timeout: 60_000 }
    );
    await expect(bar).toBeHidden();
    expect(versionOf('payments')).toBe('2.3.1');
    expect(versionOf('orders')).toBe('2.4.0');
    expect(recordsOf('rolled-back')).toMatchObject([
      { step: 'deploy-second-batch', steps: ['deploy-second-batch'], reason: 'payments crashes on start' }
    ]);
  });

  await test.step('when the cause is fixed the same cell passes, and both attempts are in the journal', async () => {
    release.fleetctl('fault', 'clear', 'payments');
    await run.runCell(DEPLOY);
    await expect(run.phase('second-batch')).toHaveAttribute('data-status', 'passed', { timeout: 60_000 });
    expect(versionOf('payments')).toBe('2.4.0');
    const ends = recordsOf('attempt-ended').filter(record => record['step'] === 'deploy-second-batch');
    expect(ends.map(record => [record['attempt'], record['outcome']])).toEqual([
      [1, 'failed'],
      [2, 'passed']
    ]);
    await expect(run.timing(run.cell(DEPLOY))).toContainText('attempt 2');
  });

  await test.step('rolling back from an earlier step takes the later ones and the sign-off with it', async () => {
    release.fleetctl('fault', 'add', 'orders', 'crash-on-start', '--version', '2.3.1');
    await run.phase('schema-update').focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('[data-key="step:schema-migrate"]').hover();
    await page.locator('.lb-Tree-actions').getByRole('button', { name: 'Roll back…' }).click();
    await expect(dialog).toContainText('Undone, in this order: 3');
    await expect(dialog.locator('ol li')).toContainText([
      'payments back to 2.3.1',
      'catalog and orders back to 2.3.1',
      'Schema back to 4'
    ]);
    await expect(dialog).toContainText('Approvals that no longer count: 1');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Customers cannot pay');
    await inBothThemes(run.page, 'rollback-plan');
    await dialog.getByRole('button', { name: 'Roll back' }).click();
    await expect(bar).toContainText('Rolling back');
  });

  await test.step('an undo step that fails stops it, and a bar keeps in sight what remains', async () => {
    await expect(bar).toContainText('The rollback has stopped at “catalog and orders back to 2.3.1”', {
      timeout: 60_000
    });
    await expect(bar).toContainText('Not undone: “catalog and orders back to 2.3.1”, “Schema back to 4”.');
    await bar.getByText('What it says').click();
    await expect(bar.locator('pre').first()).toContainText('orders 2.3.1 cannot start without it');
    await expect(bar.locator('pre').last()).toContainText('── payments back to 2.3.1');
    await inBothThemes(run.page, 'stopped-rollback', { selectors: [BAR] });
    expect(versionOf('payments')).toBe('2.3.1');
  });

  await test.step('it goes on from the bar, and undoes nothing twice', async () => {
    release.fleetctl('fault', 'clear', 'orders');
    await bar.getByRole('button', { name: 'Roll back…' }).click();
    await expect(dialog).toContainText('Undone, in this order: 2');
    await expect(dialog).toContainText('tried before, and failed');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('The disk of orders is fixed');
    await page.keyboard.press('Enter');
    await expect(run.phase('schema-update')).toHaveAttribute('data-status', 'stale', { timeout: 60_000 });
    await expect(bar).toBeHidden();
    expect(['catalog', 'orders', 'payments'].map(versionOf)).toEqual(['2.3.1', '2.3.1', '2.3.1']);
    const names = new Map(recordsOf('rollback-registered').map(({ rollback, name }) => [rollback, name]));
    expect(
      recordsOf('rollback-ended').map(({ rollback, outcome }) => [names.get(rollback), outcome])
    ).toEqual([
      ['payments back to 2.3.1', 'passed'],
      ['payments back to 2.3.1', 'passed'],
      ['catalog and orders back to 2.3.1', 'failed'],
      ['catalog and orders back to 2.3.1', 'passed'],
      ['Schema back to 4', 'passed']
    ]);
  });
  expect(run.ownFaults()).toEqual([]);
});

function versionOf(service: string): string | undefined {
  const rows = JSON.parse(release.fleetctl('status', '--json')) as { service: string; version: string }[];
  return rows.find(row => row.service === service)?.version;
}

function recordsOf(kind: string): Record<string, unknown>[] {
  return release.journal().filter(record => record['kind'] === kind);
}
