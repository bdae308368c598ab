// Alarms by habit: what a step and a phase usually take comes from earlier runs of the same kind, which `launchbook run` made.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, type CellSource, type Lab } from '../lab.js';
import { ROOT } from '../root.js';
import { RunPage } from '../run-page.js';
import { expect, test } from '../test.js';

const NOTIFY = 'launchbook:notify';
/** Takes most of a second, and longer while something keeps it back. */
const WAITS = (file: string): string =>
  `import { existsSync } from 'node:fs';\nawait new Promise(resolve => setTimeout(resolve, 800));\nwhile (existsSync('${file}')) { await new Promise(resolve => setTimeout(resolve, 100)); }`;
const CELLS: readonly CellSource[] = [
  { id: 'title', type: 'markdown', source: '# Tea shop' },
  { id: 'deployment', type: 'markdown', source: '## Deployment\n\n### Deploy orders' },
  { id: 'orders', source: WAITS('orders-hang') },
  { id: 'text', type: 'markdown', source: '### Deploy payments' },
  { id: 'payments', source: WAITS('payments-hang') }
];

test(
  'a step and a phase that take longer than they usually do are told, once, to who looks elsewhere',
  { tag: '@proof' },
  async ({ browser, labs }) => {
    test.setTimeout(300_000);
    const lab = await labs.fresh();
    lab.set(NOTIFY, { stillRunning: true, stillRunningSeconds: 3 });
    const launchbook = makeRepository(lab);
    for (const release of ['1.0.0', '1.0.1', '1.0.2']) {
      launchbook('new', 'release.ipynb', '--release', release, '--env', 'test', '--mode', 'live');
      launchbook('run', '--quiet', `runs/${release}-test/release.ipynb`);
    }
    launchbook('new', 'release.ipynb', '--release', '2.0.0', '--env', 'test', '--mode', 'live');
    writeFileSync(join(lab.folder, 'orders-hang'), '');
    const run = await RunPage.open(browser, { url: lab.address('runs/2.0.0-test/release.ipynb') });
    const { page } = run;
    await run.showPhases();
    const titles = async (): Promise<string[]> => (await run.notifications()).map(each => each.title);
    const unusual = async (): Promise<string[]> =>
      (await titles()).filter(title => title.startsWith('Longer than usual'));

    await test.step('a fresh run has an estimate before its first step', async () => {
      await expect(page.locator('.lb-Phases')).toContainText(/About .* of work left/);
    });

    await test.step('beside the fixed threshold, step and phase are told with what they usually take', async () => {
      await run.look(false);
      // It ends when the phase has ended.
      void command(page, 'launchbook:run-phase', { cell: 'deployment' }).catch(() => undefined);
      await expect.poll(titles).toContain('Still running: Deployment › Deploy orders');
      expect(await unusual()).toEqual([]);
      await expect
        .poll(async () => (await unusual()).sort(), { timeout: 60_000 })
        .toEqual([
          // Told a second after the step, and with it.
          'Longer than usual: Deployment (+1)',
          'Longer than usual: Deployment › Deploy orders'
        ]);
      const [first] = (await run.notifications()).filter(({ title }) => title.startsWith('Longer'));
      expect(first!.body).toMatch(/^It usually takes .+\.\n2\.0\.0 · test$/);
      await expect(page).toHaveTitle(/^\(\d\) /);
    });

    await test.step('what is in its usual time is not told', async () => {
      rmSync(join(lab.folder, 'orders-hang'));
      await expect(run.phase('deployment')).toHaveAttribute('data-status', 'passed');
      expect(await unusual()).toHaveLength(2);
    });
    expect(run.ownFaults()).toEqual([]);
  }
);

/** A repository with its runbook; returns the command in it. */
function makeRepository(lab: Lab): (...args: string[]) => void {
  const { folder } = lab;
  mkdirSync(join(folder, 'runs'));
  writeFileSync(join(folder, 'launchbook.yml'), 'environments: { test: {} }\n');
  writeFileSync(join(folder, '.gitignore'), '.launchbook/\n.ipynb_checkpoints/\n*.lock\n*-hang\nruns/\n');
  lab.write('release.ipynb', 'launchbook', CELLS);
  const options = { cwd: folder, stdio: 'pipe' } as const;
  const who = ['-c', 'user.name=Ann Lee', '-c', 'user.email=ann@example.org'];
  execFileSync('git', ['init', '-q', '-b', 'main'], options);
  execFileSync('git', ['add', '.'], options);
  execFileSync('git', [...who, 'commit', '-qm', 'Begin'], options);
  return (...args) => void execFileSync(process.execPath, [join(ROOT, 'lib/cli/main.js'), ...args], options);
}
