// A test that only the proofs of `npm run prove` run. tests/README.md says what these are. A file that holds nothing else is named `.proof.test.ts`.
import { test } from '@jest/globals';
import { rounds } from './proof.js';

/** Like `test` of jest in a proof; nothing in `npm test`. `mostMs`: how long it may take, in milliseconds. */
export function testInProof(name: string, act: () => Promise<void>, mostMs?: number): void {
  if (rounds({ inTest: 0, inProof: 1 }) > 0) {
    test(name, act, mostMs);
  }
}
