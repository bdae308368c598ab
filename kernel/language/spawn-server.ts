// Starts the TypeScript language server. Apart from everything that talks to it, so that the kernel can start it first of all.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { compilerCommand } from './server-path.js';

/** Spawns the compiler at `tscPath` as a language server in the notebook's folder. */
export function spawnServer(tscPath: string, folder: string): ChildProcessWithoutNullStreams {
  const { program, before } = compilerCommand(tscPath);
  return spawn(program, [...before, '--lsp', '--stdio'], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
}
