// Proof of the life of a runbook: set-up, fresh copy, branches and merges, the run without a front end, status and board, archive,
// verification, rendering and learning, against real git repositories and a real fleet; the same from JupyterLab; and what it costs.
import { findChromium } from '../set-up/find-chromium.mjs';
import { runBrowserTests } from '../test-parts/browser.mjs';
import { runConformanceTests } from '../test-parts/conformance.mjs';
import { runJestTests } from '../test-parts/jest.mjs';
import { areFiguresReached, isClean, proveParts } from './prove-parts.mjs';

/** Compiled tests: the functions, the commands, rehearsals, the rules of `launchbook lint`, every example to its archive, starts, old archives. */
const TESTS = [
  'tests/lifecycle',
  'tests/cli',
  'tests/contract/(lint|rehearsal)',
  'tests/(kernel/host/comms/lifecycle-comm|run/gate/rehearsals)',
  'tests/labextension/lint',
  'tests/house/start',
  'tests/examples/(every-example|example-runs|dry-runs)',
  'tests/replay'
];

const IN_KERNEL = ['test_lifecycle.py', 'test_rehearsals.py', 'test_examples.py'];
const IN_BROWSER = ['lifecycle.spec', 'board.spec', 'rehearsals.spec', 'findings.spec'];

export function proveLifecycle() {
  process.env.LAUNCHBOOK_PROOF = '1';
  return proveParts({
    'the functions and the commands': async () =>
      isClean(await runJestTests({ patterns: TESTS, unitOnly: false })),
    'the functions and the locks in a real kernel': async () => isClean(await runConformanceTests(IN_KERNEL)),
    'runs, board, rehearsals and findings in the browser': async () =>
      isClean(await runBrowserTests(await findChromium(), IN_BROWSER)),
    'the figures of new, status and verify': () => areFiguresReached('lifecycle', 'lifecycle.mjs')
  });
}
