// The proofs name their tests by pattern: one that matches nothing any more would prove nothing, and say that it holds.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from './root.js';

const proofs = join(root, 'scripts', 'proofs');
const tests = readdirSync(join(root, 'tests'), { recursive: true }).map(path => `tests/${String(path)}`);
const unitTests = tests.filter(path => path.endsWith('.test.ts'));

/** `a(b|c)d` as `abd` and `acd`. */
function alternatives(pattern: string): string[] {
  const inner = /\(([^()]*)\)/.exec(pattern);
  return inner === null
    ? [pattern]
    : inner[1]!.split('|').flatMap(word => alternatives(pattern.replace(inner[0], word)));
}

test.each(readdirSync(proofs))('every test that %s names is there', name => {
  const text = readFileSync(join(proofs, name), 'utf8');
  const named = (quoted: RegExp): string[] => [...text.matchAll(quoted)].map(([, word]) => word!);
  const missing = [
    ...named(/'(tests\/[^']+)'/g)
      .flatMap(alternatives)
      .filter(pattern => !unitTests.some(path => new RegExp(pattern).test(path))),
    ...named(/'([\w/-]+\.spec)'/g).filter(spec => !tests.includes(`tests/ui/${spec}.ts`)),
    ...named(/'(test_\w+\.py)'/g).filter(file => !tests.includes(`tests/conformance/${file}`))
  ];
  expect(missing).toEqual([]);
});
