// `launchbook archive` and `launchbook verify` as a person calls them, in the repository's folder.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { executeRun, makeRepository, type Repository } from '../lifecycle/executed-run.js';
import { callLaunchbook, spawnLaunchbook } from './launchbook.js';

const RUN = 'runs/1.1.0-staging/release.ipynb';
let repository: Repository;

beforeAll(async () => {
  repository = await makeRepository();
  await executeRun(repository);
});

afterAll(() => repository.remove());

const launchbook = (...args: string[]) => callLaunchbook(repository.folder, args);

test('An unfinished run is a wrong call; the archive of a finished one tells what was searched, its tag and its address', async () => {
  const unfinished = await executeRun(repository, { release: '0.9.0', until: 'deploy' });
  expect(await launchbook('archive', unfinished)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/unfinished/)
  });
  const { code, stdout, stderr } = spawnLaunchbook(repository.folder, ['archive', RUN]);
  expect(code).toBe(0);
  expect(stdout.split('\n')).toEqual([
    expect.stringMatching(
      /^No secrets: 3 files searched for credentials; no secret is known to search for\.$/
    ),
    expect.stringMatching(/^Archived: runs\/1\.1\.0-staging at [\da-f]{12}$/),
    `runs/1.1.0-staging:${RUN}`,
    ''
  ]);
  expect(stderr).toMatch(/Not pushed yet: git push --atomic origin main runs\/1\.1\.0-staging/);
  expect((await launchbook('archive', RUN)).stdout).toMatch(/Already archived/);
});

test('It is verified by its file and by its tag, which is named like its folder; a change is told with its line', async () => {
  expect(await launchbook('verify', RUN)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/holds: run 1\.1\.0-staging-/)
  });
  expect(spawnLaunchbook(repository.folder, ['verify', 'runs/1.1.0-staging'])).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(
      /^Note: not covered by a signature: the outcomes, outputs and times of 6 steps; .*\n$/
    )
  });
  appendFileSync(join(repository.folder, RUN), ' ');
  const { code, stdout } = await launchbook('verify', RUN);
  expect(code).toBe(1);
  expect(stdout).toMatch(/release\.ipynb line \d+ is not written as it was archived/);
  expect(await launchbook('verify', 'none')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/no such tag/)
  });
});
