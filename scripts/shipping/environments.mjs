// Python environments with pinned versions and the built wheel, kept under .launchbook/shipping so that a proof can be repeated quickly.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, stateFolder, venvProgram } from '../set-up/places.mjs';
import { checkPrerequisites } from '../set-up/prerequisites.mjs';
import { makePythonEnvironment } from '../set-up/python-environment.mjs';
import { quietJupyterLab } from '../set-up/quiet-jupyterlab.mjs';
import { runCommand } from '../set-up/run-command.mjs';
import { SetUpFault } from '../set-up/set-up-fault.mjs';
import { ownPlatform } from '../wheel/platforms.mjs';

/** The folder of an environment that has what scripts/shipping/requirements/NAME.txt pins, and the wheel of this machine. Prints its versions. */
export async function shippedEnvironment(name) {
  const folder = join(stateFolder, 'shipping', name);
  const requirements = join('shipping', 'requirements', name);
  await makePythonEnvironment(checkPrerequisites(), requirements, folder);
  await installWheel(folder, ownWheel());
  quietJupyterLab(folder);
  console.log(`  ${name}: ${versionsOf(folder, join(root, 'scripts', `${requirements}.txt`)).join(', ')}`);
  return folder;
}

/** The wheel in dist/ for this machine. */
export function ownWheel() {
  const dist = join(root, 'dist');
  const names = existsSync(dist) ? readdirSync(dist) : [];
  const name = names.find(file => file.endsWith(`${ownPlatform()}.whl`));
  if (name === undefined) {
    throw new SetUpFault('There is no wheel for this machine in dist/.', 'Build it with: npm run wheel');
  }
  return join(dist, name);
}

/** Installs the wheel again only when it is another one. */
async function installWheel(folder, wheel) {
  const stamp = join(folder, '.wheel.stamp');
  const wanted = createHash('sha256').update(readFileSync(wheel)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return;
  }
  const pip = [
    '-m',
    'pip',
    'install',
    '--disable-pip-version-check',
    '--no-deps',
    '--force-reinstall',
    wheel
  ];
  await runCommand('pip-wheel', venvProgram('python', folder), pip);
  writeFileSync(stamp, wanted);
}

/** Those that the file names, and that of the server, as `name version`. */
function versionsOf(folder, file) {
  const named = readFileSync(file, 'utf8').match(/^[\w-]+/gm);
  const wanted = new Set([...named, 'launchbook', 'jupyter_server', 'jupyter_client'].map(plain));
  const { stdout } = spawnSync(venvProgram('python', folder), ['-m', 'pip', 'freeze', '--all'], {
    encoding: 'utf8'
  });
  return stdout
    .split('\n')
    .map(line => /^([\w.-]+)(?:==| @ .*?-)(\d[\w.]*)/.exec(line))
    .filter(found => found !== null && wanted.has(plain(found[1])))
    .map(([, name, version]) => `${name} ${version}`);
}

function plain(name) {
  return name.toLowerCase().replaceAll(/[_.]/g, '-');
}
