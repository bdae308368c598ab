// Everybody can follow a release and decide: no broken accessibility rule in what we draw, in the light and the dark theme.
import { startReleaseRun, type ReleaseRun } from './release-run.js';
import { RunPage } from './run-page.js';
import { expect, test } from './test.js';
import { inBothThemes } from './themes.js';

const PANEL = '.lb-Phases';
const APPROVAL = '.jp-OutputArea .lb-Approval';
const CHECKLIST = '.jp-OutputArea .lb-Checklist';
const TIMES = '.lb-Timing';

let release: ReleaseRun;
test.beforeAll(async ({ labs }) => {
  release = await startReleaseRun(labs);
});
test.afterAll(async () => await release?.stop());

test('phases, approval, checklist and times break no accessibility rule', async ({ browser }) => {
  const run = await RunPage.open(browser, release);
  const { page } = run;

  await test.step('the opened run', async () => {
    await run.showPhases();
    await expect(run.phase('preparation')).toBeVisible();
    await inBothThemes(page, null, { selectors: [PANEL] });
  });

  await test.step('the waiting approval, with its twin in the sidebar', async () => {
    await run.runAll();
    await expect(run.phase('qa-sign-off')).toHaveAttribute('data-status', 'waiting', { timeout: 60_000 });
    await run.goToWaiting();
    await page.locator('.lb-Waiting-details > summary').click();
    await inBothThemes(page, null, { selectors: [PANEL, APPROVAL, TIMES] });
  });

  await test.step('at the hold point the whole form is in sight in a window of 900 pixels', async () => {
    await run.goToWaiting();
    for (const part of [
      run.approval().getByRole('checkbox'),
      run.approval().getByRole('textbox', { name: 'Comment' }),
      run.approval().getByRole('button', { name: 'Reject' })
    ]) {
      await expect(part).toBeInViewport({ ratio: 1 });
    }
  });

  await test.step('evidence keeps its columns, and what is too high scrolls with the keyboard', async () => {
    const checks = run.approval().getByRole('region', { name: 'Evidence: Data checks' });
    await expect(checks.locator('pre')).toHaveCSS('white-space', 'pre');
    await checks.focus();
    await expect(checks).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => checks.evaluate(area => area.scrollTop)).toBeGreaterThan(0);
  });

  await test.step('a missing reason, said at the comment', async () => {
    await run.approval().getByRole('button', { name: 'Reject' }).click();
    await expect(run.approval().getByRole('alert')).toBeVisible();
    await inBothThemes(page, null, { selectors: [APPROVAL] });
  });

  await test.step('the decided approval', async () => {
    await run.approval().getByRole('checkbox').check();
    await run.approval().getByRole('textbox', { name: 'Comment' }).fill('The delivery window is right');
    await run.approval().getByRole('button', { name: 'Approve' }).click();
    await expect(run.approval().getByText(/Approved by/)).toBeVisible();
    await inBothThemes(page, null, { selectors: [APPROVAL] });
  });

  await test.step('the checklist, open and done', async () => {
    await expect(run.phase('closing-checklist')).toHaveAttribute('data-status', 'waiting', {
      timeout: 60_000
    });
    await run.goToWaiting();
    const boxes = page.locator(CHECKLIST).getByRole('checkbox');
    await boxes.first().check();
    await page.locator('.lb-Waiting-details > summary').click();
    await inBothThemes(page, null, { selectors: [CHECKLIST, PANEL] });
    await boxes.nth(1).check();
    await boxes.nth(2).check();
    await expect(run.phase('closing-checklist')).toHaveAttribute('data-status', 'passed');
    await inBothThemes(page, null, { selectors: [CHECKLIST, PANEL, TIMES] });
  });

  expect(run.ownFaults()).toEqual([]);
});
