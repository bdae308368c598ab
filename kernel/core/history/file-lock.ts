// A short exclusive turn between processes: a file that only one of them can create. The holder works for milliseconds, so a lock
// that has stood for seconds belongs to a process that died with it and is taken away.
import { open, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const RETRY_MS = 20;
const STALE_MS = 5_000;
const GIVE_UP_MS = 10_000;

/** Runs `body` while nobody else holds `lockPath`. Rejects when the lock can be neither made nor taken over within 10 s. */
export async function whileLocked<T>(lockPath: string, body: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  while (!(await isTaken(lockPath))) {
    if (performance.now() - startedAt > GIVE_UP_MS) {
      throw new Error(`the lock ${lockPath} is held for more than ${GIVE_UP_MS} ms`);
    }
    await sleep(RETRY_MS);
  }
  try {
    return await body();
  } finally {
    await rm(lockPath, { force: true });
  }
}

async function isTaken(lockPath: string): Promise<boolean> {
  try {
    await (await open(lockPath, 'wx', 0o600)).close();
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw thrown;
    }
    await removeStale(lockPath);
    return false;
  }
}

async function removeStale(lockPath: string): Promise<void> {
  const since = await stat(lockPath).then(
    ({ mtimeMs }) => mtimeMs,
    () => Date.now()
  );
  if (Date.now() - since > STALE_MS) {
    await rm(lockPath, { force: true });
  }
}
