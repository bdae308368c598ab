// Bundles the JupyterLab extension into launchbook/labextension; does nothing when its inputs are what they were.
// Trick: the bundler gets a staged package of its own that holds the compiled extension and contract only.
// The root package's main entry and dependencies belong to the kernel and would all end up in the browser otherwise.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stage = join(root, `lib/bundle-${process.pid}`);
const output = join(root, 'launchbook/labextension');
const stamp = join(root, 'lib/bundle.sha256');
const corePackages = join(root, 'node_modules/@jupyterlab/core-meta/core.package.json');
/** JupyterLab 4.4 is the oldest that is supported, 4.6 the one that is built with. */
const MINORS_BACK = 2;
const INPUTS = ['lib/labextension', 'lib/contract', 'style', 'schema'];

for (const input of INPUTS) {
  if (!existsSync(join(root, input))) {
    fail(`bundle: ${input} does not exist. Run "npm run build", which compiles first.`);
  }
}
const hash = hashInputs();
const isFresh =
  existsSync(join(output, 'package.json')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
if (!isFresh || process.argv.includes('--force')) {
  try {
    stagePackage();
    bundle();
    publish();
  } catch (error) {
    process.exitCode = 1;
    console.error(error.message);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** The package that the bundler sees: one entry, no dependencies, so everything from JupyterLab is shared and nothing else exists. */
function stagePackage() {
  const { name, version, description, license, jupyterlab, styleModule, sideEffects } = readPackage();
  const manifest = {
    name,
    version,
    description,
    license,
    type: 'module',
    main: jupyterlab.extension,
    styleModule,
    sideEffects,
    dependencies: {},
    jupyterlab: {
      extension: true,
      schemaDir: jupyterlab.schemaDir,
      outputDir: 'out',
      sharedPackages: sharedPackages()
    }
  };
  mkdirSync(stage, { recursive: true });
  for (const input of INPUTS) {
    cpSync(join(root, input), join(stage, input), { recursive: true });
  }
  for (const name of readdirSync(join(stage, 'style')).filter(file => file.endsWith('.css'))) {
    const sheet = join(stage, 'style', name);
    writeFileSync(sheet, withoutRemarks(readFileSync(sheet, 'utf8')));
  }
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** A style sheet without comments and indentation, which the bundler would send to every page. No string in ours has such signs. */
function withoutRemarks(css) {
  return css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\n\s+/g, '\n');
}

/**
 * JupyterLab's own packages in the ranges that one bundle works with: from two minor versions before the one it is built with. The
 * builder would ask for that one or a later one, and the page of an older JupyterLab would have a warning for each package.
 */
function sharedPackages() {
  const { resolutions } = JSON.parse(readFileSync(corePackages, 'utf8'));
  return Object.fromEntries(
    Object.entries(resolutions)
      .filter(([name]) => name.startsWith('@jupyterlab/'))
      .map(([name, range]) => {
        const [, major, minor] = /(\d+)\.(\d+)/.exec(range);
        return [name, { bundled: false, requiredVersion: `^${major}.${Math.max(0, minor - MINORS_BACK)}.0` }];
      })
  );
}

function bundle() {
  const builder = join(root, 'node_modules/@jupyter/builder/lib/build-labextension.js');
  const result = spawnSync(process.execPath, [builder, '--core-package-file', corePackages, stage], {
    cwd: stage,
    encoding: 'utf8'
  });
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout}${result.stderr}`);
    throw new Error(`bundle: the bundler failed with exit code ${result.status ?? result.signal}.`);
  }
}

/** Swaps the folder at the end: a failed build leaves the last good bundle, and of two builds at once either may win. */
function publish() {
  const old = join(stage, 'old');
  mkdirSync(dirname(output), { recursive: true });
  try {
    renameSync(output, old);
  } catch (error) {
    if (error.code !== 'ENOENT') {
      throw error;
    }
  }
  try {
    renameSync(join(stage, 'out'), output);
  } catch (error) {
    if (!existsSync(join(output, 'package.json'))) {
      throw error;
    }
  }
  writeFileSync(stamp, hash);
}

function hashInputs() {
  const digest = createHash('sha256')
    .update(readFileSync(join(root, 'package.json')))
    .update(readFileSync(fileURLToPath(import.meta.url)));
  for (const input of INPUTS) {
    for (const name of readdirSync(join(root, input), { recursive: true, withFileTypes: false }).sort()) {
      if (/\.(js|css|json|svg)$/.test(name)) {
        digest.update(name).update(readFileSync(join(root, input, name)));
      }
    }
  }
  return digest.digest('hex');
}

function readPackage() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
