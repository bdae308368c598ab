// One writer a journal: a lock file that names its holder, appears whole (hard link) and is taken over when the holder is dead.
import { createHash, randomUUID } from 'node:crypto';
import { link, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { readFileIfPresent } from '../files/read-file.js';
import { JournalLockedError } from '../errors/journal-locked-error.js';
import {
  isElsewhere,
  lockPathOf,
  mayLive,
  olderLockPathOf,
  parseLock,
  startTickOf,
  type LockContent
} from './lock-holder.js';

/** Clearing what a dead holder has left takes a few milliseconds. */
const PAUSE_MS = 5;
const PATIENCE_MS = 10_000;

/** A lock that this process holds. */
export interface HeldLock {
  /** Removes the lock file. */
  release(): Promise<void>;
}

/** Takes the lock of the journal at `path`, or throws `JournalLockedError`. `kernel`: Jupyter's id of the kernel that takes it. */
export async function takeLock(path: string, since: string, kernel?: string): Promise<HeldLock> {
  const lock = await takeFile(lockPathOf(path), path, since, kernel);
  try {
    await clearOlder(olderLockPathOf(path), path, since);
  } catch (error) {
    await lock.release();
    throw error;
  }
  return lock;
}

/** Removes what a dead holder of an earlier version has left. @throws JournalLockedError when one lives */
async function clearOlder(lockPath: string, path: string, since: string): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (readIfPresent(lockPath) !== null) {
    const inTheWay = await clearDeadHolder(lockPath, path, since);
    if (inTheWay !== null) {
      if (performance.now() > end) {
        throw inTheWay;
      }
      await sleep(PAUSE_MS);
    }
  }
}

async function takeFile(lockPath: string, path: string, since: string, kernel?: string): Promise<HeldLock> {
  const own: LockContent = {
    pid: process.pid,
    host: hostname(),
    since,
    ...(kernel !== undefined && { kernel }),
    started: startTickOf(process.pid),
    token: randomUUID()
  };
  const draft = `${lockPath}.${own.token}`;
  try {
    await writeFile(draft, JSON.stringify(own), { mode: 0o600, flag: 'wx' });
    const end = performance.now() + PATIENCE_MS;
    while (!(await linkWhenFree(draft, lockPath))) {
      const inTheWay = await clearDeadHolder(lockPath, path, since);
      if (inTheWay !== null) {
        if (performance.now() > end) {
          throw inTheWay;
        }
        await sleep(PAUSE_MS);
      }
    }
  } finally {
    await rm(draft, { force: true });
  }
  return { release: () => releaseLock(lockPath, own.token) };
}

async function linkWhenFree(draft: string, lockPath: string): Promise<boolean> {
  try {
    await link(draft, lockPath);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

/** Null when it is worth trying at once, else who is clearing it now. @throws JournalLockedError when the holder lives */
async function clearDeadHolder(
  lockPath: string,
  path: string,
  since: string
): Promise<JournalLockedError | null> {
  const text = readIfPresent(lockPath);
  if (text === null) {
    return null;
  }
  const holder = parseLock(text);
  if (holder !== null && mayLive(holder)) {
    throw new JournalLockedError(path, holder, isElsewhere(holder) ? lockPath : null);
  }
  return await removeExactly(text, lockPath, path, since);
}

/**
 * Several may judge the same dead holder, and the slowest must not remove the lock that the fastest has taken since. So only one at a
 * time removes what exactly this holder has left, and looks again before. Its turn is a lock too: who dies in it is cleared the same way.
 */
async function removeExactly(
  text: string,
  lockPath: string,
  path: string,
  since: string
): Promise<JournalLockedError | null> {
  const name = createHash('sha256').update(text).digest('hex').slice(0, 16);
  let turn: HeldLock;
  try {
    turn = await takeFile(`${lockPath}.clear-${name}`, path, since);
  } catch (error) {
    if (error instanceof JournalLockedError) {
      return error;
    }
    throw error;
  }
  try {
    if (readIfPresent(lockPath) === text) {
      await rm(lockPath, { force: true });
    }
  } finally {
    await turn.release();
  }
  return null;
}

async function releaseLock(lockPath: string, token: string): Promise<void> {
  const text = readIfPresent(lockPath);
  if (text !== null && parseLock(text)?.token === token) {
    await rm(lockPath, { force: true });
  }
}

function readIfPresent(path: string): string | null {
  return readFileIfPresent(path, 'lock')?.toString('utf8') ?? null;
}
