// Proof of the life of a runbook: set-up, fresh copy, branches and merges, the run without a front end, status and board, archive,
// verification, rendering and learning, against real git repositories and a real fleet; the same from JupyterLab; and what it costs.
import { findChromium } from '../set-up/find-chromium.mjs';
import { runBrowserTests } from '../test-parts/browser.mjs';
import { runConformanceTests } from '../test-parts/conformance.mjs';
import { runJestTests } from '../test-parts/jest.mjs';
import { areFiguresReached, isClean, proveParts } from './prove-parts.mjs';

/** Compiled tests: the functions, the commands, and the rules of `launchbook lint`. */
const TESTS = ['tests/lifecycle', 'tests/cli', 'tests/contract/lint', 'tests/kernel/host/lifecycle-comm'];

export function proveLifecycle() {
  return proveParts({
    'the functions and the commands': async () =>
      isClean(await runJestTests({ patterns: TESTS, unitOnly: false })),
    'the functions from a page of the kernel': async () =>
      isClean(await runConformanceTests(['test_lifecycle.py'])),
    'runs and board in the browser': async () =>
      isClean(await runBrowserTests(await findChromium(), ['lifecycle', 'board'])),
    'the figures of new, status and verify': () => areFiguresReached('lifecycle', 'lifecycle.mjs')
  });
}
