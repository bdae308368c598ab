// The product runs on Node 24, which comes along; the `node` of a shell that starts the command may be an older one.
// Then the command is run again by the right one, in the same terminal.
import { spawn } from 'node:child_process';
import { findNode, NODE_MAJOR } from '../kernel/kernelspec/find-node.js';

/** True when this process may go on; false when another one has done the work and set the exit code. */
export async function isRightNode(): Promise<boolean> {
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) {
    return true;
  }
  process.exitCode = await runAgain(findNode());
  return false;
}

/** What the terminal sends reaches both processes, so this one only waits for the other one's end. */
function runAgain(node: string): Promise<number> {
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  (['SIGINT', 'SIGHUP'] as const).forEach(signal => process.on(signal, () => undefined));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => resolve(code ?? 1));
  });
}
