// The kernel starts from its bundles when they are as new as everything compiled.
import { afterEach, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findEntryFiles } from '../../../../kernel/host/executor/entry-files.js';

const lib = mkdtempSync(join(tmpdir(), 'lib-'));
afterEach(() => rmSync(lib, { recursive: true, force: true }));

function write(file: string, seconds: number): void {
  const path = join(lib, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
  utimesSync(path, seconds, seconds);
}

const folderOf = (path: string): string => path.replaceAll('\\', '/').split('/').at(-2)!;

test('without bundles the modules are run', () => {
  write('kernel/host.tsbuildinfo', 100);
  const { supervisor, executor } = findEntryFiles(lib);
  expect([folderOf(supervisor), folderOf(executor)]).toEqual(['process', 'executor']);
});

test('bundles that are newer than what was compiled are run', () => {
  write('kernel/language.tsbuildinfo', 100);
  write('kernel/bundled/complete.js', 101);
  const { supervisor, executor } = findEntryFiles(lib);
  expect(supervisor).toMatch(/^file:.*\/kernel\/bundled\/programs\/start-kernel\.js$/);
  expect(folderOf(executor)).toBe('programs');
});

test('bundles of an installed product are run, where nothing else of the compiler is', () => {
  write('kernel/bundled/complete.js', 1);
  expect(folderOf(findEntryFiles(lib).supervisor)).toBe('programs');
});

test.each(['contract', 'runbook', 'record', 'lifecycle', 'run', 'kernel/language', 'kernel/host'])(
  'after %s was compiled again the modules are run',
  layer => {
    write('kernel/bundled/complete.js', 100);
    write(`${layer}.tsbuildinfo`, 101);
    expect(folderOf(findEntryFiles(lib).supervisor)).toBe('process');
  }
);
