// Is the process dead that was executing a run? The lock beside the journal names it, and only on its own machine can that be told.
import { readFileSync } from 'node:fs';
import { isAlive, isElsewhere, lockPathOf, parseLock } from '../../runbook/journal/lock-holder.js';

/** True when the lock of the journal is held by a process of this machine that is dead. False when nothing is known. */
export function isProcessGone(journalPath: string): boolean {
  const holder = parseLock(lockText(journalPath));
  return holder !== null && !isElsewhere(holder) && !isAlive(holder);
}

function lockText(journalPath: string): string {
  try {
    return readFileSync(lockPathOf(journalPath), 'utf8');
  } catch {
    return '';
  }
}
