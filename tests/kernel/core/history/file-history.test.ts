// History on disk: what one kernel kept, every other finds; several append at once; the size stays bounded; nothing is fatal.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileHistory } from '../../../../kernel/core/history/file-history.js';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'history-'));
  path = join(folder, 'launchbook', 'history.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function keep(history: FileHistory, sources: readonly string[]): void {
  sources.forEach((source, index) => history.append({ session: 0, line: index + 1, source }));
}

async function sourcesOf(entries: Promise<readonly { readonly source: string }[]>): Promise<string[]> {
  return (await entries).map(({ source }) => source);
}

test('a later kernel finds the cells of an earlier one, under a session number of their own', async () => {
  const earlier = new FileHistory({ path });
  keep(earlier, ['a', 'b']);
  await earlier.flush();
  const later = new FileHistory({ path });
  keep(later, ['c']);
  expect(await later.tail(9)).toEqual([
    { session: 1, line: 1, source: 'a' },
    { session: 1, line: 2, source: 'b' },
    { session: 2, line: 1, source: 'c' }
  ]);
  expect(await sourcesOf(later.tail(2))).toEqual(['b', 'c']);
  expect(await sourcesOf(later.tail(0))).toEqual([]);
});

test('sessions are named by number, or counted back from the current one', async () => {
  const earlier = new FileHistory({ path });
  keep(earlier, ['a', 'b', 'c']);
  await earlier.flush();
  const later = new FileHistory({ path });
  expect(await sourcesOf(later.range(-1, 2, 4))).toEqual(['b', 'c']);
  keep(later, ['d']);
  expect(await sourcesOf(later.range(0, 1, null))).toEqual(['d']);
  expect(await sourcesOf(later.range(-1, 1, 2))).toEqual(['a']);
  expect(await sourcesOf(later.range(2, 1, null))).toEqual(['d']);
  expect(await sourcesOf(later.range(-9, 1, null))).toEqual([]);
});

test('a search takes globs over all sessions, the newest first to be kept', async () => {
  const history = new FileHistory({ path });
  keep(history, ['deploy("a")', 'check(1)', 'deploy("b")', 'deploy("a")', 'two\nlines']);
  expect(await sourcesOf(history.search('deploy*', 9, false))).toEqual([
    'deploy("a")',
    'deploy("b")',
    'deploy("a")'
  ]);
  expect(await sourcesOf(history.search('deploy*', 9, true))).toEqual(['deploy("b")', 'deploy("a")']);
  expect(await sourcesOf(history.search('check(?)', 9, false))).toEqual(['check(1)']);
  expect(await sourcesOf(history.search('*l?nes', 1, false))).toEqual(['two\nlines']);
  expect(await sourcesOf(history.search('deploy', 9, false))).toEqual([]);
});

test('a hostile pattern over a long source is answered', async () => {
  const history = new FileHistory({ path });
  keep(history, ['a'.repeat(20_000)]);
  expect(await history.search(`${'*a'.repeat(50)}*b`, 9, false)).toEqual([]);
});

test('ten kernels that append at once lose nothing and take ten numbers', async () => {
  const kernels = Array.from({ length: 10 }, () => new FileHistory({ path }));
  kernels.forEach((kernel, index) =>
    keep(
      kernel,
      Array.from({ length: 20 }, (_, cell) => `${index}.${cell}`)
    )
  );
  await Promise.all(kernels.map(kernel => kernel.flush()));
  const entries = await kernels[0]!.tail(1000);
  expect(new Set(entries.map(({ source }) => source)).size).toBe(200);
  const sessions = new Map(entries.map(({ session, source }) => [source.split('.')[0], session]));
  expect(new Set(sessions.values()).size).toBe(10);
});

test('a full file becomes the older generation, and numbers go on', async () => {
  const kernels = [1, 2, 3].map(() => new FileHistory({ path, limitBytes: 2000 }));
  for (const kernel of kernels) {
    keep(
      kernel,
      Array.from({ length: 40 }, (_, index) => `cell ${index} ${'.'.repeat(20)}`)
    );
  }
  await Promise.all(kernels.map(kernel => kernel.flush()));
  expect(statSync(path).size).toBeLessThanOrEqual(2000);
  expect(statSync(`${path}.1`).size).toBeLessThan(2600);
  const newest = await kernels[0]!.tail(5);
  expect(newest).toHaveLength(5);
  const next = new FileHistory({ path, limitBytes: 2000 });
  keep(next, ['next']);
  expect((await next.tail(1))[0]?.session).toBe(4);
});

describe('nothing is fatal:', () => {
  test('a damaged line is passed over, and does not swallow the next cell', async () => {
    keep(new FileHistory({ path }), []);
    const first = new FileHistory({ path });
    keep(first, ['a']);
    await first.flush();
    appendFileSync(path, 'null\n[]\n{"session":"x"}\n{"session":1,"line":2,"sou');
    const second = new FileHistory({ path });
    keep(second, ['b']);
    expect(await sourcesOf(second.tail(9))).toEqual(['a', 'b']);
  });

  test('a file that cannot be written is logged', async () => {
    writeFileSync(join(folder, 'launchbook'), 'a file where the folder should be');
    const log: string[] = [];
    const history = new FileHistory({ path, onLog: line => log.push(line) });
    keep(history, ['a']);
    expect(await history.tail(9)).toEqual([]);
    expect(log).toEqual([expect.stringContaining(`A cell was not kept in the history ${path}`)]);
  });

  test('a cell larger than the file may be is not kept', async () => {
    const log: string[] = [];
    const history = new FileHistory({ path, limitBytes: 100, onLog: line => log.push(line) });
    keep(history, ['x'.repeat(200), 'small']);
    expect(await sourcesOf(history.tail(9))).toEqual(['small']);
    expect(log).toHaveLength(1);
  });

  test('the lock of a process that has died is taken away', async () => {
    const first = new FileHistory({ path });
    keep(first, ['a']);
    await first.flush();
    writeFileSync(`${path}.lock`, '');
    utimesSync(`${path}.lock`, new Date(0), new Date(0));
    const second = new FileHistory({ path });
    keep(second, ['b']);
    expect(await sourcesOf(second.tail(9))).toEqual(['a', 'b']);
    expect(existsSync(`${path}.lock`)).toBe(false);
  });
});

test('only the user can read the file', async () => {
  const history = new FileHistory({ path });
  keep(history, ['a']);
  await history.flush();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(2);
});
