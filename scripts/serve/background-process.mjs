// A program that runs beside us and ends with us. Trick: it watches its stdin, so that it also ends when we are killed;
// it has a process group of its own, so that Ctrl-C in the terminal reaches us alone and we end everything in order.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const GRACE_MS = 15_000;

/**
 * Starts a program that ends when its stdin is closed. stdout and stderr go to `log`;
 * with `reads: true` stdout stays readable as `process.stdout`.
 */
export function startBackground(program, args, { cwd, env, log, reads = false }) {
  mkdirSync(dirname(log), { recursive: true });
  const file = openSync(log, 'w');
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ['pipe', reads ? 'pipe' : file, file] });
  closeSync(file);
  child.stdin.on('error', () => {});
  const ended = Promise.race([
    once(child, 'exit').then(([code, signal]) => code ?? signal),
    once(child, 'error').then(([error]) => error.message)
  ]);
  return {
    process: child,
    log,
    /** Resolves with the exit code, the signal or the reason why it never began. */
    ended,
    stop: () => stop(child, ended)
  };
}

/** Asks with a closed stdin and SIGTERM, waits, and then ends the whole process group. */
async function stop(child, ended) {
  child.stdin.end();
  signal(child, 'SIGTERM', { group: false });
  const isSlow = await Promise.race([ended.then(() => false), sleep(GRACE_MS, true, { ref: false })]);
  signal(child, 'SIGKILL', { group: true });
  if (isSlow) {
    await ended;
  }
}

function signal(child, name, { group }) {
  if (child.pid === undefined || (!group && (child.exitCode !== null || child.signalCode !== null))) {
    return;
  }
  try {
    process.kill(group && process.platform !== 'win32' ? -child.pid : child.pid, name);
  } catch {
    // It has ended already.
  }
}
