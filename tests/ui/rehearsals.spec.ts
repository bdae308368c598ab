// A production run and its rehearsals: what the sidebar says of each phase, a phase that the policy locks, and its release with a reason.
import type { Locator, Page } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from './axe.js';
import { type CellSource, type Lab } from './lab.js';
import { ROOT } from './root.js';
import { keepPicture } from './picture.js';
import { RunPage } from './run-page.js';
import { expect, test } from './test.js';
import { inBothThemes, useTheme } from './themes.js';

const PRODUCTION = 'runs/2.4.0-production/release.ipynb';
const STAGING = 'runs/2.4.0-staging/release.ipynb';
/** A busy machine needs minutes for what comes before. */
const RECENTLY = /Rehearsed in staging (just now|\d+ minutes? ago): passed/;
const REASON = 'staging is down, the fix cannot wait';

let lab: Lab;
test.beforeAll(async ({ labs }) => {
  lab = await labs.fresh();
  mkdirSync(join(lab.folder, '.git'));
  writeFileSync(
    join(lab.folder, 'launchbook.yml'),
    `environments:
  staging: { colour: green }
  production:
    production: true
    colour: red
    policy:
      rehearsal: { within: 7d, in: [staging] }
      phases: { Closing: { rehearsal: false } }
`
  );
  write(STAGING, 'staging', 'rehearsal', cells('2.4.0'));
  const command = [join(ROOT, 'lib/cli/main.js'), 'run', join(lab.folder, STAGING)];
  const rehearsed = spawnSync(process.execPath, command, { encoding: 'utf8', cwd: lab.folder });
  expect(rehearsed.status, rehearsed.stdout + rehearsed.stderr).toBe(0);
  write(PRODUCTION, 'production', 'live', cells('2.4.1', 'await $`echo deploy payments 2.4.1 --force`;'));
});

test(
  'the sidebar tells the rehearsals of a production run, and a person releases what the policy locks',
  { tag: '@proof' },
  async ({ browser }) => {
    const page = await lab.open(browser, PRODUCTION);
    const run = new RunPage(page, []);
    const deployment = run.phase('deployment');
    await run.showPhases();

    await test.step('the head says when it was rehearsed, and each phase is described by how', async () => {
      await expect(page.locator('.lb-Phases-head')).toContainText(RECENTLY);
      await expect(run.phase('preparation')).toHaveAttribute('data-status', 'not-started');
      await expect(run.phase('preparation')).toHaveAccessibleDescription(
        /^Rehearsed in staging (just now|\d+ minutes? ago): passed in .* \(2\.4\.0-staging-0a1b2c\)\.$/
      );
      await expect(run.phase('preparation')).toHaveAccessibleName('Preparation not started · 0/2');
    });

    await test.step('one that was edited since is locked, and its steps tell which one', async () => {
      await expect(deployment).toHaveAttribute('data-status', 'locked');
      await expect(deployment).toContainText('edited since its rehearsal');
      await expect(deployment).toHaveAccessibleDescription(/The step “.*” was edited\./);
      await openPhase(deployment);
      await expect(stepOf(page, 'payments')).toContainText('edited since its rehearsal');
      await expect(stepOf(page, 'orders')).not.toContainText('rehears');
      await expect(stepOf(page, 'orders')).toHaveAccessibleDescription(
        /^Rehearsed in staging (just now|\d+ minutes? ago): passed in /
      );
    });

    await test.step('a phase that need not be rehearsed is not locked', async () => {
      await expect(run.phase('closing')).toHaveAttribute('data-status', 'not-started');
      await expect(run.phase('closing')).toHaveAccessibleDescription(/^Rehearsed in staging /);
    });

    await test.step('it breaks no accessibility rule in either theme', async () => {
      await page.locator('.jp-Notebook').focus();
      for (const theme of ['JupyterLab Dark', 'JupyterLab Light'] as const) {
        await useTheme(run.page, theme);
        await deployment.hover();
        await expect(page.getByRole('button', { name: 'Release without rehearsal…' })).toBeVisible();
        await expectAccessible(page, '.lb-Phases');
        await keepPicture(page, theme === 'JupyterLab Dark' ? 'rehearsals-dark' : 'rehearsals', {
          isPointerKept: true
        });
      }
    });

    await test.step('its steps are refused by the kernel, with what to do', async () => {
      await run.runCell('deploy orders');
      await expect(run.cell('deploy orders').locator('.jp-OutputArea')).toContainText(
        'before “Deployment” runs in production, the policy asks for a rehearsal in staging within 7 days'
      );
      expect(journal()).not.toContain('"kind":"attempt-started"');
    });

    await test.step('the keyboard reaches its release, which needs a reason', async () => {
      await deployment.focus();
      await page.keyboard.press('Shift+Enter');
      const dialog = page
        .getByRole('dialog')
        .filter({ hasText: 'Release “Deployment” without a rehearsal?' });
      await expect(dialog).toContainText('was edited');
      await expect(dialog).toContainText('the whole run is shown in amber from then on');
      await expect(dialog.getByRole('button', { name: 'Release against the policy' })).toBeDisabled();
      await dialog.getByLabel('Reason').fill('now');
      await inBothThemes(page, 'release-without-rehearsal', { selectors: ['.lb-Dialog .jp-Dialog-content'] });
      await dialog.getByRole('button', { name: 'Release against the policy' }).click();
      const refusal = page.getByRole('dialog').filter({ hasText: 'This was not done' });
      await expect(refusal).toContainText('at least 10 characters');
      await refusal.getByRole('button', { name: 'Ok' }).click();
      await deployment.focus();
      await page.keyboard.press('Shift+Enter');
      await dialog.getByLabel('Reason').fill(REASON);
      await page.keyboard.press('Enter');
      await expect(dialog).toHaveCount(0);
    });

    await test.step('then it may run, and the whole run says so from then on', async () => {
      await expect(deployment).toHaveAttribute('data-status', 'not-started');
      await expect(deployment).toHaveAccessibleDescription(
        new RegExp(`Released without a rehearsal by .*: ${REASON}`)
      );
      await expect(page.locator('.lb-Banner')).toContainText('Released against the policy: “Deployment”');
      expect(journal()).toContain('"kind":"phase-released"');
      await expect(page.getByRole('button', { name: 'Release without rehearsal…' })).toHaveCount(0);
    });

    await test.step('before the steps above it are done it asks why, and runs with that reason', async () => {
      await run.runCell('deploy orders');
      const dialog = page.getByRole('dialog').filter({ hasText: 'Run “Deploy orders” out of order?' });
      await expect(dialog).toContainText('2 steps before it are not done');
      await expect(dialog.getByRole('button', { name: 'Run out of order' })).toBeDisabled();
      await dialog.getByLabel('Reason').fill('the fleet was looked at by hand');
      await dialog.getByRole('button', { name: 'Run out of order' }).click();
      await page
        .locator('.lb-Wheel')
        .getByLabel(/production/)
        .fill('production');
      await page.keyboard.press('Enter');
      await expect(stepOf(page, 'orders')).toHaveAttribute('data-status', 'passed');
      expect(journal()).toContain('"reason":"the fleet was looked at by hand"');
    });
    await page.close();
  }
);

