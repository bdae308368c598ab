// A kernel whose notebook cannot be read when it starts knows its run as soon as it can, without being started again.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { NotebookFile } from '../../../run/keeper/notebook-file.js';
import { KnownRun } from '../../../run/profile/known-run.js';
import { RUN } from '../sample-run.js';

let folder: string;
let path: string;
let secrets: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'launchbook-known-'));
  path = join(folder, 'release.ipynb');
  secrets = [];
  writeFileSync(
    join(folder, 'launchbook.yml'),
    'environments: { staging: { production: true, order: free, splunk: { url: "https://splunk.example", token: "hunter2-hunter2" } } }\n'
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const save = (run: object | null = RUN): void =>
  writeFileSync(
    path,
    JSON.stringify({
      cells: [],
      metadata: run ? { launchbook: { run } } : {},
      nbformat: 4,
      nbformat_minor: 5
    })
  );
const knownOf = (): Promise<KnownRun> =>
  KnownRun.of({
    folder,
    notebook: new NotebookFile(path),
    read: profile => secrets.push(...profile.secrets.map(({ value }) => value))
  });
const told = ({ mode, environment, profile, isKnown }: KnownRun) => ({
  mode,
  environment,
  isKnown,
  isProduction: profile.isProduction,
  order: profile.policy.first().order
});

const KNOWN = { mode: 'rehearsal', environment: 'staging', isKnown: true, isProduction: true, order: 'free' };

test('a run is known at the start', async () => {
  save({ ...RUN, mode: 'rehearsal' });
  expect(told(await knownOf())).toEqual(KNOWN);
  expect(secrets).toEqual(['hunter2-hunter2']);
});

test('one that cannot be read is known once it can, with its rules and secrets; who asked before has the new ones', async () => {
  writeFileSync(path, '<<<<<<< ours\n');
  const known = await knownOf();
  const { profile } = known;
  expect(told(known)).toMatchObject({ environment: null, isKnown: false, isProduction: false });
  await expect(known.settle()).rejects.toMatchObject({ code: 'notebook.unreadable' });
  expect(secrets).toEqual([]);
  save({ ...RUN, mode: 'rehearsal' });
  await Promise.all([known.settle(), known.settle()]);
  expect(told(known)).toEqual(KNOWN);
  expect(profile.isProduction).toBe(true);
  expect(secrets).toEqual(['hunter2-hunter2']);
});

test('what became known stays so, whatever becomes of the notebook', async () => {
  save({ ...RUN, mode: 'rehearsal' });
  const known = await knownOf();
  save({ ...RUN, mode: 'live', environment: 'production' });
  await known.settle();
  rmSync(path);
  await known.settle();
  expect(told(known)).toEqual(KNOWN);
});

test('a scratch notebook and a console are known as such', async () => {
  save(null);
  expect(told(await knownOf())).toMatchObject({ mode: 'live', environment: null, isKnown: true });
  const none = await KnownRun.of({ folder, notebook: null, read: () => undefined });
  expect(none.isKnown).toBe(true);
  await none.settle();
});
