// Forty of npm's most used packages, imported in every form in folders with and without a type. Installed from npm when the proof asks.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disagreements, type ImportedPackage } from './imports-agree.js';
import { LiveNotebook } from './live-notebook.js';

/** Each with a name that it exports, or null where it has a default alone; with `@types` when its types are a package of their own. */
const PACKAGES: readonly (readonly [name: string, named: string | null, types?: '@types'])[] = [
  ['lodash', 'map', '@types'],
  ['chalk', 'Chalk'],
  ['react', 'createElement', '@types'],
  ['express', 'Router', '@types'],
  ['axios', 'isAxiosError'],
  ['commander', 'Command'],
  ['moment', 'utc'],
  ['uuid', 'v4'],
  ['debug', 'enable', '@types'],
  ['semver', 'valid', '@types'],
  ['glob', 'globSync'],
  ['fs-extra', 'copy', '@types'],
  ['dayjs', 'extend'],
  ['zod', 'z'],
  ['yaml', 'parse'],
  ['ajv', 'Ajv'],
  ['async', 'parallel', '@types'],
  ['bluebird', 'delay', '@types'],
  ['rxjs', 'of'],
  ['tslib', '__assign'],
  ['minimist', null, '@types'],
  ['ms', null, '@types'],
  ['qs', 'parse', '@types'],
  ['ws', 'WebSocketServer', '@types'],
  ['dotenv', 'config'],
  ['execa', 'execa'],
  ['p-limit', null],
  ['nanoid', 'nanoid'],
  ['immer', 'produce'],
  ['js-yaml', 'load', '@types'],
  ['marked', 'marked'],
  ['handlebars', 'compile'],
  ['ramda', 'map', '@types'],
  ['jsonwebtoken', 'sign', '@types'],
  ['validator', 'isEmail', '@types'],
  ['mime-types', 'lookup', '@types'],
  ['date-fns', 'format'],
  ['luxon', 'DateTime', '@types'],
  ['lru-cache', 'LRUCache'],
  ['eventemitter3', 'EventEmitter']
];

/** Installs them and imports all; prints where the check and the run do not agree. True when they agree everywhere. */
export async function npmPackagesAgree(): Promise<boolean> {
  const place = mkdtempSync(join(tmpdir(), 'launchbook-npm-'));
  try {
    writeFileSync(join(place, 'package.json'), '{}');
    const names = PACKAGES.flatMap(([name, , types]) => (types ? [name, `@types/${name}`] : [name]));
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...names], { cwd: place });
    const packages = PACKAGES.map(([name, named]): ImportedPackage => ({ name, named }));
    let hasPassed = true;
    for (const type of [null, 'module', 'commonjs']) {
      const notebook = new LiveNotebook({ 'package.json': JSON.stringify(type === null ? {} : { type }) });
      renameSync(join(place, 'node_modules'), join(notebook.folder, 'node_modules'));
      await notebook.start();
      const { checked, stricter, faults } = await disagreements(notebook, packages);
      console.log(
        `folder of type ${type}: ${checked} imports of ${packages.length} packages, ${faults.length} pass the check and fail; the check refuses ${stricter.length} that run: ${stricter.join(', ')}`
      );
      faults.forEach(fault => console.log(`  ${fault}`));
      hasPassed &&= faults.length === 0 && stricter.length === 0;
      renameSync(join(notebook.folder, 'node_modules'), join(place, 'node_modules'));
      await notebook.close();
    }
    return hasPassed;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
