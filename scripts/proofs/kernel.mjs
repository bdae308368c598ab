// Proof of the kernel: the tests with Jupyter's clients at full size. Interrupt, isolation and output twenty times each, 10,000
// malformed messages, 5,000 cells in one kernel.
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
  return passed > 0 && failed === 0 && skipped === 0 && exitCode === 0;
}
