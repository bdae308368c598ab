// Finds Chromium for the browser tests, and installs Debian's package when it is absent and that is permitted.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { withProgress } from './progress.mjs';
import { runCommand } from './run-command.mjs';
import { SetUpFault } from './set-up-fault.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_PATHS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
];
const PACKAGES = ['chromium', 'fonts-dejavu-core'];

/** The browser's path. LAUNCHBOOK_CHROMIUM overrides the search. */
export async function findChromium() {
  const named = process.env.LAUNCHBOOK_CHROMIUM;
  if (named && !existsSync(named)) {
    throw new SetUpFault(
      `LAUNCHBOOK_CHROMIUM names ${named}, which does not exist.`,
      'Correct it or unset it.'
    );
  }
  const found = named ?? search();
  if (found) {
    return found;
  }
  await installWithApt();
  const installed = search();
  if (!installed) {
    throw new SetUpFault('Chromium is still not found after its package was installed.', hint());
  }
  return installed;
}

function search() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = folders.flatMap(folder => NAMES.map(name => join(folder, name)));
  return [...candidates, ...MAC_PATHS].find(path => existsSync(path));
}

async function installWithApt() {
  const prefix = aptPrefix();
  if (!prefix) {
    throw new SetUpFault('Chromium is not installed; the browser tests need it.', hint());
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const [program, ...args] = [...prefix, 'apt-get'];
  await withProgress('Installing Chromium with apt-get', async () => {
    await runCommand('apt-update', program, [...args, 'update'], { env, hint: hint() });
    const install = [...args, 'install', '--yes', '--no-install-recommends', ...PACKAGES];
    await runCommand('apt-install', program, install, { env, hint: hint() });
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

function hint() {
  return `Install it (Debian: sudo apt-get install ${PACKAGES.join(' ')}), or set LAUNCHBOOK_CHROMIUM to a Chromium or Chrome.`;
}
