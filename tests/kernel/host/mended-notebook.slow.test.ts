// A kernel that starts with a notebook that cannot be read: it executes and records nothing, and goes on by itself once it is mended,
// with the rules of the run and in the journal of the run.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import { composeKernel, type ComposedKernel } from '../../../kernel/host/compose/compose.js';
import { HeadlessClient } from '../../../kernel/host/headless/headless-client.js';
import { InMemoryTransport } from '../../../kernel/transport/in-memory.js';
import { NotebookFile } from '../../../run/keeper/notebook-file.js';
import { HeadlessFolder } from '../../run/headless-folder.js';

const YML =
  'environments: { staging: { order: kept, vars: { name: blue } } }\noutput: { limit: 1 MiB }\ntypecheck: off\n';
const STEPS = {
  one: 'await $`sh -c ${`echo ${environment.name} ${environment.vars.name} >> log`}`;',
  two: 'await $`sh -c ${"echo two >> log"}`;',
  three: "await approval('Go');",
  four: 'await $`sh -c ${"echo four >> log"}`;'
};

let folder: HeadlessFolder;
let kernel: ComposedKernel;
afterEach(async () => {
  await kernel.shutdown();
  await kernel.closeJournal();
  folder.remove();
});

async function start(): Promise<HeadlessClient> {
  const transport = new InMemoryTransport();
  kernel = composeKernel({
    transport,
    notebook: new NotebookFile(folder.path('release.ipynb')),
    folder: folder.folder,
    nodePath: process.execPath,
    onShutdown: () => undefined,
    log: () => undefined
  });
  await kernel.start();
  return new HeadlessClient(transport, 'ann');
}

test.each<[string, (path: string, text: string) => void]>([
  ['has conflict markers', (path, text) => writeFileSync(path, `<<<<<<< ours\n${text}`)],
  ['is empty', path => writeFileSync(path, '')],
  ['is not there', path => rmSync(path)],
  ['has a damaged run', (path, text) => writeFileSync(path, text.replace('"mode":"live"', '"mode":"LIVE"'))]
])('a notebook that %s', async (_what, damage) => {
  folder = new HeadlessFolder(STEPS, YML);
  const path = folder.path('release.ipynb');
  const text = readFileSync(path, 'utf8');
  damage(path, text);
  const client = await start();
  const run = (step: keyof typeof STEPS) => client.execute(STEPS[step], step);
  for (const refused of [
    run('one'),
    client.execute('1 + 1', null),
    client.execute('%skip one by hand', null)
  ]) {
    expect((await refused).error?.code).toBe('notebook.unreadable');
  }
  expect(folder.lines('log')).toEqual([]);
  writeFileSync(path, text);
  expect((await run('two')).error?.code).toBe('order.kept');
  expect((await run('one')).status).toBe('ok');
  expect((await run('two')).status).toBe('ok');
  expect((await run('four')).error?.code).toBe('hold.locked');
  expect(folder.lines('log')).toEqual(['staging blue', 'two']);
  expect(folder.records()[0]).toMatchObject({ kind: 'journal-opened', run: { id: '2.4.0-staging-0a1b2c' } });
  expect(folder.records().filter(({ kind }) => kind === 'attempt-started')).toHaveLength(2);
  expect(existsSync(folder.path('.launchbook'))).toBe(false);
});
