// What is inside of a package, for those who must know: a bill of materials (CycloneDX) and the licences of all parts. Both are
// the same for the same files: no time of day, no number by chance.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../set-up/places.mjs';

/** Node comes with the wheel's own dependency, and is no part of it. */
const NODE = /^node_modules\/node-(bin-)?(linux|darwin|win)/;

/** Packages that only the commands of other packages load, or only their types: no wheel has them. */
const UNUSED = new RegExp(
  `^node_modules/(${[
    'vega-lite/node_modules/.*',
    '(d3-dsv|d3-geo-projection|topojson-client)/node_modules/commander',
    '(iconv-lite|safer-buffer|rw|y18n|escalade|get-caller-file|get-east-asian-width|json-stringify-pretty-compact)',
    'vega-typings',
    'zeromq/node_modules/node-addon-api'
  ].join('|')})$`
);

/**
 * Paths in the lock file of the packages that are needed at run time: on one platform (`os`, `cpu`, `libc`), or on any when it is null.
 * `isBare`: without Node itself.
 */
export function runtimePackages(platform, { isBare = platform !== null } = {}) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([path, entry]) => path !== '' && !entry.dev && !entry.devOptional)
    .filter(([path]) => platform === null || !UNUSED.test(path))
    .filter(([path, entry]) => !(isBare && NODE.test(path)) && (platform === null || isFor(entry, platform)))
    .map(([path, { name, version, license, integrity, dependencies, optionalDependencies }]) => ({
      path,
      name: nameAt(path),
      // An alias, such as typescript-native, is another package in the registry.
      resolvedName: name ?? nameAt(path),
      version,
      license,
      integrity,
      dependencies: { ...dependencies, ...optionalDependencies }
    }));
}

function isFor(entry, { os, cpu, libc }) {
  const fits = (list, value) => list === undefined || value === null || list.includes(value);
  return fits(entry.os, os) && fits(entry.cpu, cpu) && fits(entry.libc, libc);
}

/** The bill of materials as text. npm's own (`npm sbom --omit dev`) leaves out what a development dependency needs too, such as zeromq. */
export function billOfMaterials(platform) {
  const { version, license, description } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const parts = runtimePackages(platform);
  const known = new Set(parts.map(({ path }) => path));
  const product = {
    'bom-ref': `launchbook@${version}`,
    type: 'application',
    name: 'launchbook',
    version,
    description
  };
  const bill = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      component: { ...product, licenses: [licenceOf(license)], purl: `pkg:npm/launchbook@${version}` }
    },
    components: parts.map(componentOf),
    dependencies: [
      { ref: product['bom-ref'], dependsOn: partsOf('', dependenciesOfProduct(), known) },
      ...parts.map(({ path, dependencies }) => ({ ref: path, dependsOn: partsOf(path, dependencies, known) }))
    ]
  };
  const digest = createHash('sha256').update(JSON.stringify(bill)).digest('hex');
  const serialNumber = `urn:uuid:${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
  return `${JSON.stringify({ ...bill, serialNumber }, null, 2)}\n`;
}

function componentOf({ path, name, version, license, integrity, resolvedName }) {
  const [algorithm, value = ''] = (integrity ?? '').split(/-(.*)/s);
  const hashes =
    algorithm === 'sha512' ? [{ alg: 'SHA-512', content: Buffer.from(value, 'base64').toString('hex') }] : [];
  return {
    'bom-ref': path,
    type: 'library',
    name,
    version,
    licenses: license === undefined ? [] : [licenceOf(license)],
    purl: `pkg:npm/${resolvedName.replace('@', '%40')}@${version}`,
    hashes
  };
}

function licenceOf(license) {
  return / (AND|OR) /.test(license) ? { expression: license } : { license: { id: license } };
}

/** Where npm finds the packages that the one at `path` asks for: in its own folder, else in those above. */
function partsOf(path, names, known) {
  return Object.keys(names).flatMap(name => {
    const folders = [
      path,
      ...path
        .split('/node_modules/')
        .map((_, at, all) => all.slice(0, at).join('/node_modules/'))
        .reverse(),
      ''
    ];
    const found = folders
      .map(folder => `${folder === '' ? '' : `${folder}/`}node_modules/${name}`)
      .find(place => known.has(place));
    return found === undefined ? [] : [found];
  });
}

function dependenciesOfProduct() {
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return { ...dependencies, ...optionalDependencies };
}

/** The licences of all parts as text. `folder` holds node_modules of the platform. */
export function partsLicences(platform, folder) {
  const parts = runtimePackages(platform).filter(({ path }) => existsSync(join(folder, path)));
  const texts = new Map();
  for (const { path, name, version, license } of parts) {
    const text = licenceTextIn(join(folder, path));
    const key = text ?? `No text of its own; its package says: ${license}.`;
    texts.set(key, [...(texts.get(key) ?? []), `${name} ${version} (${license ?? 'see its own'})`]);
  }
  const sections = [...texts].map(
    ([text, names]) => `${names.map(name => `- ${name}`).join('\n')}\n\n${text.trim()}\n`
  );
  return `Licences of the parts of Launchbook\n\n${sections.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

function licenceTextIn(folder) {
  const names = readdirSync(folder).filter(name => /^(licen[cs]e|copying|notice)/i.test(name));
  const texts = names
    .sort()
    .map(name => readFileSync(join(folder, name), 'utf8').replace(/\r\n/g, '\n').trim());
  return texts.length === 0 ? null : texts.join('\n\n');
}

function nameAt(path) {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
