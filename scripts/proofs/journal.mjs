// Proof of the journal: damage, cuts and full disks; output that survives the browser; 300 kills at random instants, counted at the
// services' own logs; and what all of that costs.
import { findChromium } from '../set-up/find-chromium.mjs';
import { runBrowserTests } from '../test-parts/browser.mjs';
import { runConformanceTests } from '../test-parts/conformance.mjs';
import { runJestTests } from '../test-parts/jest.mjs';
import { hasSurvived } from './chaos.mjs';
import { areFiguresReached, isClean, proveParts } from './prove-parts.mjs';

/** Compiled tests: the file, its damage, its schema, its fold, and outputs on their way into it. */
const TESTS = [
  'tests/replay',
  'tests/record/journal',
  'tests/contract',
  'tests/(run/outputs|kernel/host/comms/outputs-comm)',
  'tests/labextension/outputs'
];

const IN_KERNEL = ['test_durability.py', 'test_touched_run.py', 'test_resume.py', 'test_rollback.py'];
const IN_BROWSER = ['lost-output.spec', 'resume.spec', 'rollback.spec', 'failing-deploy.spec'];

const KILLS = 300;

export function proveJournal() {
  process.env.LAUNCHBOOK_PROOF = '1';
  return proveParts({
    'the file, its damage and its fold': async () =>
      isClean(await runJestTests({ patterns: TESTS, unitOnly: false })),
    'durability, resume and rollback in a real kernel': async () =>
      isClean(await runConformanceTests(IN_KERNEL)),
    'output, resume and rollback in the browser': async () =>
      isClean(await runBrowserTests(await findChromium(), IN_BROWSER)),
    [`${KILLS} kills at random instants`]: () => hasSurvived(KILLS),
    'the figures of the journal': () => areFiguresReached('journal', 'journal.mjs')
  });
}
