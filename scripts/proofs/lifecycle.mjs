// Proof of the life of a runbook: set-up, fresh copy, branches and merges, the run without a front end, status and board, archive,
// verification, rendering and learning, against real git repositories and a real fleet; the same from JupyterLab; and what it costs.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildProduct, installIntoJupyter } from '../set-up/build-product.mjs';
import { findChromium } from '../set-up/find-chromium.mjs';
import { installNpmDependencies } from '../set-up/npm-dependencies.mjs';
import { root } from '../set-up/places.mjs';
import { checkPrerequisites } from '../set-up/prerequisites.mjs';
import { makePythonEnvironment } from '../set-up/python-environment.mjs';
import { runBrowserTests } from '../test-parts/browser.mjs';
import { runConformanceTests } from '../test-parts/conformance.mjs';
import { runJestTests } from '../test-parts/jest.mjs';

/** Compiled tests: the functions, the commands, and the rules of `launchbook lint`. */
const TESTS = ['tests/lifecycle', 'tests/cli', 'tests/contract/lint', 'tests/kernel/host/lifecycle-comm'];

export async function proveLifecycle() {
  const python = checkPrerequisites();
  await installNpmDependencies();
  await makePythonEnvironment(python, 'python-requirements');
  await makePythonEnvironment(python, 'python-test-requirements');
  await buildProduct({ tests: true });
  await installIntoJupyter();
  const chromium = await findChromium();
  const results = {
    'the functions and the commands': isClean(await runJestTests({ patterns: TESTS, unitOnly: false })),
    'the functions from a page of the kernel': isClean(await runConformanceTests(['test_lifecycle.py'])),
    'runs and board in the browser': isClean(await runBrowserTests(chromium, ['lifecycle', 'board'])),
    'the figures of new, status and verify': areFiguresReached()
  };
  console.log('');
  Object.entries(results).forEach(([name, hasPassed]) =>
    console.log(`${hasPassed ? 'passed' : 'FAILED'}  ${name}`)
  );
  return Object.values(results).every(Boolean);
}

function areFiguresReached() {
  console.log('');
  const bench = join(root, 'bench', 'lifecycle', 'lifecycle.mjs');
  return spawnSync(process.execPath, [bench], { stdio: 'inherit' }).status === 0;
}

function isClean({ passed, failed, skipped, exitCode }) {
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return passed > 0 && failed === 0 && skipped === 0 && exitCode === 0;
}
