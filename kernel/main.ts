// The kernel process: connection file in, sockets out. Everything else is composed in host/.
import { readConnectionFile } from './protocol/connection-file.js';
import { ZeromqTransport } from './transport/zeromq.js';
import { composeKernel } from './host/compose.js';
import { findNotebook } from './host/notebook-file.js';
import { watchParent } from './host/parent-watch.js';

const connectionFile = process.argv.at(-1) ?? '';
const log = (line: string): void => console.error(`[launchbook] ${line}`);

const transport = await ZeromqTransport.bind(readConnectionFile(connectionFile));
const kernel = await composeKernel({
  transport,
  notebook: findNotebook(process.env),
  folder: process.cwd(),
  nodePath: process.execPath,
  onShutdown: () => void end(0),
  log
});

let isEnding = false;
async function end(code: number): Promise<void> {
  if (!isEnding) {
    isEnding = true;
    setTimeout(() => process.exit(code), 3000).unref();
    await kernel.stop().catch(error => log(String(error)));
    await transport.flush();
    await transport.close();
    process.exit(code);
  }
}

process.on('SIGINT', () => void kernel.interrupt());
process.on('SIGTERM', () => void end(143));
process.on('uncaughtException', error => log(`A fault of the kernel, please report it: ${error.stack ?? error.message}`));
process.on('unhandledRejection', reason => log(`A fault of the kernel, please report it: ${reason instanceof Error ? reason.stack : String(reason)}`));
watchParent(process.env['JPY_PARENT_PID'], () => void end(0));
await kernel.start();
