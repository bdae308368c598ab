// Runs a kernel until it is shut down: connection file in, sockets out. Everything else is composed in compose.ts.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { logText } from '../../../contract/base/escape.js';
import { kernelIdOf, readConnectionFile } from '../../protocol/connection-file.js';
import { ZeromqTransport } from '../../transport/zeromq.js';
import { composeKernel } from '../compose/compose.js';
import type { StartedPrograms } from '../compose/compose-cells.js';
import { historyPath } from './history-path.js';
import { findNotebook } from '../../../run/keeper/find-notebook.js';
import { needSupportedSystem } from './supported-system.js';
import { needFolderName } from './folder-name.js';
import { needOpenFiles } from './open-files.js';
import { watchParent } from './parent-watch.js';

/** The longest a journal that cannot be written may keep the process. */
const LAST_WORDS_MS = 3000;

/** Serves the connection file that is the first argument of this process. Clients such as `jupyter run` append arguments of their own. */
export async function runKernel(started: StartedPrograms): Promise<void> {
  needSupportedSystem();
  needOpenFiles();
  needFolderName();
  const connectionFile = process.argv[2] ?? '';
  const connection = readConnectionFile(connectionFile);
  let say = log;
  const kernel = composeKernel({
    transport: await ZeromqTransport.bind(connection, log),
    vouchKey: connection.signing.key,
    ...findNotebook(process.env, process.cwd(), connectionFile),
    folder: process.cwd(),
    kernelId: kernelIdOf(connectionFile),
    nodePath: process.execPath,
    historyPath: historyPath(process.env),
    started,
    onShutdown: () => void end(),
    log
  });
  say = kernel.log;
  async function end(): Promise<void> {
    setTimeout(() => process.exit(1), LAST_WORDS_MS).unref();
    await kernel.closeJournal().catch(error => say(String(error)));
    process.exit(0);
  }
  process.on('SIGINT', () => void kernel.interrupt());
  process.on('SIGTERM', () => void kernel.shutdown());
  const reportFault = (fault: unknown): void =>
    say(`A fault of the kernel, please report it: ${fault instanceof Error ? fault.stack : String(fault)}`);
  process.on('uncaughtException', reportFault);
  process.on('unhandledRejection', reportFault);
  watchParent(process.env['JPY_PARENT_PID'], () => void kernel.shutdown());
  // Who has subscribed while the kernel was being made is welcomed before the first status is told.
  await nextTurn();
  await nextTurn();
  await kernel.start();
}

function log(line: string): void {
  console.error(`[launchbook] ${logText(line)}`);
}
