// Installs Debian packages that the tests need, where that is permitted.
import { spawnSync } from 'node:child_process';
import { withProgress } from './progress.mjs';
import { runCommand } from './run-command.mjs';
import { SetUpFault } from './set-up-fault.mjs';

/** Installs `packages`, or says that `what` is not installed, with `hint`. */
export async function installWithApt({ what, packages, hint }) {
  const prefix = aptPrefix();
  if (!prefix) {
    throw new SetUpFault(`The tests need ${what}, which is not installed.`, hint);
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const [program, ...args] = [...prefix, 'apt-get'];
  await withProgress(`Installing ${what} with apt-get`, async () => {
    await runCommand('apt-update', program, [...args, 'update'], { env, hint });
    const install = [...args, 'install', '--yes', '--no-install-recommends', ...packages];
    await runCommand('apt-install', program, install, { env, hint });
  });
}

/** How apt-get may be run here: as root, with a sudo that asks nothing, or not at all. */
function aptPrefix() {
  if (spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) {
    return undefined;
  }
  if (process.getuid?.() === 0) {
    return [];
  }
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : undefined;
}
