// Which earlier runs an estimate rests on, and that a journal that has not changed is not read again.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { journalPathOf } from '../../../contract/notebook/notebook.js';
import { habitsOf } from '../../../lifecycle/facts/habits.js';
import { findEarlierRuns } from '../../../lifecycle/facts/earlier-runs.js';
import { runStatus } from '../../../lifecycle/status/run-status.js';
import { executeRun, makeRepository, type Repository } from '../executed-run.js';

let repository: Repository;
const cacheBefore = process.env['XDG_CACHE_HOME'];

beforeAll(async () => {
  repository = await makeRepository();
  repository.write(
    'launchbook.yml',
    'environments: { staging: {}, test: {}, production: { production: true }, production-eu: { production: true } }\n'
  );
  repository.commit('Environments');
  const mode = 'dry-run' as const;
  await executeRun(repository, {
    release: '1.0.0',
    environment: 'production',
    mode,
    folder: join(repository.folder, 'runs/a')
  });
  await executeRun(repository, {
    release: '1.0.1',
    environment: 'staging',
    mode: 'rehearsal',
    folder: join(repository.folder, 'runs/b')
  });
  await executeRun(repository, {
    release: '1.0.2',
    environment: 'staging',
    mode: 'live',
    folder: join(repository.folder, 'runs/c')
  });
  await executeRun(repository, {
    release: '1.0.3',
    environment: 'production',
    mode: 'live',
    folder: join(repository.folder, 'runs/d')
  });
  await executeRun(repository, {
    release: '1.0.4',
    environment: 'test',
    mode: 'live',
    folder: join(repository.folder, 'runs/e')
  });
});

beforeEach(() => {
  process.env['XDG_CACHE_HOME'] = join(repository.folder, '.cache');
  rmSync(join(repository.folder, '.cache'), { recursive: true, force: true });
});

afterAll(() => {
  repository.remove();
  if (cacheBefore === undefined) {
    delete process.env['XDG_CACHE_HOME'];
  } else {
    process.env['XDG_CACHE_HOME'] = cacheBefore;
  }
});

test.each([
  ['production-eu', 'live', ['production live']],
  ['production', 'dry-run', ['production dry-run']],
  ['staging', 'live', ['staging live', 'test live']],
  ['test', 'rehearsal', ['staging rehearsal']],
  ['test', 'dry-run', []]
] as const)('a run in %s, %s, rests on runs of its kind alone', async (environment, mode, expected) => {
  const path = await executeRun(repository, {
    release: '2.0.0',
    environment,
    mode,
    until: 'deploy',
    folder: join(repository.folder, 'runs/x')
  });
  const found = findEarlierRuns(path).map(run => `${run.environment} ${run.mode}`);
  expect(found.sort()).toEqual([...expected].sort());
  const { expectedEnd } = runStatus(path);
  expect(expectedEnd?.runs ?? 0).toBe(expected.length);
  rmSync(join(repository.folder, 'runs/x'), { recursive: true });
});

test('a journal that has not changed is not read again; one that has is', async () => {
  const path = await executeRun(repository, {
    release: '2.0.0',
    environment: 'staging',
    mode: 'live',
    folder: join(repository.folder, 'runs/x')
  });
  const took = (): number[] => findEarlierRuns(path).map(({ stepDurationsMs }) => stepDurationsMs['deploy']!);
  const neighbour = journalPathOf(join(repository.folder, 'runs/c/release.ipynb'), true);
  const text = readFileSync(neighbour, 'utf8');
  utimesSync(neighbour, 1000, 1000);
  expect(took()).toEqual([1500, 1500]);
  // It is no neighbour of its own; it stays remembered all the same.
  findEarlierRuns(join(repository.folder, 'runs/c/release.ipynb'));
  expect(habitsOf(path).steps['deploy']).toEqual({ usualMs: 1500, mostMs: 1500, runs: 2 });
  expect(habitsOf(join(repository.folder, 'nowhere.ipynb'))).toEqual({ steps: {} });
  // Of the same size and time: nobody can tell, so that what is answered shows whether it was read.
  writeFileSync(neighbour, text.replaceAll('"durationMs":1500', '"durationMs":9999'));
  utimesSync(neighbour, 1000, 1000);
  expect(took()).toEqual([1500, 1500]);
  writeFileSync(neighbour, 'no journal');
  expect(took()).toEqual([1500]);
  writeFileSync(neighbour, text);
  const [memory] = readdirSync(join(repository.folder, '.cache/launchbook/runs'));
  writeFileSync(
    join(repository.folder, '.cache/launchbook/runs', memory!),
    '{"version":"0.1.0","runs":{"x":1}}'
  );
  expect(took()).toEqual([1500, 1500]);
});
