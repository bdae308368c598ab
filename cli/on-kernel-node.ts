// Every command runs in the kernel's Node, which is brought along; the one that a shell finds may be older.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { LaunchbookError } from '../contract/error.js';
import { findNode, NODE_MAJOR } from '../kernel/kernelspec/find-node.js';
import { EXIT, type ExitCode } from './exit-codes.js';

/** In the environment of a command that was run again: a Node that is too old as well must not run it for ever. */
const AGAIN = 'LAUNCHBOOK_RUN_AGAIN';

/**
 * Runs `act` here when this Node is new enough, else the whole command again in the kernel's. The code is null when `act` has told it.
 *
 * @param version - That of this Node.
 * @throws code `install.node_missing` when there is none, `install.node_old` when the one that LAUNCHBOOK_NODE names is too old.
 */
export async function onKernelNode(
  act: () => Promise<void>,
  version = process.versions.node
): Promise<ExitCode | null> {
  const isAgain = process.env[AGAIN] !== undefined;
  delete process.env[AGAIN];
  if (Number(version.split('.')[0]) >= NODE_MAJOR) {
    await act();
    return null;
  }
  if (isAgain) {
    throw new LaunchbookError(
      `LAUNCHBOOK_NODE names ${process.env['LAUNCHBOOK_NODE']}, which is Node ${version}, expected Node ${NODE_MAJOR} or newer`,
      {
        code: 'install.node_old',
        hint: `Set it to a Node ${NODE_MAJOR}, or unset it to use the one that was installed with Launchbook.`
      }
    );
  }
  const env = { ...process.env, [AGAIN]: '1' };
  const command = spawn(findNode(), process.argv.slice(1), { stdio: 'inherit', env });
  // A terminal sends Ctrl+C to both; this process waits for the other one to end in good order.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => command.kill('SIGTERM'));
  const [code] = (await once(command, 'exit')) as [ExitCode | null];
  return code ?? EXIT.inconclusive;
}
