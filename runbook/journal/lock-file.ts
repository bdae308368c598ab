// One writer a journal: a lock file that names its holder, appears whole (hard link) and is taken over when the holder is dead.
// Trick: a pid alone may have been given to another process since, so the process's start tick is kept beside it (Linux).
import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { JournalLockedError, type LockHolder } from '../errors/journal-locked-error.js';

/** A lock that this process holds. */
export interface HeldLock {
  /** Removes the lock file. */
  release(): Promise<void>;
}

interface LockContent extends LockHolder {
  /** Start tick of the process, or null where the system does not tell. */
  readonly started: string | null;
  readonly token: string;
}

/** Takes the lock of the journal at `path`, or throws `JournalLockedError`. */
export async function takeLock(path: string, since: string): Promise<HeldLock> {
  const lockPath = `${path}.lock`;
  const own: LockContent = {
    pid: process.pid,
    host: hostname(),
    since,
    started: await startTickOf(process.pid),
    token: randomUUID()
  };
  const draft = `${lockPath}.${own.token}`;
  await writeFile(draft, JSON.stringify(own), { mode: 0o600, flag: 'wx' });
  try {
    while (!(await linkWhenFree(draft, lockPath))) {
      await clearDeadHolder(path, lockPath);
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

async function clearDeadHolder(path: string, lockPath: string): Promise<void> {
  const text = await readIfPresent(lockPath);
  if (text === null) {
    return;
  }
  const holder = parseLock(text);
  const isElsewhere = holder !== null && holder.host !== hostname();
  if (holder !== null && (isElsewhere || (await isAlive(holder)))) {
    throw new JournalLockedError(path, holder, isElsewhere);
  }
  // Two processes may judge the same dead holder: the one whose rename moved exactly that text removes it.
  const aside = `${lockPath}.${randomUUID()}`;
  await rename(lockPath, aside).catch(() => undefined);
  const moved = await readIfPresent(aside);
  if (moved !== null && moved !== text) {
    await link(aside, lockPath).catch(() => undefined);
  }
  await rm(aside, { force: true });
}

async function releaseLock(lockPath: string, token: string): Promise<void> {
  const text = await readIfPresent(lockPath);
  if (text !== null && parseLock(text)?.token === token) {
    await rm(lockPath, { force: true });
  }
}

async function isAlive(holder: LockContent): Promise<boolean> {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const started = await startTickOf(holder.pid);
  return started === null || holder.started === null || started === holder.started;
}

/** Field 22 of `/proc/PID/stat`; the command name before it may hold spaces and parentheses. */
async function startTickOf(pid: number): Promise<string | null> {
  const stat = await readIfPresent(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

function parseLock(text: string): LockContent | null {
  try {
    const value = JSON.parse(text) as LockContent | null;
    return typeof value?.pid === 'number' && typeof value.host === 'string' ? value : null;
  } catch {
    return null;
  }
}

async function readIfPresent(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null;
  }
}
