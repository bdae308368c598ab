// A lock file for what changes the fleet: two deploys at once would stop each other's processes.
// The lock of a process that is gone is taken over.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../daemon/fleet-description.ts';
import type { StateLayout } from '../services/runtime/state-layout.ts';

/** @throws when another command is changing the fleet */
export async function oneChangeAtATime<T>(
  state: StateLayout,
  command: string,
  change: () => Promise<T>
): Promise<T> {
  const path = join(state.root, 'change.lock');
  takeLock(path, command);
  try {
    return await change();
  } finally {
    rmSync(path, { force: true });
  }
}

// The lock is written aside and linked into place, so that it is never there without its holder.
function takeLock(path: string, command: string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify({ pid: process.pid, command }));
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const holder = JSON.parse(readFileSync(path, 'utf8')) as { pid: number; command: string };
    if (isAlive(holder.pid)) {
      throw new Error(
        `another change is under way: ${holder.command}, process ${holder.pid}; wait until it has ended`
      );
    }
    renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}
