// Starts the executor and the language server before the rest of the kernel is even read: all three then come up side by side.
import type { ChildProcess, ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawnExecutor } from '../executor/spawn-executor.js';
import { findTypeScriptServer } from '../language/server-path.js';
import { spawnServer } from '../language/spawn-server.js';

/** Processes that run and have not been spoken to. */
export interface StartedPrograms {
  readonly executor: ChildProcess;
  /** Null when there is none to start; what is wrong is said once it is needed. */
  readonly server: ChildProcessWithoutNullStreams | null;
}

/** Starts both in the notebook's folder. `executorEntry` is an absolute path. */
export function startPrograms(folder: string, executorEntry: string): StartedPrograms {
  const nodePath = process.execPath;
  return {
    server: startServer(folder),
    executor: spawnExecutor({ nodePath, entry: executorEntry, folder, env: executorEnvironment(nodePath) })
  };
}

/** The environment of cells. */
export function executorEnvironment(nodePath: string): NodeJS.ProcessEnv {
  return { ...process.env, LAUNCHBOOK_NODE: nodePath };
}

function startServer(folder: string): ChildProcessWithoutNullStreams | null {
  try {
    const server = spawnServer(findTypeScriptServer(), folder);
    server.on('error', () => undefined);
    return server;
  } catch {
    return null;
  }
}
