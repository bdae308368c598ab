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
  const child = spawn(program, args, {
    cwd,
    env,
    detached: true,
    stdio: ['pipe', reads ? 'pipe' : file, file]
  });
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

/** Asks by closing stdin, waits, and then ends whatever is left of the process group. */
async function stop(child, ended) {
  child.stdin.end();
  const isEnded = await Promise.race([ended.then(() => true), sleep(GRACE_MS, false, { ref: false })]);
  endGroup(child);
  if (!isEnded) {
    await ended;
  }
}

function endGroup(child) {
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // Nothing of it runs any more.
  }
}
