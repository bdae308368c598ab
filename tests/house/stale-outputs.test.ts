// What the compiler made of sources that are gone is not run, nor shipped.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './root.js';

const { removeStaleOutputs } = (await import(join(root, 'scripts/set-up/remove-stale-outputs.mjs'))) as {
  removeStaleOutputs(sources: string, compiled: string): string[];
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'launchbook-stale-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(...names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), '');
  }
}

test('outputs of a source that was renamed go, those of one that is there and everything else stay', () => {
  write('tests/a.slow.test.ts', 'page/b.ts');
  const kept = [
    'tests/a.slow.test.js',
    'tests/a.slow.test.d.ts',
    'page/b.js',
    'page/b.d.ts',
    'tests.tsbuildinfo',
    'page/bundle.js'
  ];
  const gone = ['tests/a.test.js', 'tests/a.test.js.map', 'tests/a.test.d.ts'];
  write(...[...kept, ...gone].map(name => `lib/${name}`));
  expect(removeStaleOutputs(folder, join(folder, 'lib'))).toEqual(['tests/a.test']);
  expect(gone.filter(name => existsSync(join(folder, 'lib', name)))).toEqual([]);
  expect(kept.filter(name => !existsSync(join(folder, 'lib', name)))).toEqual([]);
  expect(removeStaleOutputs(folder, join(folder, 'none'))).toEqual([]);
});
