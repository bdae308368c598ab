// Commands that run cells do it in the kernel's Node, which is brought along; the machine's own may be older.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findNode, NODE_MAJOR } from '../kernel/kernelspec/find-node.js';
import { EXIT, type ExitCode } from './exit-codes.js';

/** Runs `act` here when this is the kernel's Node, else the whole command again in that one. */
export async function onKernelNode(act: (nodePath: string) => Promise<ExitCode>): Promise<ExitCode> {
  const nodePath = findNode();
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) {
    return act(nodePath);
  }
  const command = spawn(nodePath, process.argv.slice(1), { stdio: 'inherit' });
  // A terminal sends Ctrl+C to both; this process waits for the other one to end in good order.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => command.kill('SIGTERM'));
  const [code] = (await once(command, 'exit')) as [ExitCode | null];
  return code ?? EXIT.inconclusive;
}
