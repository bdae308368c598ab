// A deployment that fails: the cell says why, the queue stops, the cell passes when the cause is mended, rollback goes back.
import { startLaunchbook, type Launchbook } from './launchbook.js';
import { RunPage } from './run-page.js';
import { expect, test } from './test.js';

let launchbook: Launchbook;
test.beforeAll(async () => {
  test.setTimeout(600_000);
  launchbook = await startLaunchbook();
});
test.afterAll(async () => await launchbook?.stop());

const DEPLOY = 'await $`fleetctl deploy payments';

test('a failed deploy stops the queue, passes on a second attempt, and can be rolled back', async ({
  browser
}) => {
  launchbook.fleetctl('fault', 'add', 'payments', 'crash-on-start', '--version', '2.4.0');
  const run = await RunPage.open(browser, launchbook);
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
    await run.picture('failed-deploy');
  });

  await test.step('nothing after it has run', async () => {
    expect((await run.phases()).slice(-2).map(([, status]) => status)).toEqual([
      'not-started',
      'not-started'
    ]);
    await expect(run.timing(run.cell('.expectNone()'))).toHaveAttribute('data-status', 'aborted');
  });

  await test.step('when the cause is mended the same cell passes, and both attempts are in the journal', async () => {
    launchbook.fleetctl('fault', 'clear', 'payments');
    await run.runCell(DEPLOY);
    await expect(run.phase('second-batch')).toHaveAttribute('data-status', 'passed', { timeout: 60_000 });
    expect(versionOfPayments()).toBe('2.4.0');
    const ends = launchbook
      .journal()
      .filter(record => record['kind'] === 'attempt-ended' && record['step'] === 'deploy-second-batch');
    expect(ends.map(record => [record['attempt'], record['outcome']])).toEqual([
      [1, 'failed'],
      [2, 'passed']
    ]);
    await expect(run.timing(run.cell(DEPLOY))).toContainText('attempt 2');
  });

  await test.step('rollback brings the old version back', async () => {
    await run.addCell('await rollback.run();');
    await expect.poll(versionOfPayments, { timeout: 60_000 }).toBe('2.3.1');
    await expect
      .poll(() =>
        launchbook
          .journal()
          .filter(record => record['kind'] === 'rollback-ended')
          .map(record => record['outcome'])
      )
      .not.toHaveLength(0);
    await expect
      .poll(
        () =>
          (JSON.parse(launchbook.fleetctl('status', '--json')) as { version: string }[]).map(
            row => row.version
          ),
        { timeout: 60_000 }
      )
      .toEqual(['2.3.1', '2.3.1', '2.3.1']);
  });
  expect(run.ownFaults()).toEqual([]);
});

function versionOfPayments(): string | undefined {
  const rows = JSON.parse(launchbook.fleetctl('status', '--json')) as { service: string; version: string }[];
  return rows.find(row => row.service === 'payments')?.version;
}
