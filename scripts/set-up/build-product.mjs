// Builds the product when a source is newer than what was built, and installs it into .venv.
import { join, relative } from 'node:path';
import { productNode, root, venvFolder } from './places.mjs';
import { withProgress } from './progress.mjs';
import { quietJupyterLab } from './quiet-jupyterlab.mjs';
import { runCommand } from './run-command.mjs';
import { makeWhenStale } from './stamp.mjs';

const LAYERS = ['contract', 'runbook', 'record', 'lifecycle', 'run', 'kernel', 'cli', 'labextension'];
const OTHER_SOURCES = [
  'schema',
  'style',
  'scripts/build.mjs',
  'scripts/bundle.mjs',
  'scripts/bundle-kernel.mjs',
  'scripts/bundle-pages.mjs',
  'scripts/run-rspack.mjs',
  'package.json',
  'package-lock.json'
];
const CONFIGURATIONS = ['tsconfig.json', 'tsconfig.base.json'];
const OUTPUTS = [
  'lib/cli/main.js',
  'lib/kernel/main.js',
  'lib/kernel/bundled/complete.js',
  'lib/lifecycle/decide/bundled/pages.js',
  'launchbook/labextension/package.json'
];

/** `tests` also compiles the tests, afterwards: `npm start`, which a browser test calls, then finds the product built. */
export async function buildProduct({ tests = false } = {}) {
  const sources = [...LAYERS, ...OTHER_SOURCES, ...CONFIGURATIONS];
  await makeWhenStale('build', sources, OUTPUTS, () =>
    withProgress('Building', () => build('build', '--product'))
  );
  if (tests) {
    await makeWhenStale('build-tests', [...sources, 'tests'], ['lib/tests.tsbuildinfo'], () =>
      withProgress('Compiling the tests', () => build('build-tests', '--layers'))
    );
  }
}

function build(name, option) {
  return runCommand(name, process.execPath, [join(root, 'scripts', 'build.mjs'), option]);
}

/** Makes kernel and extension known to the JupyterLab of .venv, or of another environment; changes nothing when they are. */
export async function installIntoJupyter(folder = venvFolder) {
  const args = [join(root, 'lib', 'cli', 'main.js'), 'install', '--prefix', folder];
  await withProgress(`Installing kernel and extension into ${relative(root, folder)}`, () =>
    runCommand('install', productNode(), args)
  );
  quietJupyterLab(folder);
}
