// Files of a run that are no files: pipes, devices, sockets, folders, links that lead out, files without an end. Nothing waits for them,
// nothing is filled by them, and nothing of another file is shown.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonFault } from '../../../record/files/json-fault.js';
import { openFileOfRun, readFileIfPresent, readTextOfRun } from '../../../record/files/read-file.js';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'launchbook-files-'));
  mkdirSync(join(folder, 'repository/.git'), { recursive: true });
  mkdirSync(join(folder, 'repository/runs'));
  path = join(folder, 'repository/runs/a.token');
  writeFileSync(join(folder, 'private'), 'root:x:0:0');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const STAND_INS: { readonly [what: string]: () => void } = {
  'a pipe': () => execFileSync('mkfifo', [path]),
  'a folder': () => mkdirSync(path),
  'a device': () => symlinkSync('/dev/zero', path),
  'a link out of the repository': () => symlinkSync('../../private', path),
  'a link to a link out of it': () => {
    symlinkSync('../../private', join(folder, 'repository/runs/b'));
    symlinkSync('b', path);
  },
  'too large': () => {
    writeFileSync(path, 'a');
    truncateSync(path, 200 * 1024);
  }
};

describe.each(Object.entries(STAND_INS))('%s', (_, put) => {
  test('is refused, and nothing of it is told', async () => {
    put();
    const reads: readonly (() => unknown)[] = [
      () => readTextOfRun(path, 'token'),
      () => readFileIfPresent(path, 'token'),
      () => openFileOfRun(path, 'token')
    ];
    for (const read of reads) {
      const error: unknown = await Promise.resolve()
        .then(read)
        .catch((fault: unknown) => fault);
      expect(error).toMatchObject({ code: 'file.refused' });
      expect(String(error)).not.toContain('root');
    }
  });
});

test('a socket is refused', async () => {
  const server = createServer().listen(path);
  await new Promise(resolve => server.once('listening', resolve));
  expect(() => readTextOfRun(path, 'token')).toThrow('a socket, expected a regular file');
  server.close();
});

test('a file that says it is empty and is not is read up to its limit', () => {
  // Outside of any repository, and no link.
  expect(readTextOfRun('/proc/self/status', 'token')).toContain('VmRSS');
});

test('a link inside of the repository, and a file itself, are read', async () => {
  writeFileSync(join(folder, 'repository/shared.token'), 'launchbook1.a.b');
  symlinkSync('../shared.token', path);
  expect(readTextOfRun(path, 'token')).toBe('launchbook1.a.b');
  const handle = await openFileOfRun(path, 'token');
  expect(await handle.readFile('utf8')).toBe('launchbook1.a.b');
  await handle.close();
  appendFileSync(path, 'c');
  expect(readFileIfPresent(path, 'token')?.toString()).toBe('launchbook1.a.bc');
});

test('what is not there is null, or the error of the system', () => {
  expect(readFileIfPresent(path, 'token')).toBeNull();
  expect(() => readTextOfRun(path, 'token')).toThrow('ENOENT');
});

test('a secret may lie behind a link, and in a pipe not', () => {
  symlinkSync('../../private', path);
  expect(readTextOfRun(path, 'secret')).toBe('root:x:0:0');
  rmSync(path);
  execFileSync('mkfifo', [path]);
  expect(() => readTextOfRun(path, 'secret')).toThrow('a pipe');
});

test.each([
  'root:x:0:0:root',
  '{"a":root:x:0:0}',
  '{"root:x',
  '"root:x:0:0',
  `{"a": ${'root:x'.repeat(20)}}`,
  'r',
  ''
])('an error about JSON quotes nothing of it: %s', text => {
  let fault = '';
  try {
    JSON.parse(text);
  } catch (error) {
    fault = jsonFault(error);
  }
  expect(fault).toMatch(/JSON/);
  expect(fault).not.toMatch(/root|'r'/);
});
