// A command in two processes: the one that a shell has started, whose Node is too old, and the one that does the work. A pipe between them
// hands on what the first one is told by signals, and closes with it, however it ends: the second one then ends too.
// A terminal sends Ctrl+C to both. So a signal that is handed on counts only when the same one has not come by itself.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { EXIT, type ExitCode } from './exit-codes.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;
/** The number of the pipe in the second process. */
const PIPE = 3;
/** What a terminal sends to both arrives within this time. */
const TOGETHER_MS = 500;

/** Runs this command again in another Node; ends as it does, by its exit code or its signal. */
export async function handOn(node: string, env: NodeJS.ProcessEnv): Promise<ExitCode> {
  const command = spawn(node, process.argv.slice(1), {
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env
  });
  const pipe = command.stdio[PIPE] as Writable;
  pipe.on('error', () => undefined);
  const listeners = SIGNALS.map(signal => [signal, () => void pipe.write(`${signal}\n`)] as const);
  listeners.forEach(([signal, tell]) => process.on(signal, tell));
  const [code, signal] = (await once(command, 'exit')) as [ExitCode | null, NodeJS.Signals | null];
  listeners.forEach(([name, tell]) => process.off(name, tell));
  if (signal !== null) {
    process.kill(process.pid, signal);
    await new Promise(resolve => setTimeout(resolve, TOGETHER_MS));
  }
  return code ?? EXIT.inconclusive;
}

/** In the second process: takes what the first one hands on, and ends with it. */
export function takeHandedOn(): void {
  const pipe = openPipe();
  if (pipe === null) {
    return;
  }
  const cameMs = new Map<string, number>();
  for (const signal of SIGNALS) {
    const note = (): void => {
      cameMs.set(signal, performance.now());
      if (process.listenerCount(signal) === 1) {
        // Nobody else listens: what the signal does to every other process.
        process.off(signal, note);
        process.kill(process.pid, signal);
      }
    };
    process.on(signal, note);
  }
  const raise = (signal: NodeJS.Signals): void => {
    setTimeout(() => {
      if (performance.now() - (cameMs.get(signal) ?? -Infinity) > 2 * TOGETHER_MS) {
        process.kill(process.pid, signal);
      }
    }, TOGETHER_MS);
  };
  pipe.setEncoding('utf8');
  pipe.on('data', (text: string) => text.split('\n').filter(isSignal).forEach(raise));
  pipe.on('error', () => undefined);
  pipe.on('close', () => process.kill(process.pid, 'SIGTERM'));
  pipe.unref();
}

/** Null when somebody has set the variable by hand and there is no pipe. */
function openPipe(): Socket | null {
  try {
    return new Socket({ fd: PIPE });
  } catch {
    return null;
  }
}

function isSignal(word: string): word is (typeof SIGNALS)[number] {
  return SIGNALS.some(signal => signal === word);
}
