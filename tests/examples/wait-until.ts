// Waits for a fact instead of a time; fails when the fact has not come true after 15 s.
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const LIMIT_MS = 15_000;

export async function waitUntil(fact: string, isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const endMs = performance.now() + LIMIT_MS;
  while (!(await isTrue())) {
    if (performance.now() > endMs) {
      throw new Error(`not true after ${LIMIT_MS} ms: ${fact}`);
    }
    await wait(25);
  }
}

export async function waitUntilGone(...pids: readonly number[]): Promise<void> {
  await Promise.all(pids.map(pid => waitUntil(`process ${pid} is gone`, () => isGone(pid))));
}

// A process that has ended but was not collected by its parent yet still has an id; it counts as gone.
export function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return true;
  }
  try {
    return /^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return process.platform === 'linux';
  }
}
