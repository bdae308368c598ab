// A run that is renamed in JupyterLab while its kernel lives: journal and notebook stay together, also after a restart of the kernel,
// whose server still knows the old name.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { activate, command, type Lab } from './lab.js';
import { expect, test } from './test.js';

const RUN = {
  id: '2.4.0-staging-0a1b2c',
  runbook: 'release.ipynb',
  commit: null,
  release: '2.4.0',
  environment: 'staging',
  mode: 'rehearsal',
  createdAt: '2026-11-22T07:59:00.000Z',
  createdBy: { username: 'ann', name: 'Ann Lee', grade: 'claimed' },
  parameters: {}
};
const CELLS = [
  { id: 'deploy', type: 'markdown' as const, source: '## Deploy' },
  { id: 'one', source: "await $`echo one`; 'one is done'" },
  { id: 'two', source: "await $`echo two`; 'two is done'" },
  { id: 'line', source: '%discard --all the kernel was restarted' },
  { id: 'three', source: "await $`echo three`; 'three is done'" }
];

let lab: Lab;
test.beforeAll(async ({ labs }) => {
  lab = await labs.fresh();
  writeFileSync(join(lab.folder, 'launchbook.yml'), 'environments: { staging: {} }\n');
});

const stepsOf = (name: string): string[] =>
  readFileSync(join(lab.folder, `${name}.journal.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as { kind: string; step?: string })
    .flatMap(({ kind, step }) => (kind === 'attempt-started' ? step! : []));

test('a renamed run keeps its one journal', { tag: '@proof' }, async ({ browser }) => {
  lab.write('release.ipynb', 'launchbook', CELLS, { launchbook: { run: RUN } });
  const page = await lab.open(browser, 'release.ipynb');
  // The server answers 404 for a folder when one of its files goes while it is listed, and JupyterLab says that the folder is not there.
  const notice = page.getByRole('dialog', { name: /^Directory not found/ });
  await page.addLocatorHandler(notice, () => notice.getByRole('button', { name: 'Close' }).click());
  const run = async (cell: string, shown: string): Promise<void> => {
    await activate(page, cell);
    await command(page, 'notebook:run-cell');
    await expect(page.locator('.jp-Notebook .jp-mod-active .jp-OutputArea')).toContainText(shown);
  };
  await run('one', 'one is done');

  const renamed = command(page, 'docmanager:rename');
  await page.locator('.jp-Dialog input').fill('night.ipynb');
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Rename' }).click();
  await renamed;
  await expect.poll(() => existsSync(join(lab.folder, 'night.journal.jsonl'))).toBe(true);
  await run('two', 'two is done');
  expect(stepsOf('night')).toEqual(['one', 'two']);
  expect(existsSync(join(lab.folder, 'release.journal.jsonl'))).toBe(false);

  const restarted = command(page, 'kernelmenu:restart');
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Confirm Kernel Restart' }).click();
  await restarted;
  await run('line', 'will be run again');
  await run('three', 'three is done');
  expect(stepsOf('night')).toEqual(['one', 'two', 'three']);
  expect(existsSync(join(lab.folder, 'release.journal.jsonl'))).toBe(false);
  await page.close();
});
