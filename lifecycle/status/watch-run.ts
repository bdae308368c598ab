// Calls back when a run's journal, notebook or folder of signed decisions has changed, and at intervals, because waits and silence grow without a record.
import { statSync } from 'node:fs';
import { journalPathOf, tokenFolderOf } from '../../contract/notebook/notebook.js';
import { sleepUnlessAborted } from '../../runbook/interruptible-sleep.js';

/** How often the files are looked at. */
const LOOK_MS = 500;
/** How often is told without a change. */
const TICK_MS = 10_000;

/**
 * Tells at once, then after each change, and every 10 s. Looks at size and time of the files twice a second, because file
 * events do not come from network drives.
 *
 * @param path - The notebook of a run.
 * @param tell - Called one at a time.
 * @param signal - Ends the watching; then the promise resolves.
 */
export async function watchRun(
  path: string,
  tell: () => void | Promise<void>,
  signal: AbortSignal
): Promise<void> {
  const files = [path, journalPathOf(path, true), journalPathOf(path, false), tokenFolderOf(path)];
  let seen = '';
  let toldMs = 0;
  while (!signal.aborted) {
    const stamp = files.map(stampOf).join(' ');
    if (stamp !== seen || performance.now() - toldMs >= TICK_MS) {
      seen = stamp;
      toldMs = performance.now();
      await tell();
    }
    await sleepUnlessAborted(LOOK_MS, signal);
  }
}

/** A file that cannot be looked at, such as a link that leads to itself, is as one that is not there. */
function stampOf(file: string): string {
  try {
    const { ino, size, mtimeMs } = statSync(file);
    return `${ino}:${size}:${mtimeMs}`;
  } catch {
    return '-';
  }
}
