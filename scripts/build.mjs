// Compiles every layer with TypeScript 7 (project references), then bundles the kernel, the pages on which people
// decide, and the JupyterLab extension when it is stale.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readOptions } from './set-up/read-options.mjs';
import { removeStaleOutputs } from './set-up/remove-stale-outputs.mjs';

const options = readOptions(
  `Usage: npm run build [-- --layers | --product]

Compiles, and bundles what is stale.

  --layers   stops after the compiler
  --product  leaves the tests out
  --help     this text`,
  ['layers', 'product']
);
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const compiler = join(root, 'node_modules', 'typescript-native', 'bin', 'tsc');

removeStaleOutputs(root, join(root, 'lib'));
run('The TypeScript compiler', [
  compiler,
  '-b',
  ...(options.product ? ['cli', 'kernel', 'labextension', 'lifecycle/decide/page'] : [])
]);
if (!options.layers) {
  run('The kernel bundler', [join(root, 'scripts', 'bundle-kernel.mjs')]);
  run('The bundler of the pages', [join(root, 'scripts', 'bundle-pages.mjs')]);
  run('The extension bundler', [join(root, 'scripts', 'bundle.mjs')]);
}

function run(title, args) {
  const result = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (result.status !== 0) {
    console.error(`build: ${title} ended with ${result.status ?? result.signal}.`);
    process.exit(1);
  }
}
