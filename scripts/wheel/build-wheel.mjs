// What a wheel carries, and nothing else: compiled layers, the npm packages they need at run time, extension, kernelspec.
// A wheel for every platform can be gathered on one machine: npm installs the packages of another platform too.
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { billOfMaterials, partsLicences } from '../release/parts-list.mjs';
import { buildProduct } from '../set-up/build-product.mjs';
import { installNpmDependencies } from '../set-up/npm-dependencies.mjs';
import { root, stateFolder, venvProgram } from '../set-up/places.mjs';
import { checkPrerequisites } from '../set-up/prerequisites.mjs';
import { makePythonEnvironment } from '../set-up/python-environment.mjs';
import { withProgress } from '../set-up/progress.mjs';
import { runCommand } from '../set-up/run-command.mjs';
import { orExplain, SetUpFault } from '../set-up/set-up-fault.mjs';
import { checkWheel } from './check-wheel.mjs';
import { gatherPackages } from './gather-packages.mjs';
import { ownPlatform, PLATFORMS } from './platforms.mjs';

const HELP = `Usage: npm run wheel [-- --platform NAME]...

Builds Python wheels in dist/: for this machine, or for the platforms that are named. Each is checked after it is built: processor and
glibc of every binary, one native addon of a kind, sizes and paths.

Options:
  --platform NAME   ${Object.keys(PLATFORMS).join(', ')}, or all

Examples:
  npm run wheel
  npm run wheel -- --platform all`;

const LAYERS = ['contract', 'runbook', 'record', 'lifecycle', 'run', 'kernel', 'cli'];
const stage = join(root, 'dist', 'wheel');
const product = join(stage, 'product');
const toolsFolder = join(stateFolder, 'wheel');

export async function buildWheels(args) {
  await orExplain('wheel', async () => {
    const options = { platform: { type: 'string', multiple: true }, help: { type: 'boolean' } };
    const { values } = parseArgs({ args, options });
    if (values.help) {
      console.log(HELP);
      return;
    }
    const platforms = chosenPlatforms(values.platform ?? [ownPlatform()]);
    const python = checkPrerequisites();
    await installNpmDependencies();
    await buildProduct();
    await makePythonEnvironment(python, 'python-wheel-requirements', toolsFolder);
    for (const platform of platforms) {
      console.log(
        join(
          'dist',
          await withProgress(`Building the wheel for ${platform}`, () => buildWheel(platform, python))
        )
      );
    }
  });
}

function chosenPlatforms(names) {
  const chosen = names.includes('all') ? Object.keys(PLATFORMS) : names;
  const unknown = chosen.filter(name => !Object.hasOwn(PLATFORMS, name));
  if (unknown.length > 0) {
    throw new SetUpFault(
      `There is no platform ${unknown.join(', ')}.`,
      `There are: ${Object.keys(PLATFORMS).join(', ')}, or all.`
    );
  }
  return chosen;
}

/** The name of the wheel in dist/. */
async function buildWheel(platform, python) {
  rmSync(stage, { recursive: true, force: true });
  gatherProduct();
  await gatherPackages(platform, product);
  writeFileSync(join(stage, 'launchbook.cdx.json'), billOfMaterials(PLATFORMS[platform]));
  writeFileSync(join(stage, 'THIRD_PARTY_LICENSES'), partsLicences(PLATFORMS[platform], product));
  gatherExtension();
  await gatherKernelspec();
  const made = join(root, 'dist', 'made');
  rmSync(made, { recursive: true, force: true });
  await runCommand(
    'wheel',
    python,
    ['-m', 'pip', 'wheel', '--retries', '1', '--no-deps', '--wheel-dir', made, root],
    // The same files give the same wheel, byte for byte.
    { env: { ...process.env, LAUNCHBOOK_WHEEL_PLATFORM: platform, SOURCE_DATE_EPOCH: '1767225600' } }
  );
  const name = readdirSync(made).find(file => file.endsWith(`${platform}.whl`));
  const wheel = join(made, name);
  await runCommand('wheel-recompress', venvProgram('python', toolsFolder), [
    join(import.meta.dirname, 'recompress.py'),
    wheel
  ]);
  console.error(`  ${name}: ${checkWheel(platform, stage, wheel)}`);
  // What lies in dist/ is whole and has passed, at every moment.
  const dist = dirname(made);
  renameSync(wheel, join(dist, name));
  rmSync(made, { recursive: true });
  readdirSync(dist)
    .filter(file => file !== name && file.endsWith(`${platform}.whl`))
    .forEach(file => rmSync(join(dist, file)));
  return name;
}

function gatherProduct() {
  for (const layer of LAYERS) {
    cpSync(join(root, 'lib', layer), join(product, 'lib', layer), {
      recursive: true,
      filter: path =>
        !/\.(map|tsbuildinfo)$/.test(path) &&
        (layer === 'runbook' || layer === 'contract' || !path.endsWith('.d.ts'))
    });
  }
  for (const path of [
    'package.json',
    'LICENSE',
    'kernel/kernelspec',
    'launchbook/labextension',
    'docs/errors'
  ]) {
    cpSync(join(root, path), join(product, path), {
      recursive: true,
      filter: file => !/\.ts$|tsconfig\.json$/.test(file)
    });
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

/**
 * The command's kernelspec, which starts the program of the environment that it lies in, whatever Python asks for it: `python` in its
 * place would become the Python of the one who asks.
 */
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
  const argv = ['{resource_dir}/../../../../bin/launchbook-kernel', '{connection_file}'];
  const kernelspec = { ...makeKernelspec('', ''), argv };
  writeFileSync(join(folder, 'kernel.json'), `${JSON.stringify(kernelspec, null, 2)}\n`);
}
