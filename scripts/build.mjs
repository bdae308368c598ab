// Compiles every layer with TypeScript 7 (project references), then bundles the JupyterLab extension when it is stale.
// `--layers` stops after the compiler.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function run(title, args) {
  const result = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (result.status !== 0) {
    console.error(`build: ${title} failed with exit code ${result.status ?? result.signal}.`);
    process.exit(1);
  }
}

run('the TypeScript compiler', [join(root, 'node_modules/typescript-native/bin/tsc'), '-b']);
if (!process.argv.includes('--layers') && existsSync(join(root, 'scripts/bundle.mjs'))) {
  run('the extension bundler', [join(root, 'scripts/bundle.mjs')]);
}
