// Every command runs in the kernel's Node, which is brought along; the one that a shell finds may be older.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findNode, NODE_MAJOR } from '../kernel/kernelspec/find-node.js';
import { EXIT, type ExitCode } from './exit-codes.js';

/**
 * Runs `act` here when this Node is new enough, else the whole command again in the kernel's. The code is null when `act` has told it.
 *
 * @throws code `install.node_missing` when there is none.
 */
export async function onKernelNode(act: () => Promise<void>): Promise<ExitCode | null> {
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) {
    await act();
    return null;
  }
  const command = spawn(findNode(), process.argv.slice(1), { stdio: 'inherit' });
  // A terminal sends Ctrl+C to both; this process waits for the other one to end in good order.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => command.kill('SIGTERM'));
  const [code] = (await once(command, 'exit')) as [ExitCode | null];
  return code ?? EXIT.inconclusive;
}
