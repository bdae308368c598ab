// What the proofs have in common: everything is installed and built, each part is run, and a list says which held.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { productNode, root } from '../set-up/places.mjs';
import { prepareTests } from '../set-up/prepare-tests.mjs';
import { orExplain, SetUpFault } from '../set-up/set-up-fault.mjs';

let chosen = [];

/** Of the parts that are proven from now on, only those whose names have one of these words; all when there are none. */
export function chooseParts(words) {
  chosen = words.map(word => word.toLowerCase());
}

/**
 * Runs the `parts` one after the other: what each shows, and a function that resolves with whether it held. True when all did; a part that
 * throws has not, and the ones after it are run.
 */
export async function proveParts(parts) {
  const wanted = Object.entries(parts).filter(
    ([name]) => chosen.length === 0 || chosen.some(word => name.toLowerCase().includes(word))
  );
  if (wanted.length === 0) {
    throw new SetUpFault(
      `No part has the words ${chosen.join(', ')}.`,
      `The parts are:\n${Object.keys(parts).join('\n')}`
    );
  }
  await prepareTests({ forBrowser: true });
  const results = [];
  for (const [name, run] of wanted) {
    const startedAt = performance.now();
    const hasHeld = await orExplain(name, run);
    results.push([name, hasHeld === true, Math.round((performance.now() - startedAt) / 1000)]);
  }
  console.log('');
  results.forEach(([name, hasHeld, seconds]) =>
    console.log(`${hasHeld ? 'passed' : 'FAILED'}  ${name} (${seconds} s)`)
  );
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
