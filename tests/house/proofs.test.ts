// The proofs name their tests by pattern: one that matches nothing any more would prove nothing, and say that it holds.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from './root.js';

const proofs = join(root, 'scripts', 'proofs');
const tests = readdirSync(join(root, 'tests'), { recursive: true }).map(path => `tests/${String(path)}`);
const unitTests = tests.filter(path => path.endsWith('.test.ts'));

/** Where tests in Python are: those of `npm test`, and those that need an environment of a proof. */
const PYTHON = ['conformance', 'shipping'];

/** `a(b|c)d` as `abd` and `acd`. */
function alternatives(pattern: string): string[] {
  const inner = /\(([^()]*)\)/.exec(pattern);
  return inner === null
    ? [pattern]
    : inner[1]!.split('|').flatMap(word => alternatives(pattern.replace(inner[0], word)));
}

const parts = join(root, 'scripts', 'shipping');
const naming = [proofs, parts].flatMap(folder =>
  readdirSync(folder)
    .filter(name => name.endsWith('.mjs'))
    .map(name => [name, join(folder, name)] as const)
);

test.each(naming)('every test that %s names is there', (_, path) => {
  const text = readFileSync(path, 'utf8');
  const named = (quoted: RegExp): string[] => [...text.matchAll(quoted)].map(([, word]) => word!);
  const missing = [
    ...named(/'(tests\/[^']+)'/g)
      .flatMap(alternatives)
      .filter(pattern => !unitTests.some(path => new RegExp(pattern).test(path))),
    ...named(/'([\w/-]+\.spec)'/g).filter(spec => !tests.includes(`tests/ui/${spec}.ts`)),
    ...named(/'(test_\w+\.py)'/g).filter(
      file => !PYTHON.some(folder => tests.includes(`tests/${folder}/${file}`))
    )
  ];
  expect(missing).toEqual([]);
});

test('a word that no part has proves nothing, and the parts are listed', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(root, 'scripts', 'prove.mjs'), 'shipping', 'teapots'],
    { encoding: 'utf8' }
  );
  expect(status).toBe(1);
  expect(stderr).toContain('No part has the words teapots.');
  expect(stderr).toContain('hub-6: JupyterHub');
});
