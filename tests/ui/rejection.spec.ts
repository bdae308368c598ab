// A rejection at the hold point: its own state, not a failure; the queue stops; nothing behind it runs, whoever asks.
import { renderForGithub } from './github-rendering.js';
import { startReleaseRun, type ReleaseRun } from './release-run.js';
import { RunPage } from './run-page.js';
import { expect, test } from './test.js';
import { inBothThemes } from './themes.js';

let release: ReleaseRun;
test.beforeAll(async ({ labs }) => {
  release = await startReleaseRun(labs);
});
test.afterAll(async () => await release?.stop());

test('a rejection needs a reason, stops the queue, and locks what follows', async ({ browser }) => {
  const run = await RunPage.open(browser, release);
  await run.showPhases();
  await run.runAll();
  await expect(run.phase('qa-sign-off')).toHaveAttribute('data-status', 'waiting', { timeout: 60_000 });
  await run.goToWaiting();
  const approval = run.approval();

  await test.step('without a reason it is not sent', async () => {
    await approval.getByRole('button', { name: 'Reject' }).click();
    await expect(approval.getByRole('alert')).toContainText('reason');
    await expect(run.phase('qa-sign-off')).toHaveAttribute('data-status', 'waiting');
  });

  await test.step('with a reason the phase is rejected and later phases stay locked', async () => {
    await approval.getByRole('textbox', { name: 'Comment' }).fill('The delivery window is missing');
    await approval.getByRole('button', { name: 'Reject' }).click();
    await expect(run.phase('qa-sign-off')).toHaveAttribute('data-status', 'rejected');
    await expect(approval.getByText(/Rejected by/)).toBeVisible();
    expect((await run.phases()).slice(-3).map(([, status]) => status)).toEqual([
      'locked',
      'locked',
      'locked'
    ]);
    await inBothThemes(run.page, 'rejected');
  });

  await test.step('nothing after it ran, and a cell behind it is refused when it is run by hand', async () => {
    const started = (): string[] =>
      release
        .journal()
        .filter(record => record['kind'] === 'attempt-started')
        .map(record => String(record['step']));
    expect(started().at(-1)).toBe('qa-approval');
    await run.runCell('await $`fleetctl deploy payments');
    await expect(run.cell('await $`fleetctl deploy payments')).toContainText(
      /locked.*QA sign-off.*rejected/s
    );
    expect(started().at(-1)).toBe('qa-approval');
    const rows = JSON.parse(release.fleetctl('status', '--json')) as {
      service: string;
      version: string;
    }[];
    expect(rows.find(row => row.service === 'payments')?.version).toBe('2.3.1');
  });

  await test.step('the archive shows the rejection with its reason', async () => {
    await run.save();
    const html = renderForGithub(release.notebook);
    expect(html.text).toContain('Rejected: QA sign-off');
    expect(html.text).toContain('The delivery window is missing');
    expect(html.escapedTags).toEqual([]);
  });
  expect(run.ownFaults()).toEqual([]);
});
