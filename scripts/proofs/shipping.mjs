// Proof of the shipping: the wheels of six platforms, built and checked; the one of this machine installed in every way, in each JupyterLab
// and Notebook that it is for, each with the story of a run in a browser. Its environments are kept in .launchbook/shipping.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../set-up/places.mjs';
import { runJestTests } from '../test-parts/jest.mjs';
import { WAYS } from '../wheel/ways.mjs';
import { isClean, proveParts } from './prove-parts.mjs';

/** What is known of a wheel without installing it, and the commands that install and remove. */
const TESTS = [
  'tests/house/(wheel|native-parts|versions|quiet-install)',
  'tests/cli/(install|uninstall|doctor)'
];

export function proveShipping() {
  process.env.LAUNCHBOOK_PROOF = '1';
  return proveParts({
    'six wheels are built and checked: processor, C library, addons, sizes': () =>
      succeeds('scripts/wheel.mjs', '--platform', 'all'),
    'the checks of a wheel find what they should; the lock file holds all platforms': async () =>
      isClean(await runJestTests({ patterns: TESTS, unitOnly: false })),
    ...each(Object.keys(WAYS), 'the wheel of this machine is installed so and taken away again', async way =>
      succeeds('scripts/prove-wheel.mjs', (await shipping('environments')).ownWheel(), way)
    ),
    'the npm package and its parts; the workflow files pass zizmor and their schema': () =>
      succeeds('scripts/release.mjs', 'pack') &&
      succeeds('scripts/release.mjs', 'parts') &&
      succeeds('scripts/release.mjs', 'workflows'),
    'the commands of Dockerfile, Binder and conda recipe, in fresh environments': async () =>
      (await shipping('recipes')).proveRecipes(),
    'the site builds without a warning; every link and every block of code in it is tried; every error has its page':
      async () =>
        succeeds('scripts/site.mjs') &&
        isClean(
          await runJestTests({
            patterns: ['tests/house/(documentation|release)', 'tests/cli/explain'],
            unitOnly: false
          })
        ),
    ...each(
      ['lab-4.4', 'lab-4.5', 'lab-4.6'],
      'the story of a run in JupyterLab and the Notebook made of it, without a message of ours',
      async name => (await shipping('browser-matrix')).proveBrowsers([name])
    ),
    'the first ten minutes of a stranger, word by word': async () =>
      (await shipping('first-ten-minutes')).proveFirstTenMinutes(),
    'nbclient, nbconvert, papermill, consoles, jupytext, nbval, nbdime, collaboration and git': async () =>
      (await shipping('programs')).provePrograms(),
    ...each(['hub-5', 'hub-6'], 'JupyterHub with its proxy and two people', async name =>
      (await shipping('hubs')).proveHubs([name])
    ),
    ...each(
      ['kernel-gateway', 'enterprise-gateway'],
      'kernels behind a gateway, JupyterLab in front',
      async name => (await shipping('gateways')).proveGateways({ names: [name] })
    ),
    'the story of a run in a network with loopback alone': async () =>
      (await shipping('loopback')).proveLoopback(),
    // What npm has for Apple's processors, and the newest.
    ...each(['24.0.0', '24.22.3'], 'this Node runs the kernel', async version =>
      (await shipping('node-versions')).proveNodeVersions([version])
    ),
    'the command starts in an older Node too': async () => (await shipping('node-versions')).proveOlderNodes()
  });
}

/** Parts that are alike, one for each name, so that each can be run alone. */
function each(names, what, prove) {
  return Object.fromEntries(names.map(name => [`${name}: ${what}`, () => prove(name)]));
}

/** A module of scripts/shipping, loaded once what it imports is installed: `npm run prove -- --help` needs nothing. */
async function shipping(name) {
  return await import(`../shipping/${name}.mjs`);
}

/** Runs a script of ours as a person does. */
function succeeds(script, ...args) {
  return (
    spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio: 'inherit' }).status === 0
  );
}
