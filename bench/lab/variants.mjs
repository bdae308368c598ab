// The four JupyterLabs that are compared: one installation, and beside it a folder with one extension or none.
// All of them run ipykernel, so that only the extension makes the difference.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/set-up/places.mjs';
import { withProgress } from '../../scripts/set-up/progress.mjs';
import { runCommand } from '../../scripts/set-up/run-command.mjs';
import { benchFolder } from '../place.mjs';

export const OURS = 'launchbook';
export const PLAIN = 'plain';

const PEERS = { 'execute-time': 'jupyterlab-execute-time==3.3.0', notify: 'jupyterlab-notify==3.0.0' };
const folder = join(benchFolder, 'lab');
const isWindows = process.platform === 'win32';

/** The Python with JupyterLab and without any extension. */
export const labPython = join(
  folder,
  'python',
  isWindows ? 'Scripts' : 'bin',
  isWindows ? 'python.exe' : 'python'
);

/** Every variant: its name, what its server gets in its environment, and where its code comes from in the browser. */
export async function prepareVariants(python) {
  await makeLab(python);
  for (const [name, requirement] of Object.entries(PEERS)) {
    await makePeer(name, requirement);
  }
  return [
    { name: PLAIN, environment: {}, code: null },
    ...Object.entries(PEERS).map(([name, requirement]) => ({
      name,
      environment: environmentOf(join(folder, name)),
      code: `/lab/extensions/${requirement.split('==')[0]}/`
    })),
    { name: OURS, environment: environmentOf(linkOurs()), code: '/lab/extensions/launchbook/' }
  ];
}

/** The product, as it is built in this checkout. */
function linkOurs() {
  const place = join(folder, OURS);
  const extensions = join(place, 'share', 'jupyter', 'labextensions');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(extensions, { recursive: true });
  symlinkSync(join(root, 'launchbook', 'labextension'), join(extensions, 'launchbook'), 'junction');
  return place;
}

function environmentOf(place) {
  return {
    JUPYTER_PATH: join(place, 'share', 'jupyter'),
    JUPYTER_CONFIG_PATH: join(place, 'etc', 'jupyter'),
    PYTHONPATH: place
  };
}

async function makeLab(python) {
  const requirements = join(root, 'bench', 'lab', 'python-requirements.txt');
  await unlessMade('python', readFileSync(requirements, 'utf8'), async place => {
    await runCommand('bench-lab-venv', python, ['-m', 'venv', '--clear', place]);
    await pip('bench-lab-pip', ['--requirement', requirements]);
  });
}

async function makePeer(name, requirement) {
  await unlessMade(name, requirement, place =>
    pip(`bench-lab-${name}`, ['--no-deps', '--upgrade', '--target', place, requirement])
  );
}

function pip(name, args) {
  const install = ['-m', 'pip', 'install', '--retries', '1', '--disable-pip-version-check'];
  return runCommand(name, labPython, [...install, ...args], {
    hint: 'Is the Python package index reachable? A mirror can be set with: pip config set global.index-url URL'
  });
}

async function unlessMade(name, wanted, make) {
  const place = join(folder, name);
  const stamp = join(place, '.bench.stamp');
  const hash = createHash('sha256').update(wanted).digest('hex');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash) {
    await withProgress(`Installing ${name} for the benchmark of JupyterLab`, () => make(place));
    writeFileSync(stamp, hash);
  }
}
