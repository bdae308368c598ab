// Where commands start, with a real kernel: an own script is the same in a run and in its template, and runs of earlier versions keep theirs.
import { chmodSync, cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { commandFolderOf, commandsInOf } from '../../record/files/command-folder.js';
import { openHeadlessRun } from '../../kernel/host/headless/headless-run.js';
import { makeSandbox, type Sandbox } from './launchbook.js';

let box: Sandbox;

beforeEach(() => {
  box = makeSandbox();
});

afterEach(() => box.remove());

const SOURCES = {
  own: "await $`bin/health.sh`; if (!process.cwd().endsWith(await $({ cwd: 'bin' })`pwd`.text().then(text => text.replace('/bin', '')))) throw new Error(process.cwd())",
  files:
    "import { readFileSync } from 'node:fs'; import { word } from './beside.ts'; if (readFileSync('VERSION', 'utf8') + word !== '2.4.0!') throw new Error('other')",
  absent: 'await $`bin/helth.sh`'
};

async function makeRun(): Promise<string> {
  const cells = Object.entries(SOURCES).map(([id, source]) => ({
    id,
    cell_type: 'code',
    metadata: {},
    source,
    outputs: [],
    execution_count: null
  }));
  const metadata = { kernelspec: { name: 'launchbook', display_name: '', language: 'typescript' } };
  box.write('books/release.ipynb', { cells, metadata, nbformat: 4, nbformat_minor: 5 });
  box.write('launchbook.yml', 'environments: { staging: {} }\n');
  box.write('VERSION', '2.4.0');
  chmodSync(box.write('bin/health.sh', '#!/bin/sh\necho well\n'), 0o755);
  box.git('init', '--template=', '--quiet');
  box.commit();
  const args = ['books/release.ipynb', '--release', '2.4.0', '--env', 'staging', '--mode', 'live'];
  const path = join(box.folder, (await box.launchbook('new', ...args)).stdout.trim());
  writeFileSync(join(dirname(path), 'beside.ts'), "export const word = '!';\n");
  return path;
}

async function execute(path: string, ...steps: string[]) {
  const { username } = userInfo();
  const run = await openHeadlessRun({ path, nodePath: process.execPath, username, log: () => undefined });
  try {
    const errors = [];
    for (const step of steps) {
      errors.push((await run.execute(step)).error);
    }
    return errors;
  } finally {
    await run.close();
  }
}

test('a run starts commands in the root of its repository', async () => {
  const path = await makeRun();
  const [own, files, absent] = await execute(path, 'own', 'files', 'absent');
  expect([own, files]).toEqual([null, null]);
  expect(absent?.message).toContain(
    `there is no program ${box.folder}/bin/helth.sh; commands start in ${box.folder}`
  );
});

test('a run without that record starts commands in its own folder', async () => {
  const path = await makeRun();
  const text = readFileSync(path, 'utf8');
  expect(text).toContain('"commandsIn": "repository"');
  writeFileSync(path, text.replace(/"commandsIn": "repository",\s*/, ''));
  expect((await execute(path, 'own'))[0]?.code).toBe('shell.not_found');
});

test('a run that stands in no repository any more runs nothing', async () => {
  const path = await makeRun();
  const elsewhere = realpathSync(mkdtempSync(join(tmpdir(), 'launchbook-elsewhere-')));
  try {
    cpSync(dirname(path), elsewhere, { recursive: true });
    const [error] = await execute(join(elsewhere, 'release.ipynb'), 'own');
    expect(error?.code).toBe('run.no_repository');
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
});

test('the folder of scratch notebooks, templates and runs', () => {
  box.git('init', '--template=', '--quiet');
  const deep = join(box.folder, 'a', 'b');
  expect(commandFolderOf(deep, null)).toBe(box.folder);
  expect(commandsInOf(deep)).toEqual({ commandsIn: 'repository' });
  expect(commandFolderOf(deep, { commandsIn: 'repository' })).toBe(box.folder);
  expect(commandFolderOf(deep, {})).toBe(deep);
  const outside = '/nowhere/at/all';
  expect(commandFolderOf(outside, null)).toBe(outside);
  expect(commandsInOf(outside)).toEqual({});
  expect(commandFolderOf(outside, { commandsIn: 'repository' })).toBeNull();
});
