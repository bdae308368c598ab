// An archived run that is opened again: the page says that it is archived and offers a new run of its runbook, and nothing that a reader does
// there adds a byte to its journal or changes its notebook.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from './lab.js';
import { ROOT } from './root.js';
import { RunPage } from './run-page.js';
import { expect, test } from './test.js';
import { inBothThemes } from './themes.js';

const RUN = 'runs/2.4.0-staging/release.ipynb';

test('an archived run says so, offers a new run, and stays as it is', async ({ browser, labs }) => {
  const lab = await labs.fresh();
  archiveRun(lab);
  const files = (): string[] =>
    [RUN, RUN.replace('.ipynb', '.journal.jsonl'), RUN.replace('.ipynb', '.archive.json')].map(file =>
      readFileSync(join(lab.folder, file), 'utf8')
    );
  const before = files();
  const run = await RunPage.open(browser, { url: lab.address(RUN) });
  const { page } = run;
  await run.showPhases();
  const panel = page.getByRole('region', { name: 'Release phases' });
  await expect(panel).toContainText(
    /Archived at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\. An archived run is read-only/
  );
  expect(await run.phases()).toEqual([['Deployment', 'passed']]);

  const acts = panel.getByRole('list', { name: 'After the last step' }).getByRole('listitem');
  await expect(acts.first()).toHaveText('Committed and tagged as the record of what happened.', {
    useInnerText: true
  });
  await expect(acts.getByRole('button')).toHaveText(['Report', 'Learn']);

  await run.runCell('deployed');
  await expect(run.cell('deployed').locator('.jp-OutputArea')).toContainText(
    'and an archived run is read-only. Nothing was done.'
  );
  await expect(page.locator('.lb-Findings:not(.lm-mod-hidden)')).toHaveCount(0);
  await inBothThemes(page, 'archived-run', { selectors: ['.lb-Phases'] });

  await panel.getByRole('button', { name: 'New run…' }).click();
  await expect(page.getByRole('dialog')).toContainText('A fresh copy of ');
  await expect(page.getByRole('dialog')).toContainText('/release.ipynb');
  await expect(page.getByRole('dialog')).not.toContainText('runs/');
  await page.keyboard.press('Escape');
  expect(files()).toEqual(before);
  expect(run.ownFaults()).toEqual([]);
});

function archiveRun(lab: Lab): void {
  lab.write('release.ipynb', 'launchbook', [
    { id: 'deployment', type: 'markdown', source: '## Deployment' },
    { id: 'deploy', source: "// Deploy orders\nconsole.log('deployed')" }
  ]);
  writeFileSync(join(lab.folder, 'launchbook.yml'), 'environments: { staging: {} }\n');
  const call = (program: string, ...args: string[]): void => {
    execFileSync(program, args, { cwd: lab.folder, stdio: 'pipe' });
  };
  const launchbook = (...args: string[]): void =>
    call(process.execPath, join(ROOT, 'lib/cli/main.js'), ...args);
  call('git', 'init', '-q');
  call('git', 'config', 'user.name', 'Ann Lee');
  call('git', 'config', 'user.email', 'ann@example.org');
  call('git', 'add', '.');
  call('git', 'commit', '-qm', 'Begin');
  launchbook('new', 'release.ipynb', '--release', '2.4.0', '--env', 'staging');
  launchbook('run', RUN);
  launchbook('archive', RUN);
}
