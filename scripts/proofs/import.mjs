// Proof of the import: 2,000 generated blocks of shell against bash itself, samples of every format byte for byte, and files that were made
// to break a reader.
import { runJestTests } from '../test-parts/jest.mjs';
import { isClean, proveParts } from './prove-parts.mjs';

/** Compiled tests: the mapper and its checks, the command, and production that refuses guesses. */
const TESTS = ['tests/lifecycle/import', 'tests/cli/(import|new)', 'tests/contract/lint'];

export function proveImport() {
  process.env.LAUNCHBOOK_PROOF = '1';
  return proveParts({
    'nothing lost, no argument different, and every guess is told': async () =>
      isClean(await runJestTests({ patterns: TESTS, unitOnly: false }))
  });
}
