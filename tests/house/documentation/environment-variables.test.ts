// docs/environment-variables.md names every variable that the product reads, and no other.
import { expect, test } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.js';

const PRODUCT = ['contract', 'runbook', 'record', 'lifecycle', 'run', 'kernel', 'cli', 'python'];
const AROUND = ['scripts', 'bench', 'tests'];

/** Variables that Node and the programs that are called read by themselves. */
const OF_OTHERS = ['NODE_EXTRA_CA_CERTS', 'HOME', 'PATH'];

/** Reads such as `process.env.HOME`, `environment['PATH']`, `{ HOME: home } = environment` and `os.environ.get("HOME")`. */
const READS = [
  /\benv(?:ironment|iron)?(?:\.get)?(?:\.|\[['"]|\(["'])([A-Z][A-Z0-9_]{3,})\b/g,
  /\{([^{}]*)\}\s*=\s*[\w.#]*env(?:ironment)?\b/g
];

function textsIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(ts|mjs|py)$/.test(name))
    .map(name => readFileSync(join(root, folder, name), 'utf8'));
}

const page = readFileSync(join(root, 'docs/environment-variables.md'), 'utf8');
const told = new Set([...page.matchAll(/`([A-Z][A-Z0-9_]{3,})`/g)].map(([, name]) => name!));

test('Each variable that the product reads is in the table', () => {
  const read = PRODUCT.flatMap(textsIn).flatMap(text =>
    READS.flatMap(pattern => [...text.matchAll(pattern)]).flatMap(([, names]) =>
      [...names!.matchAll(/\b[A-Z][A-Z0-9_]{3,}\b/g)].map(([name]) => name)
    )
  );
  expect(new Set(read).size).toBeGreaterThan(10);
  expect([...new Set(read)].filter(name => !told.has(name))).toEqual([]);
});

test('Each variable of the table is read by something', () => {
  const texts = [...PRODUCT, ...AROUND].flatMap(textsIn);
  const unread = [...told].filter(
    name => !OF_OTHERS.includes(name) && !texts.some(text => text.includes(name))
  );
  expect(unread).toEqual([]);
});
