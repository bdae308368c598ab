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
const knownOf = (): KnownRun =>
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

test('a run is known at the start', () => {
  save({ ...RUN, mode: 'rehearsal' });
  expect(told(knownOf())).toEqual(KNOWN);
  expect(secrets).toEqual(['hunter2-hunter2']);
});

test('one that cannot be read is known once it can, with its rules and secrets; who asked before has the new ones', () => {
  writeFileSync(path, '<<<<<<< ours\n');
  const known = knownOf();
  const { profile } = known;
  expect(told(known)).toMatchObject({ environment: null, isKnown: false, isProduction: false });
  expect(() => known.settle()).toThrow(expect.objectContaining({ code: 'notebook.unreadable' }));
  expect(secrets).toEqual([]);
  save({ ...RUN, mode: 'rehearsal' });
  known.settle();
  known.settle();
  expect(told(known)).toEqual(KNOWN);
  expect(profile.isProduction).toBe(true);
  expect(secrets).toEqual(['hunter2-hunter2']);
});

test('what became known stays so, whatever becomes of the notebook', () => {
  save({ ...RUN, mode: 'rehearsal' });
  const known = knownOf();
  save({ ...RUN, mode: 'live', environment: 'production' });
  known.settle();
  rmSync(path);
  known.settle();
  expect(told(known)).toEqual(KNOWN);
});

test('a scratch notebook and a console are known as such', () => {
  save(null);
  expect(told(knownOf())).toMatchObject({ mode: 'live', environment: null, isKnown: true });
  const none = KnownRun.of({ folder, notebook: null, read: () => undefined });
  expect(none.isKnown).toBe(true);
  none.settle();
});
