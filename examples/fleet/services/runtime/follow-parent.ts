// Ends this process when the process that started it is gone, however it went: nothing of a fleet outlives its starter.
// The closed channel tells at once; the parent's id is watched too, because a channel can be inherited by others.
import { fstatSync } from 'node:fs';

const WATCH_EVERY_MS = 500;

export function followParent(end: (reason: string) => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) end('the starting process is gone');
  }, WATCH_EVERY_MS);
  watch.unref();

  if (process.send !== undefined) {
    process.once('disconnect', () => end('the channel to the starting process closed'));
  } else if (stdinIsPipe()) {
    process.stdin.once('end', () => end('standard input closed'));
    process.stdin.once('error', () => end('standard input closed'));
    process.stdin.resume();
  }
}

// A terminal or /dev/null says nothing about the starter: /dev/null is at its end from the beginning.
function stdinIsPipe(): boolean {
  try {
    const stdin = fstatSync(0);
    return stdin.isFIFO() || stdin.isSocket();
  } catch {
    return false;
  }
}
