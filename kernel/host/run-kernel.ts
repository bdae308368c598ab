// Runs a kernel until it is shut down: connection file in, sockets out. Everything else is composed in compose.ts.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { readConnectionFile } from '../protocol/connection-file.js';
import { ZeromqTransport } from '../transport/zeromq.js';
import { composeKernel, type StartedPrograms } from './compose.js';
import { historyPath } from './history-path.js';
import { findNotebook } from './notebook-file.js';
import { watchParent } from './parent-watch.js';

/** The longest a journal that cannot be written may keep the process. */
const LAST_WORDS_MS = 3000;

/** Serves the connection file that is the last argument of this process. */
export async function runKernel(started: StartedPrograms): Promise<void> {
  const kernel = await composeKernel({
    transport: await ZeromqTransport.bind(readConnectionFile(process.argv.at(-1) ?? ''), log),
    notebook: findNotebook(process.env),
    folder: process.cwd(),
    nodePath: process.execPath,
    historyPath: historyPath(process.env),
    started,
    onShutdown: () => void end(),
    log
  });
  async function end(): Promise<void> {
    setTimeout(() => process.exit(1), LAST_WORDS_MS).unref();
    await kernel.closeJournal().catch(error => log(String(error)));
    process.exit(0);
  }
  process.on('SIGINT', () => void kernel.interrupt());
  process.on('SIGTERM', () => void kernel.shutdown());
  process.on('uncaughtException', reportFault);
  process.on('unhandledRejection', reportFault);
  watchParent(process.env['JPY_PARENT_PID'], () => void kernel.shutdown());
  // Who has subscribed while the kernel was being made is welcomed before the first status is told.
  await nextTurn();
  await nextTurn();
  await kernel.start();
}

function log(line: string): void {
  console.error(`[launchbook] ${line}`);
}

function reportFault(fault: unknown): void {
  log(`A fault of the kernel, please report it: ${fault instanceof Error ? fault.stack : String(fault)}`);
}
