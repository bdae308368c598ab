// Proof of the hold points: the rules, the signatures with real keys, a thousand random decisions, a hundred changes of every class,
// a thousand requests of a second client against a real kernel, three people in browsers of their own, and how fast a click counts.
import { compareClicks } from '../../bench/holds/click.mjs';
import { buildProduct, installIntoJupyter } from '../set-up/build-product.mjs';
import { findChromium } from '../set-up/find-chromium.mjs';
import { installNpmDependencies } from '../set-up/npm-dependencies.mjs';
import { checkPrerequisites } from '../set-up/prerequisites.mjs';
import { makePythonEnvironment } from '../set-up/python-environment.mjs';
import { runBrowserTests } from '../test-parts/browser.mjs';
import { runConformanceTests } from '../test-parts/conformance.mjs';
import { runJestTests } from '../test-parts/jest.mjs';

/** Compiled tests of everything that decides. */
const TESTS = [
  'tests/contract/(approval-rules|people-records|text)',
  'tests/runbook/(hold|environment)',
  'tests/kernel/host/(approvals|boards|checklists|decisions|gatekeeper|policy|production-guard|signed-decisions|staleness|wheel)',
  'tests/cli/approve',
  'tests/labextension/(approval|wheel)'
];

const IN_BROWSER = ['holds.spec', 'rejection.spec', 'accessibility.spec'];

export async function proveHolds() {
  const python = checkPrerequisites();
  await installNpmDependencies();
  await makePythonEnvironment(python, 'python-requirements');
  await makePythonEnvironment(python, 'python-test-requirements');
  await buildProduct({ tests: true });
  await installIntoJupyter();
  const results = {
    'the rules, the signatures and what makes an approval stale': isClean(
      await runJestTests({ patterns: TESTS, unitOnly: false })
    ),
    'two clients and a real kernel': isClean(await runConformanceTests(['test_people.py'])),
    'every state in the browser, with several people': isClean(
      await runBrowserTests(await findChromium(), IN_BROWSER)
    ),
    'a click counts at once, whatever the cell does': await compareClicks()
  };
  console.log('');
  Object.entries(results).forEach(([name, hasPassed]) =>
    console.log(`${hasPassed ? 'passed' : 'FAILED'}  ${name}`)
  );
  return Object.values(results).every(Boolean);
}

function isClean({ passed, failed, skipped, exitCode }) {
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return passed > 0 && failed === 0 && skipped === 0 && exitCode === 0;
}
