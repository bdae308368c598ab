// The kernel process: connection file in, sockets out. Everything else is composed in host/.
import { composeKernel } from './host/compose.js';
import { historyPath } from './host/history-path.js';
import { findNotebook } from './host/notebook-file.js';
import { watchParent } from './host/parent-watch.js';
import { readConnectionFile } from './protocol/connection-file.js';
import { ZeromqTransport } from './transport/zeromq.js';

/** The longest a journal that cannot be written may keep the process. */
const LAST_WORDS_MS = 3000;

const log = (line: string): void => console.error(`[launchbook] ${line}`);
const kernel = await composeKernel({
  transport: await ZeromqTransport.bind(readConnectionFile(process.argv.at(-1) ?? ''), log),
  notebook: findNotebook(process.env),
  folder: process.cwd(),
  nodePath: process.execPath,
  historyPath: historyPath(process.env),
  onShutdown: () => void end(),
  log
});

async function end(): Promise<void> {
  setTimeout(() => process.exit(1), LAST_WORDS_MS).unref();
  await kernel.closeJournal().catch(error => log(String(error)));
  process.exit(0);
}

function reportFault(fault: unknown): void {
  log(`A fault of the kernel, please report it: ${fault instanceof Error ? fault.stack : String(fault)}`);
}

process.on('SIGINT', () => void kernel.interrupt());
process.on('SIGTERM', () => void kernel.shutdown());
process.on('uncaughtException', reportFault);
process.on('unhandledRejection', reportFault);
watchParent(process.env['JPY_PARENT_PID'], () => void kernel.shutdown());
await kernel.start();
