// Ordinary mistakes: each is called wrongly (exit code 2), says what was seen and expected, and is no error that should not happen.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { executeRun, makeRepository, type Repository } from '../lifecycle/executed-run.js';
import { callLaunchbook } from './launchbook.js';

const RUN = 'runs/1.1.0-staging/release.ipynb';
let repository: Repository;

beforeAll(async () => {
  repository = await makeRepository();
  await executeRun(repository, { until: 'deploy' });
  mkdirSync(join(repository.folder, 'broken'));
  await executeRun(repository, { folder: join(repository.folder, 'broken', 'run') });
  repository.write('broken/launchbook.yml', 'environments: { staging: [\n');
  repository.write('broken/release.ipynb', repository.read('release.ipynb'));
});

afterAll(() => repository.remove());

const NO_RUN = 'it is not a run\nGive the notebook of a run, which `launchbook new` makes.';
const FOLDER = 'Reading .: it is a folder, expected a notebook such as runs/2.4.0-staging/release.ipynb';

test.each([
  [['lint', 'broken/release.ipynb'], 'broken/launchbook.yml: it is not YAML: '],
  [['merge', 'a', 'b', '.'], 'Merging: 3 faults\n  - base: a: there is no such file\n'],
  [['merge', 'a', 'b', '.'], '  - theirs: .: it is a folder\n'],
  [['init', 'launchbook.yml'], 'Preparing launchbook.yml: it is a file, or in one, expected a folder'],
  [['init', 'launchbook.yml/in'], 'Preparing launchbook.yml/in: it is a file, or in one, expected a folder'],
  [['status', '.'], FOLDER],
  [['new', '.', '--release', '1', '--env', 'staging'], FOLDER],
  [['status', 'launchbook.yml'], 'Reading launchbook.yml: it is not a notebook (not JSON)'],
  [['resume', 'none.ipynb'], 'Reading none.ipynb: there is no such file'],
  [['rollback', 'none.ipynb', '--plan'], 'Reading none.ipynb: there is no such file'],
  [['resume', 'release.ipynb'], `Resuming release.ipynb: ${NO_RUN}`],
  [
    ['resume', RUN, '--until', 'Verificatio'],
    `Resuming ${RUN}: --until is "Verificatio": the run has the phases `
  ],
  [
    ['resume', RUN, '--judge', 'foo=passed', '--reason', 'seen'],
    '--judge names "foo": every effect of the run has its end.'
  ],
  [['resume', RUN, '--discard', 'nope', '--reason', 'new'], '--discard is "nope": the run has the steps '],
  [
    ['resume', RUN, '--discard', 'verify', '--reason', 'new'],
    'has not run yet, so there is nothing to discard'
  ],
  [
    ['rollback', RUN, '--step', 'deplo', '--plan'],
    /Rolling back \S+: --step is "deplo": the run has the steps .*Did you mean 'deploy'\?/
  ],
  [['archive', 'release.ipynb'], `Archiving release.ipynb: ${NO_RUN}`],
  [['verify', 'release.ipynb'], `Verifying release.ipynb: ${NO_RUN}`],
  [['reset', 'release.ipynb'], `Resetting release.ipynb: ${NO_RUN}`],
  [['learn', 'release.ipynb'], `Learning from release.ipynb: ${NO_RUN}`],
  [['report', 'release.ipynb'], `Reporting on release.ipynb: ${NO_RUN}`],
  [
    ['approve', RUN],
    `Deciding on ${RUN}: no hold point waits.\nRun it up to one with launchbook run, or fetch the newest commit of the run.`
  ]
])('launchbook %j', async (args, text) => {
  const { code, stderr } = await callLaunchbook(repository.folder, args);
  expect(stderr).toEqual(
    typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text)
  );
  expect(code).toBe(2);
});

test('An archive beside a launchbook.yml that does not count says whose values it has not searched for', async () => {
  const { code, stderr } = await callLaunchbook(repository.folder, [
    'archive',
    'broken/run/release.ipynb',
    '--unfinished'
  ]);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^Note: Not searched for, .*the one above its template counts/);
});
