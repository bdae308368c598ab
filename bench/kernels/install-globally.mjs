// Installs an npm package with all that it needs inside of its own folder, as `npm install --global` does.
// A hoisted installation takes tslab its types away. npm's own record of what is there tells whether it is up to date.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withProgress } from '../../scripts/set-up/progress.mjs';
import { runCommand } from '../../scripts/set-up/run-command.mjs';
import { benchFolder } from '../place.mjs';

/** Resolves with the package's folder. */
export async function installGlobally(name, version) {
  const prefix = join(benchFolder, name);
  const isWindows = process.platform === 'win32';
  const folder = join(prefix, ...(isWindows ? [] : ['lib']), 'node_modules', name);
  if (versionIn(folder) !== version) {
    const args = ['install', '--global', '--prefix', prefix, '--ignore-scripts', '--no-audit', '--no-fund'];
    const script = process.env.npm_execpath;
    const [program, before] = script?.endsWith('.js')
      ? [process.execPath, [script]]
      : [isWindows ? 'npm.cmd' : 'npm', []];
    await withProgress(`Installing ${name} ${version}`, () =>
      runCommand(`bench-${name}`, program, [...before, ...args, `${name}@${version}`], {
        hint: 'Is the npm registry reachable? Try: npm ping'
      })
    );
  }
  return folder;
}

function versionIn(folder) {
  const manifest = join(folder, 'package.json');
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : undefined;
}
