// Proof of the extension: its logic in jest, its behaviour in a browser against a real JupyterLab, and the short form of the
// comparison with plain JupyterLab and its other extensions. The figures are printed; on a busy machine they do not decide.
import { compareLabsQuickly } from '../../bench/lab/lab-command.mjs';
import { buildProduct, installIntoJupyter } from '../set-up/build-product.mjs';
import { findChromium } from '../set-up/find-chromium.mjs';
import { installNpmDependencies } from '../set-up/npm-dependencies.mjs';
import { checkPrerequisites } from '../set-up/prerequisites.mjs';
import { makePythonEnvironment } from '../set-up/python-environment.mjs';
import { runBrowserTests } from '../test-parts/browser.mjs';
import { runJestTests } from '../test-parts/jest.mjs';

/** Figures that do not depend on how busy the machine is. */
const STEADY = ['open-writes', 'heap-added', 'idle-timers', 'bundle'];

export async function proveExtension() {
  const python = checkPrerequisites();
  await installNpmDependencies();
  await makePythonEnvironment(python, 'python-requirements');
  await makePythonEnvironment(python, 'python-test-requirements');
  await buildProduct({ tests: true });
  await installIntoJupyter();
  const results = {
    'the logic': isClean(await runJestTests({ patterns: ['tests/labextension'], unitOnly: false })),
    'the extension in the browser': isClean(await runBrowserTests(await findChromium())),
    'light beside plain JupyterLab': areSteadyMet(await compareLabsQuickly())
  };
  console.log('');
  Object.entries(results).forEach(([name, hasPassed]) =>
    console.log(`${hasPassed ? 'passed' : 'FAILED'}  ${name}`)
  );
  return Object.values(results).every(Boolean);
}

function isClean({ passed, failed, skipped, exitCode }) {
  return passed > 0 && failed === 0 && skipped === 0 && exitCode === 0;
}

function areSteadyMet(rows) {
  return STEADY.every(id => rows.find(row => row.figure === id)?.target.met === true);
}
