// What the npm package says of itself, and what is in it: each planted fault is named.
import { beforeAll, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.js';

interface Pack {
  readonly faultsOfManifest: (manifest: object) => readonly string[];
  readonly faultsOfFiles: (packed: object) => readonly string[];
  readonly neededNode: () => string;
}

let pack: Pack;

beforeAll(async () => {
  pack = (await import(join(root, 'scripts/release/pack-npm.mjs'))) as Pack;
});

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly engines: object;
  readonly scripts: object;
};

test('It names the Node that its dependencies need, runs nothing when it is installed, and is published with provenance', () => {
  expect(pack.neededNode()).toMatch(/^\d+\.\d+\.\d+$/);
  expect(pack.faultsOfManifest(manifest)).toEqual([]);
});

test('An older Node, a script at installation, another system and a missing provenance are told together', () => {
  const faults = pack.faultsOfManifest({
    ...manifest,
    engines: { node: '>=18' },
    os: ['linux'],
    scripts: { ...manifest.scripts, postinstall: 'node fetch.js' },
    publishConfig: {}
  });
  expect(faults).toEqual([
    'the script postinstall would run when it is installed or packed',
    expect.stringMatching(/^engines\.node is >=18, expected >=\d/),
    'os is not Linux and macOS',
    'publishConfig does not ask for provenance'
  ]);
});

test('A missing file, a test, a notebook and too many bytes are told', () => {
  const paths = ['lib/tests/cli/main.test.js', 'runs/release.ipynb', 'package.json'];
  const faults = pack.faultsOfFiles({ files: paths.map(path => ({ path })), size: 50e6 });
  expect(faults).toContain('lib/kernel/main.js is missing');
  expect(faults).toContain('lib/tests/cli/main.test.js does not belong into it');
  expect(faults).toContain('runs/release.ipynb does not belong into it');
  expect(faults.at(-1)).toMatch(/^it has 50000000 bytes/);
});
