// A full disk, too few open files and a folder that is closed end a command with what, why and what to do, and never with a stack.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { report } from '../../cli/launchbook.js';
import { Terminal } from '../../cli/terminal.js';
import { needOpenFiles } from '../../kernel/host/process/open-files.js';
import { takeLock } from '../../record/journal/lock-file.js';
import { root } from '../house/root.js';
import { HeadlessFolder } from '../run/headless-folder.js';

let folder: HeadlessFolder;
beforeEach(() => {
  folder = new HeadlessFolder({ one: '1 + 1' });
});
afterEach(() => folder.remove());

const MAIN = join(root, 'lib', 'cli', 'main.js');

function underLimit(limit: string, ...args: string[]) {
  const line = `${limit}; exec "$0" "$@"`;
  return spawnSync('sh', ['-c', line, process.execPath, MAIN, ...args], {
    cwd: folder.folder,
    encoding: 'utf8'
  });
}

test.each(['ENOSPC', 'EMFILE', 'EROFS', 'EIO', 'EXYZ'])(
  '%s of a call of the system is told in words',
  async code => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()] as unknown as NodeJS.WriteStream[];
    const error = Object.assign(new Error(`${code}: no`), { code, syscall: 'write', path: '/runs/a.ipynb' });
    expect(report(error, new Terminal(stdout!, stderr!))).toBe(1);
    stderr!.end();
    const told = await text(stderr as unknown as PassThrough);
    expect(told).toMatch(
      new RegExp(`^launchbook: The system refused “write” of /runs/a.ipynb: .+ \\(${code}\\)\\.\n.+`)
    );
    expect(told).not.toContain('    at ');
  }
);

test('a run with too few open files is refused before anything begins', () => {
  const { status, stderr } = underLimit('ulimit -n 32', 'run', 'release.ipynb');
  expect(stderr).toContain('may open 32 files, and a run needs 128 at least');
  expect(stderr).not.toContain('    at ');
  expect(status).toBe(1);
  expect(readdirSync(folder.folder).sort()).toEqual(['launchbook.yml', 'release.ipynb']);
  expect(() => needOpenFiles('')).not.toThrow();
  expect(() =>
    needOpenFiles('Max open files            1024                 4096                 files')
  ).not.toThrow();
});

test('a file that cannot be written any more: what has run is told, and no draft stays behind', () => {
  writeFileSync(folder.path('padding'), 'x');
  const { status, stderr } = underLimit('ulimit -f 1', 'run', 'release.ipynb', '--quiet');
  expect(stderr).not.toContain('    at ');
  expect(status).not.toBe(0);
  expect(readdirSync(folder.folder).filter(name => /\.part$|\.lock|[0-9a-f]{8}-/.test(name))).toEqual([]);
});

test('a lock that cannot be written leaves no draft', async () => {
  const closed = folder.path('closed');
  mkdirSync(closed);
  chmodSync(closed, 0o500);
  await expect(takeLock(join(closed, 'nowhere', 'a.journal.jsonl'), '')).rejects.toThrow();
  expect(readdirSync(closed)).toEqual([]);
});

test('a folder whose name is not UTF-8 is refused before anything is done', () => {
  const name = Buffer.concat([Buffer.from(`${folder.folder}/`), Buffer.from([0x72, 0xff, 0xfe])]);
  mkdirSync(name);
  for (const file of ['release.ipynb', 'launchbook.yml']) {
    writeFileSync(Buffer.concat([name, Buffer.from(`/${file}`)]), readFileSync(folder.path(file)));
  }
  const line = `cd "$(printf 'r\\377\\376')" && exec "$0" "$@"`;
  const { status, stderr } = spawnSync('sh', ['-c', line, process.execPath, MAIN, 'run', 'release.ipynb'], {
    cwd: folder.folder,
    encoding: 'utf8'
  });
  expect(stderr).toContain('a part of the name is not UTF-8');
  expect(status).toBe(1);
  expect(readdirSync(name).sort()).toEqual(['launchbook.yml', 'release.ipynb']);
});
