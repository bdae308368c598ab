// `launchbook rollback` on a run whose last step has failed, with a real kernel in a real process.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { RUN } from '../run/sample-run.js';

const LAUNCHBOOK = join(import.meta.dirname, '../../cli/main.js');
const SOURCES = {
  build:
    "const old = (await $`echo v1`).stdout; await $`sh -c ${'echo build >> log'}`; await checkpoint('built')",
  deploy:
    "await rollback('deploy back', () => $`sh -c ${`echo back to ${old} >> log; test ! -e broken`}`); await $`sh -c ${'echo deploy >> log; exit 3'}`"
};

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'launchbook-rollback-'));
  path = join(folder, 'release.ipynb');
  writeFileSync(join(folder, 'launchbook.yml'), 'environments: { staging: {} }\n');
  const cells = Object.entries(SOURCES).map(([id, source]) => ({
    id,
    cell_type: 'code',
    metadata: {},
    source,
    outputs: [],
    execution_count: null
  }));
  const metadata = { launchbook: { run: { ...RUN, mode: 'rehearsal' } } };
  writeFileSync(path, JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function launchbook(
  ...args: string[]
): Promise<{ readonly code: number | null; readonly text: string }> {
  const child = spawn(process.execPath, [LAUNCHBOOK, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stdout.on('data', (part: Buffer) => (text += part.toString()));
  child.stderr.on('data', (part: Buffer) => (text += part.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, text };
}

const logged = (): string[] =>
  existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8').trim().split('\n') : [];

test('shows the plan, needs a reason, brings back what is needed, and undoes nothing twice', async () => {
  expect((await launchbook('run', path)).code).toBe(1);
  const plan = await launchbook('rollback', path, '--step', 'deploy', '--plan');
  expect(plan).toMatchObject({ code: 0, text: expect.stringContaining('1. deploy back') });
  expect((await launchbook('rollback', path, '--step', 'deploy')).code).toBe(2);
  expect(await launchbook('rollback', path, '--step', 'nowhere', '--plan')).toMatchObject({
    code: 2,
    text: expect.stringContaining('--step is "nowhere": the run has the steps ')
  });
  expect(logged()).toEqual(['build', 'deploy']);

  writeFileSync(join(folder, 'broken'), '');
  const failed = await launchbook('rollback', path, '--step', 'deploy', '--reason', 'it crashes');
  expect(failed).toMatchObject({ code: 1, text: expect.stringContaining('Not undone: “deploy back”') });
  rmSync(join(folder, 'broken'));
  const done = await launchbook('rollback', path, '--step', 'deploy', '--reason', 'it crashes', '--json');
  expect(done.code).toBe(0);
  expect(JSON.parse(done.text)).toMatchObject({
    outcome: 'passed',
    plan: { rollbacks: [{ name: 'deploy back' }] }
  });
  await launchbook('rollback', path, '--reason', 'all of it');
  expect(logged()).toEqual(['build', 'deploy', 'back to v1', 'back to v1']);
}, 120_000);

test('goes back to a checkpoint with a reason, and undoes what was done since', async () => {
  expect((await launchbook('run', path)).code).toBe(1);
  const back = ['rollback', path, '--to-checkpoint', 'built'];
  expect(await launchbook(...back)).toMatchObject({ code: 2, text: expect.stringContaining('--reason') });
  expect(logged()).toEqual(['build', 'deploy']);
  const done = await launchbook(...back, '--reason', 'it crashes');
  expect(done).toMatchObject({ code: 0, text: expect.stringContaining('The run is back at “built”.') });
  expect(logged()).toEqual(['build', 'deploy', 'back to v1']);
  const journal = readFileSync(path.replace('.ipynb', '.journal.jsonl'), 'utf8').trim().split('\n');
  const records = journal.map(line => JSON.parse(line) as { readonly kind: string });
  expect(records.filter(({ kind }) => kind === 'rolled-back')).toMatchObject([
    { checkpoint: 'built', step: null, reason: 'it crashes', steps: ['deploy'] }
  ]);
}, 120_000);
