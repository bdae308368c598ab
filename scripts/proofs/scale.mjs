// Proof of growth: long histories, long chains of types and many watchers feel like the small case; a snapshot decides nothing.
import { runJestTests } from '../test-parts/jest.mjs';
import { areFiguresReached, isClean, proveParts } from './prove-parts.mjs';

const TESTS = [
  'tests/kernel/language/(names|answers|server|compatibility)',
  'tests/lifecycle/(status|board)',
  'tests/kernel/host/comms/run-comm',
  'tests/labextension/run/run-store'
];

export function proveScale() {
  process.env.LAUNCHBOOK_PROOF = '1';
  return proveParts({
    'frozen declarations, snapshots and watchers': async () =>
      isClean(await runJestTests({ patterns: TESTS, unitOnly: false })),
    'the table of growth': () => areFiguresReached('scale', 'scale.mjs')
  });
}
