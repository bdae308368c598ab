import { afterEach, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { takeLock } from '../../../record/journal/lock-file.js';
import {
  isHeld,
  isHolderGone,
  lockPathOf,
  olderLockPathOf,
  startTickOf
} from '../../../record/journal/lock-holder.js';
import { rounds } from '../../proof.js';
import { compiledModule } from '../../runbook/fixture-path.js';
import { temporaryFolder } from '../../runbook/temporary-folder.js';

const SINCE = '2026-11-22T00:00:00.000Z';

const root = temporaryFolder();
const children: ChildProcess[] = [];
let count = 0;

afterEach(() => children.splice(0).forEach(child => child.kill('SIGKILL')));

/** A journal in a folder of its own. */
function freshPath(): string {
  const folder = join(root, `run-${++count}`);
  mkdirSync(folder);
  return join(folder, 'release.journal.jsonl');
}

/** What a process leaves that is gone: its pid is that of this process, which began at another tick. */
async function leaveLock(lockPath: string, started = '1'): Promise<string> {
  const text = JSON.stringify({
    pid: process.pid,
    host: hostname(),
    since: SINCE,
    started,
    token: 'gone'
  });
  await writeFile(lockPath, text);
  return text;
}

async function locksOf(path: string): Promise<string[]> {
  return (await readdir(join(path, '..'))).sort();
}

test('of many that find a dead holder at once, one gets the lock and nothing else is left', async () => {
  for (let round = 0; round < rounds({ inTest: 50, inProof: 200 }); round++) {
    const path = freshPath();
    await leaveLock(lockPathOf(path));
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => takeLock(path, SINCE)));
    const refusals = results.filter(result => result.status === 'rejected');
    expect(refusals.map(({ reason }) => (reason as { code: string }).code)).toEqual(
      Array.from({ length: 11 }, () => 'journal.locked')
    );
    expect(await locksOf(path)).toEqual(['.release.journal.jsonl.lock']);
  }
});

test('of several processes that find a dead holder at once, one gets the lock', async () => {
  for (let round = 0; round < rounds({ inTest: 2, inProof: 5 }); round++) {
    const path = freshPath();
    await leaveLock(lockPathOf(path));
    const begin = join(path, '..', 'begin');
    const answers = await Promise.all(Array.from({ length: 4 }, () => takeInAnotherProcess(path, begin)));
    expect(answers.sort()).toEqual(['journal.locked', 'journal.locked', 'journal.locked', 'taken']);
    children.splice(0).forEach(child => child.kill('SIGKILL'));
  }
});

test('who died while clearing the lock of a dead one is cleared too', async () => {
  const path = freshPath();
  const text = await leaveLock(lockPathOf(path));
  const name = createHash('sha256').update(text).digest('hex').slice(0, 16);
  await leaveLock(`${lockPathOf(path)}.clear-${name}`);
  const lock = await takeLock(path, SINCE);
  expect(await locksOf(path)).toEqual(['.release.journal.jsonl.lock']);
  await lock.release();
  expect(await locksOf(path)).toEqual([]);
});

test('a lock that nobody can read is that of nobody', async () => {
  const path = freshPath();
  await writeFile(lockPathOf(path), '{"pid":');
  await (await takeLock(path, SINCE)).release();
  expect(existsSync(lockPathOf(path))).toBe(false);
});

test('a lock where earlier versions had it holds as long as its holder lives', async () => {
  const path = freshPath();
  await leaveLock(olderLockPathOf(path), startTickOf(process.pid)!);
  await expect(takeLock(path, SINCE)).rejects.toMatchObject({ code: 'journal.locked' });
  expect(await locksOf(path)).toEqual(['release.journal.jsonl.lock']);
  expect([isHeld(path), isHolderGone(path)]).toEqual([true, false]);
});

test('of many that find a dead holder of an earlier version, one gets the lock and nothing else is left', async () => {
  for (let round = 0; round < rounds({ inTest: 20, inProof: 200 }); round++) {
    const path = freshPath();
    await leaveLock(olderLockPathOf(path));
    expect([isHeld(path), isHolderGone(path)]).toEqual([false, true]);
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => takeLock(path, SINCE)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await locksOf(path)).toEqual(['.release.journal.jsonl.lock']);
  }
});

/** Takes it as soon as all have started, and lives on; resolves with `taken` or the code of the refusal. */
async function takeInAnotherProcess(path: string, begin: string): Promise<string> {
  const script = `
    import { appendFileSync, readFileSync } from 'node:fs';
    const { takeLock } = await import(${JSON.stringify(compiledModule('record/journal/lock-file.js'))});
    appendFileSync(${JSON.stringify(begin)}, '.');
    while (readFileSync(${JSON.stringify(begin)}, 'utf8').length < 4);
    const answer = await takeLock(${JSON.stringify(path)}, ${JSON.stringify(SINCE)}).then(() => 'taken', error => error.code);
    console.log(answer);
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit']
  });
  children.push(child);
  return await new Promise((resolve, reject) => {
    child.stdout.once('data', data => resolve(String(data).trim()));
    child.once('exit', code => reject(new Error(`it ended with ${code}`)));
  });
}

test('who is refused is told which kernel of Jupyter has it', async () => {
  const path = freshPath();
  const kernel = '87884da8-7195-4c80-9680-45981dfa0653';
  const lock = await takeLock(path, SINCE, kernel);
  await expect(takeLock(path, SINCE)).rejects.toMatchObject({ code: 'journal.locked', fields: { kernel } });
  await lock.release();
  await takeLock(path, SINCE);
  await expect(takeLock(path, SINCE)).rejects.toMatchObject({
    fields: expect.not.objectContaining({ kernel: expect.anything() })
  });
});
