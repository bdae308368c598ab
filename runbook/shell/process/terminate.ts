// Ends a command with everything it started: its whole process group, first with SIGTERM, and after a grace time with SIGKILL.

import { readdirSync, readFileSync } from 'node:fs';

/** Time between SIGTERM and SIGKILL. */
const GRACE_MS = 3000;

const running = new Set<number>();

/** Remembers a process group, so that it does not outlive the kernel's process. Returns the way to forget it. */
export function watchGroup(pid: number): () => void {
  if (running.size === 0) {
    process.once('exit', endAll);
  }
  running.add(pid);
  return () => {
    running.delete(pid);
    if (running.size === 0) {
      process.off('exit', endAll);
    }
  };
}

/** Sends SIGTERM now and SIGKILL after the grace time. Returns a way to call off the second. */
export function terminateGroup(pid: number): () => void {
  signalGroup(pid, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), GRACE_MS);
  return () => clearTimeout(timer);
}

/** True while any process of the group runs. */
export function isGroupAlive(pid: number): boolean {
  return signalGroup(pid, 0) && (process.platform !== 'linux' || hasRunningMember(pid));
}

/** A dead process that nobody has collected yet (a zombie, common in containers) still takes signals, but runs no more. */
function hasRunningMember(group: number): boolean {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .some(name => {
      const [state, , processGroup] = readStat(name);
      return processGroup === String(group) && state !== 'Z' && state !== 'X';
    });
}

function readStat(pid: string): readonly string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

function endAll(): void {
  running.forEach(pid => signalGroup(pid, 'SIGTERM'));
}

function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}
