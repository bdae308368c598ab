// docs/dependencies.md has a row for each dependency, with the version and licence that it has, and for no other.
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.js';

type Versions = Readonly<Record<string, string>>;

interface Manifest {
  readonly dependencies: Versions;
  readonly optionalDependencies: Versions;
  readonly devDependencies: Versions;
}

interface Row {
  readonly name: string;
  readonly cells: readonly string[];
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const page = read('docs/dependencies.md');
const manifest = JSON.parse(read('package.json')) as Manifest;
const { packages: locked } = JSON.parse(read('package-lock.json')) as {
  readonly packages: Readonly<Record<string, { readonly version: string; readonly license?: string }>>;
};

function sectionOf(title: string): string {
  return page.split(/^## /m).find(section => section.startsWith(`${title}\n`)) ?? '';
}

function rowsOf(title: string): readonly Row[] {
  return [...sectionOf(title).matchAll(/^\| `([^`]+)`\s*\|(.+)\|$/gm)].map(([, name, rest]) => ({
    name: name!,
    cells: rest!.split('|').map(cell => cell.trim())
  }));
}

const isOfJupyterLab = (name: string): boolean => /^@(jupyterlab|lumino)\//.test(name);

describe.each([
  ['At run time', manifest.dependencies],
  ['Node', manifest.optionalDependencies],
  [
    'For development',
    Object.fromEntries(Object.entries(manifest.devDependencies).filter(([name]) => !isOfJupyterLab(name)))
  ]
])('%s', (title, wanted) => {
  const rows = rowsOf(title);

  test('Each dependency has a row, and each row is a dependency', () => {
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(wanted));
  });

  test('A row has version, licence, size, day of the release, and a reason', () => {
    const faulty = rows.filter(({ name, cells: [version, licence, size, released, why] }) => {
      const entry = locked[`node_modules/${name}`];
      return (
        version !== wanted[name]!.replace(/^npm:.*@/, '') ||
        (entry?.license !== undefined && licence !== entry.license) ||
        !/^(–|\d[\d.]* [kM]B)$/.test(size!) ||
        !/^20\d\d-\d\d-\d\d$/.test(released!) ||
        !/^\S.{10,}/.test(why!)
      );
    });
    expect(faulty).toEqual([]);
  });
});

test('What travels with the product was released within 18 months before the newest of it', () => {
  const rows = rowsOf('At run time');
  const days = rows.map(({ cells }) => Date.parse(cells[3]!));
  // One that is finished says so, and why that does no harm.
  const kept = days.filter((_, index) => !/No release since 20\d\d: \S/.test(rows[index]!.cells[4]!));
  expect(kept.every(day => day > Math.max(...days) - 548 * 86_400_000)).toBe(true);
});

test('The packages of JupyterLab and Lumino are listed, all of one release', () => {
  const named = [...sectionOf('JupyterLab').matchAll(/`(@(?:jupyterlab|lumino)\/[\w-]+)`/g)].map(
    ([, name]) => name!
  );
  const wanted = Object.keys(manifest.devDependencies).filter(isOfJupyterLab);
  expect(wanted.filter(name => !named.includes(name))).toEqual([]);
  const release = /JupyterLab (\d[\d.]+)/.exec(sectionOf('JupyterLab'))![1];
  expect(manifest.devDependencies['@jupyterlab/application']).toBe(release);
});

test('Each Python package that is named in a file of ours has a row with its version', () => {
  const files = [
    'requirements',
    'test-requirements',
    'collaboration-requirements',
    'site-requirements',
    'release-requirements',
    'wheel-requirements'
  ];
  const lines = files.flatMap(name => read(`scripts/python-${name}.txt`).split('\n'));
  const project = read('pyproject.toml');
  const declared = [...project.matchAll(/^(?:requires|dependencies) = \["([^"]+)"\]/gm)].map(
    ([, line]) => line!
  );
  const rows = rowsOf('Python');
  const missing = [...lines, ...declared]
    .flatMap(line => [...line.matchAll(/^([\w-]+)(?:==)?(.*)$/g)])
    .filter(([, name, version]) => !rows.some(row => row.name === name && row.cells[1] === version));
  expect(missing.map(([line]) => line)).toEqual([]);
});