/** A runbook of four phases whose steps only print. */
function cells(release: string, payments = 'await $`echo deploy payments`;'): CellSource[] {
  const heading = (id: string, text: string): CellSource => ({ id, type: 'markdown', source: text });
  return [
    heading('title', `# Release of orders and payments`),
    heading('preparation', '## Preparation'),
    { id: 'parameters', source: `const release = '${release}';`, metadata: { tags: ['parameters'] } },
    { id: 'health', source: '// Look at the fleet\nawait $`echo healthy`;' },
    heading('deployment', '## Deployment'),
    { id: 'orders', source: '// Deploy orders\nawait $`echo deploy orders`;' },
    { id: 'payments', source: `// Deploy payments\n${payments}` },
    heading('verification', '## Verification'),
    { id: 'verify', source: '// Look at the errors\nawait $`echo no errors`;' },
    heading('closing', '## Closing'),
    { id: 'note', source: '// Tell everybody\nawait $`echo done`;' }
  ];
}

function write(name: string, environment: string, mode: string, sources: readonly CellSource[]): void {
  mkdirSync(join(lab.folder, name, '..'), { recursive: true });
  const run = {
    id: `2.4.0-${environment}-0a1b2c`,
    runbook: 'release.ipynb',
    commit: null,
    release: '2.4.0',
    environment,
    mode,
    createdAt: '2026-11-22T08:00:00.000Z',
    createdBy: { username: 'ann', name: 'Ann Lee', grade: 'claimed' },
    parameters: {}
  };
  lab.write(name, 'launchbook', sources, { launchbook: { run } });
}

function journal(): string {
  return readFileSync(join(lab.folder, PRODUCTION.replace('.ipynb', '.journal.jsonl')), 'utf8');
}

function stepOf(page: Page, id: string): Locator {
  return page.locator(`[data-key="step:${id}"]`);
}

async function openPhase(phase: Locator): Promise<void> {
  await phase.focus();
  await phase.press('ArrowRight');
  await expect(phase).toHaveAttribute('aria-expanded', 'true');
}
