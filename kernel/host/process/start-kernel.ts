// The first thing of a kernel that is read. It starts the executor and the language server; the rest of the kernel is read while
// these two start.
import { logText } from '../../../contract/base/escape.js';
import type { LanguageServer } from '../../language/server/lsp-client.js';
import { findTypeScriptServer } from '../../language/server/server-path.js';
import { makeServer, warmServer } from '../../language/answers/warm-server.js';
import { spawnExecutor } from '../../executor/outside/spawn-executor.js';
import { executorEnvironment } from '../executor/executor-environment.js';
import { enterNotebookFolder } from './enter-notebook-folder.js';

/** Starts a kernel for the connection file that is the first argument of this process. `executorEntry` is an absolute path. */
export async function startKernel(executorEntry: string): Promise<void> {
  enterNotebookFolder(process.env);
  const folder = process.cwd();
  const nodePath = process.execPath;
  const server = startServer(folder);
  const env = executorEnvironment(nodePath);
  const executor = spawnExecutor({ nodePath, entry: executorEntry, folder, env });
  const { runKernel } = await import('./run-kernel.js');
  await runKernel({ executor, entry: executorEntry, server });
}

// Null when there is none to start: what is wrong is said once it is needed.
function startServer(folder: string): LanguageServer | null {
  try {
    const server = makeServer({ tscPath: findTypeScriptServer(), folder, onLog: log, timeoutMs: TIMEOUT_MS });
    warmServer(server, folder).catch(() => undefined);
    return server;
  } catch {
    return null;
  }
}

const TIMEOUT_MS = 10_000;

function log(line: string): void {
  console.error(`[launchbook] ${logText(line)}`);
}
