// A notebook that was renamed takes what belongs to it along when its journal is opened.
import type { FoundJournal } from './find-journal.js';
import { takeLock } from './lock-file.js';
import { moveJournal } from './move-journal.js';

/**
 * Gives the journal of a renamed notebook, and what is named like it, the notebook's name. Does nothing when they have it.
 *
 * @throws JournalLockedError when a kernel has the journal open.
 */
export async function adoptJournal({ path, file }: FoundJournal): Promise<void> {
  if (path === file) {
    return;
  }
  const lock = await takeLock(file, new Date().toISOString());
  try {
    await moveJournal(file, path);
  } finally {
    await lock.release();
  }
}
