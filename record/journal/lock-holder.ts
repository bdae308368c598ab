// Who holds the lock of a journal, as the lock file tells, and whether that process lives.
// Trick: a pid alone may have been given to another process since, so the process's start tick is kept beside it (Linux).
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { readTextOfRun } from '../files/read-file.js';
import type { LockHolder } from '../errors/journal-locked-error.js';

/** What a lock file holds. */
export interface LockContent extends LockHolder {
  /** Start tick of the process, or null where the system does not tell. */
  readonly started: string | null;
  readonly token: string;
}

/** The lock file of the journal at `path`. It is hidden: a file that comes and goes must not be in the listing of a file browser. */
export function lockPathOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.lock`);
}

/** Where versions had it that did not hide it. */
export function olderLockPathOf(path: string): string {
  return `${path}.lock`;
}

/** True when a process holds the lock of the journal at `path`, or one of another machine does, of which nobody can tell here. */
export function isHeld(path: string): boolean {
  const holder = readLock(path);
  return holder !== null && mayLive(holder);
}

/** True for a process that lives, and for one of another machine. */
export function mayLive(holder: LockContent): boolean {
  return isElsewhere(holder) || isAlive(holder);
}

/** True when a process of this machine held the journal at `path` and is dead. False when nothing is known. */
export function isHolderGone(path: string): boolean {
  const holder = readLock(path);
  return holder !== null && !mayLive(holder);
}

/** The holder of the journal at `path`, alive or not; null when there is no lock. */
export function readLock(path: string): LockContent | null {
  const holders = [lockPathOf(path), olderLockPathOf(path)].flatMap(file => readHolder(file) ?? []);
  return holders.find(mayLive) ?? holders[0] ?? null;
}

function readHolder(lockPath: string): LockContent | null {
  try {
    return parseLock(readTextOfRun(lockPath, 'lock'));
  } catch {
    return null;
  }
}

/** The content of a lock file; null when it is none. */
export function parseLock(text: string): LockContent | null {
  try {
    const value = JSON.parse(text) as LockContent | null;
    return typeof value?.pid === 'number' && typeof value.host === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** True for a process of another machine: whether that lives cannot be told here. */
export function isElsewhere(holder: LockContent): boolean {
  return holder.host !== hostname();
}

/** True when the holder, a process of this machine, lives. */
export function isAlive({ pid, started }: LockContent): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const now = startTickOf(pid);
  return now === null || typeof started !== 'string' || now === started;
}

/** Field 22 of `/proc/PID/stat`; the command name before it may hold spaces and parentheses. Null where the system does not tell. */
export function startTickOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
