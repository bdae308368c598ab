// Proof of the helper library: its tests with real programs, servers, sshd and log search; the types as cells see them; wrong calls,
// secrets and a whole dry run in a real kernel; then what `$` and the masking cost, beside execa and zx.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildProduct, installIntoJupyter } from '../set-up/build-product.mjs';
import { installNpmDependencies } from '../set-up/npm-dependencies.mjs';
import { root } from '../set-up/places.mjs';
import { checkPrerequisites } from '../set-up/prerequisites.mjs';
import { makePythonEnvironment } from '../set-up/python-environment.mjs';
import { runConformanceTests } from '../test-parts/conformance.mjs';
import { runJestTests } from '../test-parts/jest.mjs';

/** Compiled tests: the library, the host's side of it, and the runbook and the searches that the examples hold it to. */
const TESTS = [
  'tests/runbook',
  'tests/kernel/host/(helpers|masking|gatekeeper|interrupted-effects|profile)',
  'tests/examples/(search-language|log-search|release-run)',
  'tests/house/(layers|quiet-install)'
];

/** In a real kernel, by Jupyter's own client. */
const IN_KERNEL = ['test_dry_run.py', 'test_usage_errors.py', 'test_masking.py'];

export async function proveHelpers() {
  const python = checkPrerequisites();
  await installNpmDependencies();
  await makePythonEnvironment(python, 'python-requirements');
  await makePythonEnvironment(python, 'python-test-requirements');
  await buildProduct({ tests: true });
  await installIntoJupyter();
  const results = {
    'the library against real things': isClean(await runJestTests({ patterns: TESTS, unitOnly: false })),
    'helpers in a real kernel': isClean(await runConformanceTests(IN_KERNEL)),
    'the figures of shell and masking': areFiguresReached()
  };
  console.log('');
  Object.entries(results).forEach(([name, hasPassed]) =>
    console.log(`${hasPassed ? 'passed' : 'FAILED'}  ${name}`)
  );
  return Object.values(results).every(Boolean);
}

function areFiguresReached() {
  console.log('');
  const bench = join(root, 'bench', 'helpers', 'helpers.mjs');
  return spawnSync(process.execPath, [bench], { stdio: 'inherit' }).status === 0;
}

function isClean({ passed, failed, skipped, exitCode }) {
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return passed > 0 && failed === 0 && skipped === 0 && exitCode === 0;
}
