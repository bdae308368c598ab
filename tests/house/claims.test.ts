// Starts at the same moment do not share what is claimed: the state folder of each, and the folder of its fresh run.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './root.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'launchbook-claims-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The line that each of `count` processes prints, which evaluate `code` at the same time. None ends before all have printed theirs. */
async function printedByEach(count: number, code: string): Promise<string[]> {
  const children = Array.from({ length: count }, () =>
    spawn(process.execPath, ['--input-type=module', '--eval', `${code}\nprocess.stdin.resume();`], {
      stdio: ['pipe', 'pipe', 'inherit']
    })
  );
  const ended = Promise.all(children.map(child => once(child, 'exit')));
  const lines = await Promise.all(
    children.map(async ({ stdout }) => {
      for await (const line of createInterface({ input: stdout })) {
        return line;
      }
      return 'nothing';
    })
  );
  children.forEach(({ stdin }) => stdin.end());
  await ended;
  return lines;
}

test('each start has a state folder of its own, also where dead ones have left theirs', async () => {
  cpSync(join(root, 'scripts'), join(folder, 'scripts'), { recursive: true });
  const state = join(folder, '.launchbook');
  mkdirSync(state);
  // No process has this id: Linux gives none above 4,194,304.
  writeFileSync(join(state, 'start.pid'), '99999999');
  writeFileSync(join(state, 'start-2.pid'), '99999999');
  const module = JSON.stringify(join(folder, 'scripts/serve/claim-state.mjs'));
  const claimed = await printedByEach(
    6,
    `
    import { claimState } from ${module};
    console.log(claimState('start').folder);
  `
  );
  expect(new Set(claimed).size).toBe(6);
  const owned = readdirSync(state).filter(name => readFileSync(join(state, name), 'utf8') !== '99999999');
  expect(owned).toHaveLength(6);
}, 120_000);

test('each start makes its run in a folder of its own', async () => {
  execFileSync('git', ['init', '-q', folder]);
  const template = join(folder, 'release.ipynb');
  cpSync(join(root, 'examples/release.ipynb'), template);
  cpSync(join(root, 'examples/launchbook.yml'), join(folder, 'launchbook.yml'));
  const module = JSON.stringify(join(root, 'scripts/serve/open-notebook.mjs'));
  const made = await printedByEach(
    2,
    `
    import { chooseNotebook } from ${module};
    console.log(chooseNotebook(${JSON.stringify(template)}).shown);
  `
  );
  expect(made.sort()).toEqual(['runs/2.4.0-staging-2/release.ipynb', 'runs/2.4.0-staging/release.ipynb']);
}, 120_000);
