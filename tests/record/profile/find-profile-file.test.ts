// Which launchbook.yml counts: that of the template, whatever stands nearer to the run.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { findProfileFile, profileFileOf } from '../../../record/profile/find-profile-file.js';

const RUNBOOK = 'runbooks/release.ipynb';
const RUN = 'runbooks/runs/2.4.0-production';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'launchbook-profile-'));
  mkdirSync(join(root, '.git'));
  mkdirSync(join(root, RUN), { recursive: true });
  mkdirSync(join(root, 'elsewhere', 'run'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(...files: readonly string[]): void {
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), 'environments: { production: {} }\n');
  }
}

const found = (folder: string, runbook?: string): string | null => {
  const file = findProfileFile(join(root, folder), runbook);
  return file === null ? null : relative(root, file);
};

test('the nearest one above the template counts, also for a run in another folder', () => {
  write('launchbook.yml', 'runbooks/launchbook.yml');
  expect(found(RUN, RUNBOOK)).toBe('runbooks/launchbook.yml');
  expect(found('elsewhere/run', RUNBOOK)).toBe('runbooks/launchbook.yml');
  expect(found('runbooks')).toBe('runbooks/launchbook.yml');
  expect(found('elsewhere/run')).toBe('launchbook.yml');
});

test.each([[`${RUN}/launchbook.yml`], ['runbooks/runs/launchbook.yml'], ['runbooks/runs/launchbook.yaml']])(
  'another one between the template and the run is an error: %s',
  stray => {
    write('launchbook.yml', stray);
    expect(() => found(RUN, RUNBOOK)).toThrow(
      expect.objectContaining({
        code: 'profile.misplaced',
        message: expect.stringContaining(stray)
      })
    );
    expect(profileFileOf(join(root, RUN), RUNBOOK)).toBe(join(root, 'launchbook.yml'));
  }
);

test('it is an error too where none stands above the template, or the run is elsewhere', () => {
  write(`${RUN}/launchbook.yml`, 'elsewhere/launchbook.yml');
  expect(() => found(RUN, RUNBOOK)).toThrow('there is none above its template');
  expect(() => found('elsewhere/run', RUNBOOK)).toThrow('elsewhere/launchbook.yml');
});

test('two names in one folder are an error', () => {
  write('launchbook.yml', 'launchbook.yaml');
  expect(() => found(RUN, RUNBOOK)).toThrow('not clear which one counts');
});

test('a template that is said to be outside of the repository takes no file from there', () => {
  write('launchbook.yml');
  expect(found(RUN, '../../../etc/release.ipynb')).toBe('launchbook.yml');
  expect(found(RUN, '__proto__/constructor.ipynb')).toBe('launchbook.yml');
});

test('without git only the folder itself counts', () => {
  rmSync(join(root, '.git'), { recursive: true });
  write('launchbook.yml');
  expect(found(RUN, RUNBOOK)).toBeNull();
  write(`${RUN}/launchbook.yml`);
  expect(found(RUN, RUNBOOK)).toBe(`${RUN}/launchbook.yml`);
});
