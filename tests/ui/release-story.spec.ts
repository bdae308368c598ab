// The main job: a release runs, stops at the approval, is approved, goes on by itself, and leaves a readable archive.
import { renderForGithub } from './github-rendering.js';
import { startReleaseRun, type ReleaseRun } from './release-run.js';
import { RunPage } from './run-page.js';
import { expect, test } from './test.js';
import { inBothThemes } from './themes.js';

const PHASES = [
  'Preparation',
  'Schema update',
  'Data validation',
  'First batch',
  'QA sign-off',
  'Second batch',
  'Verification',
  'Closing checklist'
];

let release: ReleaseRun;
test.beforeAll(async ({ labs }) => {
  release = await startReleaseRun(labs);
});
test.afterAll(async () => await release?.stop());

test('a release stops at the hold point, goes on when it is approved, and keeps its record over a reload', async ({
  browser
}) => {
  const run = await RunPage.open(browser, release);
  const { page } = run;

  await test.step('the sidebar lists the phases of the notebook; those behind the hold point are locked', async () => {
    await run.showPhases();
    await expect.poll(async () => (await run.phases()).map(([title]) => title)).toEqual(PHASES);
    // What locks is known when the kernel has read the texts.
    await expect
      .poll(async () => (await run.phases()).map(([, status]) => status))
      .toEqual([...Array<string>(5).fill('not-started'), ...Array<string>(3).fill('locked')]);
    // Opening writes nothing: the file in git stays as `launchbook new` made it.
    await expect(page.locator('.jp-mod-dirty')).toHaveCount(0);
    await inBothThemes(page, 'opened-run');
  });

  await test.step('Run All stops at the hold point: the cell is busy, its phase waits, later phases are locked', async () => {
    await run.look(false);
    await run.runAll();
    await expect(run.phase('qa-sign-off')).toHaveAttribute('data-status', 'waiting', { timeout: 60_000 });
    await expect(run.cell("await approval('QA sign-off'").locator('.jp-InputPrompt')).toHaveText('[*]:');
    expect((await run.phases()).map(([, status]) => status)).toEqual([
      ...Array<string>(4).fill('passed'),
      'waiting',
      ...Array<string>(3).fill('locked')
    ]);
    expect(versionsOf(release)).toEqual({ catalog: '2.4.0', orders: '2.4.0', payments: '2.3.1' });
  });

  await test.step('a desktop notification says that the run waits', async () => {
    await expect
      .poll(async () => (await run.notifications()).map(raised => raised.title))
      .toContainEqual(expect.stringMatching(/^Waiting for qa-lead: /));
    await run.look(true);
  });

  await test.step('ticking the box with a comment releases it, and the queued cells go on by themselves', async () => {
    await run.goToWaiting();
    const approval = run.approval();
    await expect(approval.getByText('Waiting for approval')).toBeVisible();
    await expect(approval.getByText(/Do catalog and orders 2\.4\.0 behave/)).toBeVisible();
    await inBothThemes(page, 'waiting-hold-point');
    await run.goToWaiting();
    await approval.getByRole('checkbox').check();
    await approval
      .getByRole('textbox', { name: 'Comment' })
      .fill('Ordered a green tea; the delivery window is right');
    await approval.getByRole('button', { name: 'Approve' }).click();
    await expect(approval.getByText(/Approved by/)).toBeVisible();
    await expect(run.phase('second-batch')).toHaveAttribute('data-status', 'passed', { timeout: 60_000 });
  });

  await test.step('the closing checklist is ticked, and the last phase passes', async () => {
    await expect(run.phase('closing-checklist')).toHaveAttribute('data-status', 'waiting', {
      timeout: 60_000
    });
    await run.goToWaiting();
    const boxes = page.locator('.jp-OutputArea .lb-Checklist').getByRole('checkbox');
    await expect(boxes).toHaveCount(3);
    for (let index = 0; index < 3; index++) {
      await boxes.nth(index).check();
    }
    await expect(run.phase('closing-checklist')).toHaveAttribute('data-status', 'passed');
    expect((await run.phases()).map(([, status]) => status)).toEqual(Array<string>(8).fill('passed'));
  });

  await test.step('every code cell shows start, end and duration in UTC', async () => {
    await everyCellShowsItsTimes(run);
    await page.locator('.jp-Cell').first().scrollIntoViewIfNeeded();
    const heading = page.locator('.jp-Notebook').getByRole('heading', { name: 'QA sign-off' }).first();
    await heading.evaluate(element => element.closest('.jp-Cell')!.scrollIntoView({ block: 'start' }));
    await inBothThemes(page, 'finished-run');
  });

  await test.step('after saving and reloading, approval, times and phase states are still there', async () => {
    await run.save();
    await page.reload();
    await run.isReady();
    await run.showPhases();
    await expect
      .poll(async () => (await run.phases()).map(([, status]) => status))
      .toEqual(Array<string>(8).fill('passed'));
    await run.cell("await approval('QA sign-off'").scrollIntoViewIfNeeded();
    await expect(run.approval().getByText(/Approved by/)).toBeVisible();
    await expect(run.approval().getByText('Ordered a green tea; the delivery window is right')).toBeVisible();
    await everyCellShowsItsTimes(run);
    expect(await run.notifications()).toEqual([]);
  });

  await test.step('the fleet really runs the new version', () => {
    expect(versionsOf(release)).toEqual({ catalog: '2.4.0', orders: '2.4.0', payments: '2.4.0' });
  });

  await test.step('on GitHub the notebook shows the decision as text, and no literal tag', () => {
    const html = renderForGithub(release.notebook);
    for (const part of [
      'Approved: QA sign-off',
      'Ordered a green tea; the delivery window is right',
      'claimed',
      '☑'
    ]) {
      expect(html.text).toContain(part);
    }
    expect(html.text).toMatch(/Approved by .* \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/);
    expect(html.escapedTags).toEqual([]);
  });

  expect(run.ownFaults()).toEqual([]);
  await page.close();
});

async function everyCellShowsItsTimes(run: RunPage): Promise<void> {
  const cells = run.page.locator('.jp-CodeCell');
  await expect(cells).toHaveCount(14);
  const count = await cells.count();
  for (let index = 0; index < count; index++) {
    await cells.nth(index).scrollIntoViewIfNeeded();
    await expect(run.timing(cells.nth(index))).toHaveText(
      /passed.*\d\d:\d\d:\d\d → (\S+ )?\d\d:\d\d:\d\d UTC.*\d+(\.\d)? (ms|s|min)/s
    );
  }
}

function versionsOf({ fleetctl }: ReleaseRun): Record<string, string> {
  const rows = JSON.parse(fleetctl('status', '--json')) as { service: string; version: string }[];
  return Object.fromEntries(rows.map(row => [row.service, row.version]));
}
