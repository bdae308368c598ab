// Compiles every layer with TypeScript 7 (project references), then bundles the kernel, the pages on which people
// decide, and the JupyterLab extension when it is stale.
// `--layers` stops after the compiler, `--product` leaves the tests out.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const compiler = join(root, 'node_modules', 'typescript-native', 'bin', 'tsc');
const isProductOnly = process.argv.includes('--product');

run('The TypeScript compiler', [
  compiler,
  '-b',
  ...(isProductOnly ? ['cli', 'kernel', 'labextension', 'lifecycle/decide/page'] : [])
]);
if (!process.argv.includes('--layers')) {
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
