// Proof of the journal: damage, cuts and full disks; output that survives the browser; 300 kills at random instants, counted at the
// services' own logs; and what all of that costs.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildProduct, installIntoJupyter } from '../set-up/build-product.mjs';
import { findChromium } from '../set-up/find-chromium.mjs';
import { installNpmDependencies } from '../set-up/npm-dependencies.mjs';
import { productNode, root, venvFolder, venvProgram } from '../set-up/places.mjs';
import { checkPrerequisites } from '../set-up/prerequisites.mjs';
import { makePythonEnvironment } from '../set-up/python-environment.mjs';
import { runBrowserTests } from '../test-parts/browser.mjs';
import { runConformanceTests } from '../test-parts/conformance.mjs';
import { runJestTests } from '../test-parts/jest.mjs';

/** Compiled tests: the file, its damage, its schema, its fold, and outputs on their way into it. */
const TESTS = [
  'tests/replay',
  'tests/runbook/journal',
  'tests/contract',
  'tests/kernel/host/(recorded-outputs|outputs-comm)',
  'tests/labextension/outputs'
];

const IN_KERNEL = ['test_durability.py', 'test_resume.py'];

const KILLS = 300;

export async function proveJournal() {
  const python = checkPrerequisites();
  await installNpmDependencies();
  await makePythonEnvironment(python, 'python-requirements');
  await makePythonEnvironment(python, 'python-test-requirements');
  await buildProduct({ tests: true });
  await installIntoJupyter();
  const chromium = await findChromium();
  const results = {
    'the file, its damage and its fold': isClean(await runJestTests({ patterns: TESTS, unitOnly: false })),
    'durability and resume in a real kernel': isClean(await runConformanceTests(IN_KERNEL)),
    'output that survives the browser': isClean(await runBrowserTests(chromium, ['lost-output'])),
    [`${KILLS} kills at random instants`]: hasSurvived(),
    'the figures of the journal': areFiguresReached()
  };
  console.log('');
  Object.entries(results).forEach(([name, hasPassed]) =>
    console.log(`${hasPassed ? 'passed' : 'FAILED'}  ${name}`)
  );
  return Object.values(results).every(Boolean);
}

function hasSurvived() {
  console.log(`\nKilling runs ${KILLS} times`);
  const { status } = spawnSync(
    venvProgram('python'),
    [join(root, 'tests', 'chaos', 'main.py'), '--kills', String(KILLS)],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        LAUNCHBOOK_NODE: productNode(),
        JUPYTER_PATH: join(venvFolder, 'share', 'jupyter'),
        PYTHONDONTWRITEBYTECODE: '1'
      }
    }
  );
  return status === 0;
}

function areFiguresReached() {
  console.log('');
  const bench = join(root, 'bench', 'journal', 'journal.mjs');
  return spawnSync(process.execPath, [bench], { stdio: 'inherit' }).status === 0;
}

function isClean({ passed, failed, skipped, exitCode }) {
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return passed > 0 && failed === 0 && skipped === 0 && exitCode === 0;
}
