// Proof of the helper library: its tests with real programs, servers, sshd and log search; the types as cells see them; wrong calls,
// secrets and a whole dry run in a real kernel; then what `$` and the masking cost, beside execa and zx.
import { runConformanceTests } from '../test-parts/conformance.mjs';
import { runJestTests } from '../test-parts/jest.mjs';
import { areFiguresReached, isClean, proveParts } from './prove-parts.mjs';

/** Compiled tests: the library, the host's side of it, and the runbook and the searches that the examples hold it to. */
const TESTS = [
  'tests/runbook',
  'tests/(run/(masking|gate|profile|answers|verbs)|kernel/host/executor)',
  'tests/examples/(search-language|log-search|release-run)',
  'tests/house/(layers|quiet-install)'
];

/** In a real kernel, by Jupyter's own client. */
const IN_KERNEL = ['test_dry_run.py', 'test_usage_errors.py', 'test_masking.py'];

export function proveHelpers() {
  process.env.LAUNCHBOOK_PROOF = '1';
  return proveParts({
    'the library against real things': async () =>
      isClean(await runJestTests({ patterns: TESTS, unitOnly: false })),
    'helpers in a real kernel': async () => isClean(await runConformanceTests(IN_KERNEL)),
    'the figures of shell and masking': () => areFiguresReached('helpers', 'helpers.mjs')
  });
}
