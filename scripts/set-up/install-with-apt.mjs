// Installs Debian packages that the tests need, where that is permitted.
import { spawnSync } from 'node:child_process';
import { withProgress } from './progress.mjs';
import { quietInstall } from './quiet-install.mjs';
import { runCommand } from './run-command.mjs';
import { SetUpFault } from './set-up-fault.mjs';

/** Installs `packages`, or says that `what` is not installed, with `hint`. None of `units`, the services they bring, is left running. */
export async function installWithApt({ what, packages, hint, units = [] }) {
  const prefix = aptPrefix();
  if (!prefix) {
    throw new SetUpFault(`The tests need ${what}, which is not installed.`, hint);
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const root = (...command) => [...prefix, ...command];
  await withProgress(`Installing ${what} with apt-get`, async () => {
    const [update, ...updateArgs] = root('apt-get', 'update');
    await runCommand('apt-update', update, updateArgs, { env, hint });
    const [install, ...installArgs] = root('sh', '-c', quietInstall(packages, units));
    await runCommand('apt-install', install, installArgs, { env, hint });
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
