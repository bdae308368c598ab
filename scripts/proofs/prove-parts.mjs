// What the proofs have in common: everything is installed and built, each part is run, and a list says which held.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { productNode, root } from '../set-up/places.mjs';
import { prepareTests } from '../set-up/prepare-tests.mjs';

/** Runs the `parts` one after the other: what each shows, and a function that resolves with whether it held. True when all did. */
export async function proveParts(parts) {
  await prepareTests({ forBrowser: true });
  const results = [];
  for (const [name, run] of Object.entries(parts)) {
    results.push([name, await run()]);
  }
  console.log('');
  results.forEach(([name, hasHeld]) => console.log(`${hasHeld ? 'passed' : 'FAILED'}  ${name}`));
  return results.every(([, hasHeld]) => hasHeld);
}

/** True for a part of the tests that ran, failed nothing and skipped nothing. */
export function isClean({ passed, failed, skipped, exitCode }) {
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return passed > 0 && failed === 0 && skipped === 0 && exitCode === 0;
}

/** Runs a benchmark, named by its place in bench/, that ends with 0 when its targets are met. */
export function areFiguresReached(...place) {
  console.log('');
  return spawnSync(productNode(), [join(root, 'bench', ...place)], { stdio: 'inherit' }).status === 0;
}
