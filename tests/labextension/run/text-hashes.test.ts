// Hashes of cells' texts, equal to those that the kernel computes.
import { expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { TextHashes } from '../../../labextension/run/text-hashes.js';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

test('texts have the hash that the kernel gives them, also beyond ASCII', async () => {
  const sources = { a: 'await $`true`', b: '', c: 'const ☂ = "ü"; // 😀' };
  const cells = Object.entries(sources).map(([id, source]) => ({ id, source }));
  expect(await new TextHashes().of(cells)).toEqual({
    a: sha(sources.a),
    b: sha(sources.b),
    c: sha(sources.c)
  });
});

test('only a text that changed is hashed again, and a cell that is gone is not told', async () => {
  const hashes = new TextHashes();
  await hashes.of([
    { id: 'a', source: 'one' },
    { id: 'b', source: 'two' }
  ]);
  const digest = globalThis.crypto.subtle.digest.bind(globalThis.crypto.subtle);
  let count = 0;
  globalThis.crypto.subtle.digest = (...args) => {
    count += 1;
    return digest(...args);
  };
  try {
    expect(await hashes.of([{ id: 'a', source: 'three' }])).toEqual({ a: sha('three') });
    expect(await hashes.of([{ id: 'a', source: 'three' }])).toEqual({ a: sha('three') });
  } finally {
    globalThis.crypto.subtle.digest = digest;
  }
  expect(count).toBe(1);
});
