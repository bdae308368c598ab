// Proof of the import: 2,000 generated blocks of shell against bash itself, samples of every format byte for byte, and files that were made
// to break a reader. pandoc makes Markdown of what no reader of ours knows.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { findChromium } from '../set-up/find-chromium.mjs';
import { stateFolder, venvProgram } from '../set-up/places.mjs';
import { checkPrerequisites } from '../set-up/prerequisites.mjs';
import { makePythonEnvironment } from '../set-up/python-environment.mjs';
import { runBrowserTests } from '../test-parts/browser.mjs';
import { runJestTests } from '../test-parts/jest.mjs';
import { isClean, proveParts } from './prove-parts.mjs';

/** Compiled tests: the mapper and its checks, the command, and production that refuses guesses. */
const TESTS = ['tests/lifecycle/import', 'tests/cli/(import|new)', 'tests/contract/lint'];

export async function proveImport() {
  process.env.LAUNCHBOOK_PROOF = '1';
  process.env.LAUNCHBOOK_PANDOC ??= await installedPandoc();
  return proveParts({
    'nothing lost, no argument different, and every guess is told': async () =>
      isClean(await runJestTests({ patterns: TESTS, unitOnly: false })),
    'in JupyterLab, also with keys alone: each origin, before and after': async () =>
      isClean(await runBrowserTests(await findChromium(), ['import.spec']))
  });
}

/** Path of a pandoc of its own: what is proven does not hang on what the machine has. */
async function installedPandoc() {
  const folder = join(stateFolder, 'pandoc');
  await makePythonEnvironment(checkPrerequisites(), 'python-import-requirements', folder);
  const ask = 'import pypandoc; print(pypandoc.get_pandoc_path())';
  return execFileSync(venvProgram('python', folder), ['-c', ask], { encoding: 'utf8' }).trim();
}
