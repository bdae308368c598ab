// Runs one process to its end with execa: own process group, output as it arrives, ended by interrupt or time-out.
import type { Readable } from 'node:stream';
import { ports } from '../context.js';
import { knownSecrets } from '../redact.js';
import { collectOutput } from './collect-output.js';
import type { CheckedOptions } from './options.js';
import { quoteCommand } from './quote.js';
import type { CommandResult } from './result.js';
import { isGroupAlive, terminateGroup, watchGroup } from './terminate.js';

/** A background process that inherited the output may keep it open; after this much silence we stop listening. */
const SILENCE_AFTER_EXIT_MS = 1000;

/** The result of one attempt; `failed` speaks of the exit code and the way it ended, not of patterns. Never rejects. */
export async function runProcess(
  args: readonly string[],
  options: CheckedOptions,
  isCaptured: boolean
): Promise<CommandResult> {
  const { display, signal, now } = ports();
  const interrupt = signal();
  const { execa } = await import('execa');
  const startedAt = now();
  const child = execa(args[0]!, args.slice(1), {
    cwd: options.cwd,
    env: options.env,
    ...(options.stdin === null ? { stdin: 'ignore' } : { input: options.stdin }),
    detached: true,
    cleanup: false,
    buffer: false,
    reject: false
  });
  const secrets = knownSecrets();
  const stdout = collectOutput(
    child.stdout,
    secrets,
    isCaptured ? null : text => display.write('stdout', text)
  );
  const stderr = collectOutput(child.stderr, secrets, text => display.write('stderr', text));
  const watch = watchEnd(child.pid, options.timeoutMs, interrupt);
  child.nodeChildProcess.once('exit', () => stopListeningWhenSilent([child.stdout, child.stderr]));
  const end = await child;
  const { timedOut, isInterrupted } = await watch.finish();
  const exitCode = end.exitCode ?? null;
  return {
    command: quoteCommand(args),
    exitCode,
    signal: end.signal ?? null,
    stdout: stdout.text(),
    stderr: stderr.text(),
    durationMs: now() - startedAt,
    attempts: 1,
    failed: timedOut || isInterrupted || exitCode === null || !options.exitCodes.includes(exitCode),
    timedOut,
    isInterrupted,
    isNotFound: end.code === 'ENOENT',
    isTruncated: stdout.isTruncated() || stderr.isTruncated()
  };
}

interface EndWatch {
  finish(): Promise<{ readonly timedOut: boolean; readonly isInterrupted: boolean }>;
}

function watchEnd(pid: number | undefined, timeoutMs: number | null, interrupt: AbortSignal): EndWatch {
  let cause: 'timeout' | 'interrupt' | null = null;
  let callOff: (() => void) | null = null;
  const stop = (why: 'timeout' | 'interrupt'): void => {
    if (cause === null && pid !== undefined) {
      cause = why;
      callOff = terminateGroup(pid);
    }
  };
  const forget = pid === undefined ? () => undefined : watchGroup(pid);
  const timer = timeoutMs === null ? undefined : setTimeout(() => stop('timeout'), timeoutMs);
  const onInterrupt = (): void => stop('interrupt');
  interrupt.addEventListener('abort', onInterrupt, { once: true });
  if (interrupt.aborted) {
    onInterrupt();
  }
  return {
    finish: async () => {
      clearTimeout(timer);
      interrupt.removeEventListener('abort', onInterrupt);
      // A stopped command is over when its whole group is, not when its first process is.
      while (cause !== null && pid !== undefined && isGroupAlive(pid)) {
        await new Promise(resolve => setTimeout(resolve, 30));
      }
      callOff?.();
      forget();
      return { timedOut: cause === 'timeout', isInterrupted: cause === 'interrupt' };
    }
  };
}

function stopListeningWhenSilent(streams: readonly Readable[]): void {
  for (const stream of streams) {
    const timer = setTimeout(() => stream.destroy(), SILENCE_AFTER_EXIT_MS);
    stream.on('data', () => timer.refresh());
    stream.once('close', () => clearTimeout(timer));
  }
}
