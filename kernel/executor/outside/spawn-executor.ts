// Starts the process that cells run in. Apart from everything that talks to it, so that the kernel can start it first of all.
import { spawn, type ChildProcess } from 'node:child_process';

/** Where and how an executor runs. */
export interface SpawnOptions {
  /** Absolute path of the Node binary. */
  readonly nodePath: string;
  /** Absolute path of the executor's main file, which calls `serveExecutor`. */
  readonly entry: string;
  /** The notebook's folder: working directory, and what imports are resolved from. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

// The first flag lets a loop inside a timer be terminated: Node would otherwise take its hook stack for corrupted and abort.
const FLAGS = ['--no-force-async-hooks-checks', '--disable-warning=ExperimentalWarning'];

/** The process leads a group of its own. Descriptors are as messages.ts numbers them. */
export function spawnExecutor(options: SpawnOptions): ChildProcess {
  const child = spawn(options.nodePath, [...FLAGS, options.entry], {
    cwd: options.folder,
    env: options.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe']
  });
  child.on('error', () => undefined); // it has no pid then; whoever takes it over tells why
  return child;
}

/** Whether a process that was started earlier can be taken over. */
export function isAlive(child: ChildProcess | undefined): child is ChildProcess {
  return child?.pid !== undefined && child.exitCode === null && child.signalCode === null;
}
