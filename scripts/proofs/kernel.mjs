// Proof of the kernel: the tests with Jupyter's clients at full size. Interrupt, isolation and output twenty times each, 10,000
// malformed messages, 5,000 cells in one kernel. Then the short form of the benchmarks, beside the peers.
import { benchShortForm } from '../../bench/bench-command.mjs';
import { findRegressions } from '../../bench/regressions.mjs';
import { buildProduct, installIntoJupyter } from '../set-up/build-product.mjs';
import { installNpmDependencies } from '../set-up/npm-dependencies.mjs';
import { checkPrerequisites } from '../set-up/prerequisites.mjs';
import { makePythonEnvironment } from '../set-up/python-environment.mjs';
import { runConformanceTests } from '../test-parts/conformance.mjs';

export async function proveKernel() {
  const python = checkPrerequisites();
  await installNpmDependencies();
  await makePythonEnvironment(python, 'python-requirements');
  await makePythonEnvironment(python, 'python-test-requirements');
  await buildProduct({ tests: true });
  await installIntoJupyter();
  process.env.LAUNCHBOOK_PROOF = '1';
  const { passed, failed, skipped, exitCode } = await runConformanceTests();
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  const isFast = await proveFigures();
  return passed > 0 && failed === 0 && skipped === 0 && exitCode === 0 && isFast;
}

async function proveFigures() {
  console.log('');
  const { lines, hasPassed } = findRegressions(await benchShortForm(), NOT_IN_SHORT_FORM);
  console.log(`\n${lines.join('\n')}`);
  return hasPassed;
}

/** `npm run bench` measures it: the notebook of 1,000 cells. */
const NOT_IN_SHORT_FORM = ['declaring-1000'];
