// Installs the npm dependencies when they are absent or differ from the lock file.
// Trick: npm itself writes what it installed to node_modules/.package-lock.json; each folder is looked for too, as one can be deleted.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './places.mjs';
import { withProgress } from './progress.mjs';
import { runCommand } from './run-command.mjs';

/** Makes node_modules what package-lock.json says. */
export async function installNpmDependencies() {
  if (isInstalled()) {
    return;
  }
  const [program, args] = npm(['ci']);
  await withProgress('Installing the npm dependencies', () =>
    runCommand('npm-ci', program, args, { hint: 'Is the npm registry reachable? Try: npm ping' })
  );
}

/** True when every package of the lock file that this platform needs is there in its version. */
function isInstalled() {
  const wanted = packagesIn(join(root, 'package-lock.json'));
  const present = packagesIn(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !present) {
    return false;
  }
  const isWanted = Object.entries(present).every(([path, entry]) => path in wanted || isOptional(entry));
  const isComplete = Object.entries(wanted).every(([path, entry]) => {
    const found = present[path];
    return (
      path === '' ||
      (found
        ? found.version === entry.version &&
          found.integrity === entry.integrity &&
          existsSync(join(root, path))
        : isOptional(entry))
    );
  });
  return isWanted && isComplete;
}

function isOptional(entry) {
  return Boolean(entry.optional || entry.devOptional || entry.peer);
}

function packagesIn(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** npm as it was started, else the one on the PATH. */
function npm(args) {
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js')) {
    return [process.execPath, [script, ...args]];
  }
  return process.platform === 'win32' ? ['npm.cmd', args] : ['npm', args];
}
