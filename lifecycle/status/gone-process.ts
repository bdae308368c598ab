// Is the process dead that was executing a run? The lock beside the journal names it, and only on its own machine can that be told.
// Reads what runbook/journal/lock-file.ts writes.
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** True when the lock of the journal is held by a process of this machine that is dead. False when nothing is known. */
export function isProcessGone(journalPath: string): boolean {
  const holder = holderOf(`${journalPath}.lock`);
  return holder !== null && holder.host === hostname() && !isAlive(holder);
}

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Start tick of the process: its number may have been given to another one since. */
  readonly started?: string | null;
}

function holderOf(path: string): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Holder | null;
    return typeof holder?.pid === 'number' && typeof holder.host === 'string' ? holder : null;
  } catch {
    return null;
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const now = startTickOf(pid);
  return now === null || typeof started !== 'string' || now === started;
}

/** Field 22 of `/proc/PID/stat`; null where the system does not tell. */
function startTickOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
