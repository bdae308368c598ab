// Proof of the main job: the check of a start in a fresh copy of what is committed, the kernel's conformance,
// and the whole story in a browser.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildProduct, installIntoJupyter } from '../set-up/build-product.mjs';
import { findChromium } from '../set-up/find-chromium.mjs';
import { installNpmDependencies } from '../set-up/npm-dependencies.mjs';
import { root } from '../set-up/places.mjs';
import { checkPrerequisites } from '../set-up/prerequisites.mjs';
import { makePythonEnvironment } from '../set-up/python-environment.mjs';
import { runBrowserTests } from '../test-parts/browser.mjs';
import { runConformanceTests } from '../test-parts/conformance.mjs';

export async function proveMainJob() {
  const python = checkPrerequisites();
  await installNpmDependencies();
  await makePythonEnvironment(python, 'python-requirements');
  await makePythonEnvironment(python, 'python-test-requirements');
  await buildProduct({ tests: true });
  await installIntoJupyter();
  const chromium = await findChromium();
  const results = {
    'a start in a fresh copy': checkFreshCopy(),
    'the kernel against jupyter_client': isClean(await runConformanceTests()),
    'the story in the browser': isClean(await runBrowserTests(chromium))
  };
  console.log('');
  Object.entries(results).forEach(([name, hasPassed]) =>
    console.log(`${hasPassed ? 'passed' : 'FAILED'}  ${name}`)
  );
  return Object.values(results).every(Boolean);
}

/** What a newcomer does: clone into an empty folder, and start. */
function checkFreshCopy() {
  const copy = mkdtempSync(join(tmpdir(), 'launchbook-'));
  const run = (program, args, cwd) => spawnSync(program, args, { cwd, stdio: 'inherit' }).status === 0;
  try {
    return (
      run('git', ['clone', '--quiet', root, copy], root) &&
      run('npm', ['start', '--silent', '--', '--check'], copy)
    );
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function isClean({ passed, failed, exitCode }) {
  return passed > 0 && failed === 0 && exitCode === 0;
}
