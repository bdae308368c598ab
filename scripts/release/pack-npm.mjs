// The npm package, packed and looked into: what must be there, what must not, what it says of itself.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../set-up/places.mjs';
import { SetUpFault } from '../set-up/set-up-fault.mjs';

/** Files without which it does not work. */
const NEEDED = [
  'package.json',
  'README.md',
  'LICENSE',
  'lib/cli/main.js',
  'lib/kernel/main.js',
  'lib/kernel/bundled/complete.js',
  'lib/lifecycle/decide/bundled/pages.js',
  'lib/runbook/index.js',
  'lib/runbook/index.d.ts',
  'kernel/kernelspec/logo-svg.svg',
  'launchbook/labextension/package.json',
  'docs/errors/hold.md',
  'style/index.js',
  'schema/phases.json'
];

const FOREIGN =
  /^lib\/tests\/|\.tsbuildinfo$|\.map$|^(tests|bench|scripts|node_modules|\.)|\.(key|pem|ipynb|env)$/;

/** Scripts that npm runs at whoever installs the package. */
const INSTALL_SCRIPTS = [
  'preinstall',
  'install',
  'postinstall',
  'prepublish',
  'prepare',
  'prepack',
  'postpack'
];

const MOST_BYTES = 6 * 1024 * 1024;

/** Packs into `folder` and says what it is. Throws with all faults at once. */
export function packNpm(folder) {
  mkdirSync(folder, { recursive: true });
  const answer = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 64 * 1024 * 1024
  });
  const [packed] = JSON.parse(answer);
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const faults = [...faultsOfFiles(packed), ...faultsOfManifest(manifest)];
  if (faults.length > 0) {
    throw new SetUpFault('The npm package is not as it should be.', faults.join('\n'));
  }
  return `${packed.filename}: ${packed.files.length} files, ${(packed.size / 1e6).toFixed(1)} MB, ${(packed.unpackedSize / 1e6).toFixed(1)} MB unpacked`;
}

/** What is wrong with the files of a package, as `npm pack --json` lists them. */
export function faultsOfFiles({ files, size }) {
  const paths = files.map(({ path }) => path);
  return [
    ...NEEDED.filter(path => !paths.includes(path)).map(path => `${path} is missing`),
    ...paths.filter(path => FOREIGN.test(path)).map(path => `${path} does not belong into it`),
    ...(size > MOST_BYTES ? [`it has ${size} bytes, at most ${MOST_BYTES} are expected`] : [])
  ];
}

/** The lowest Node that all packages which are needed at run time take. */
export function neededNode() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const floors = Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
    .flatMap(([, { engines }]) => floorOf(engines?.node ?? ''));
  return floors
    .sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])
    .at(-1)
    .join('.');
}

/** From where on a range has no gap: `^20.19.0 || ^22.12.0 || >=23` begins at 22.12.0. */
function floorOf(range) {
  const starts = [...range.matchAll(/(>=|\^) ?(\d+(?:\.\d+)*)/g)]
    .map(([, sign, version]) => ({ sign, version: [...version.split('.').map(Number), 0, 0].slice(0, 3) }))
    .reverse();
  const open = starts.findIndex(({ sign }) => sign === '>=');
  const floor = starts
    .slice(open + 1)
    .reduce(
      (lowest, { version }) => (version[0] === lowest[0] - 1 && lowest[1] === 0 ? version : lowest),
      starts[open]?.version
    );
  return open < 0 ? [] : [floor];
}

/** What is wrong with what a package says of itself. */
export function faultsOfManifest({ scripts = {}, engines, os = [], license, bin, publishConfig }) {
  return [
    ...INSTALL_SCRIPTS.filter(name => name in scripts).map(
      name => `the script ${name} would run when it is installed or packed`
    ),
    ...(engines?.node === `>=${neededNode()}`
      ? []
      : [`engines.node is ${engines?.node}, expected >=${neededNode()}: its dependencies need that`]),
    ...(os.includes('linux') && os.includes('darwin') && os.length === 2
      ? []
      : ['os is not Linux and macOS']),
    ...(license === 'BSD-3-Clause' ? [] : [`the licence is ${license}`]),
    ...(bin?.launchbook === 'lib/cli/main.js' ? [] : ['the command launchbook is not lib/cli/main.js']),
    ...(publishConfig?.provenance === true && publishConfig.access === 'public'
      ? []
      : ['publishConfig does not ask for provenance'])
  ];
}
