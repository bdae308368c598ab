// Every command runs in the kernel's Node, which is brought along; the one that a shell finds may be older.
import { LaunchbookError } from '../contract/base/error.js';
import { findNode, NODE_MAJOR } from '../kernel/kernelspec/find-node.js';
import type { ExitCode } from './exit-codes.js';
import { handOn, takeHandedOn } from './handed-on.js';

/** In the environment of a command that was run again: a Node that is too old as well must not run it for ever. */
const AGAIN = 'LAUNCHBOOK_RUN_AGAIN';

/**
 * Runs `act` here when this Node is new enough, else the whole command again in the kernel's. Returns its exit code.
 *
 * @param version - That of this Node.
 * @throws code `install.node_missing` when there is none, `install.node_old` when the one that LAUNCHBOOK_NODE names is too old.
 */
export async function onKernelNode(
  act: () => Promise<ExitCode>,
  version = process.versions.node
): Promise<ExitCode> {
  const isAgain = process.env[AGAIN] !== undefined;
  delete process.env[AGAIN];
  if (Number(version.split('.')[0]) >= NODE_MAJOR) {
    if (isAgain) {
      takeHandedOn();
    }
    return await act();
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
  return handOn(findNode(), env);
}
