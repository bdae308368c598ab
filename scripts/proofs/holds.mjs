// Proof of the hold points: the rules, the signatures with real keys, a thousand random decisions, a hundred changes of every class,
// a thousand requests of a second client against a real kernel, three people in browsers of their own, and how fast a click counts.
import { findChromium } from '../set-up/find-chromium.mjs';
import { runBrowserTests } from '../test-parts/browser.mjs';
import { runConformanceTests } from '../test-parts/conformance.mjs';
import { runJestTests } from '../test-parts/jest.mjs';
import { areFiguresReached, isClean, proveParts } from './prove-parts.mjs';

/** Compiled tests of everything that decides. */
const TESTS = [
  'tests/contract/(holds|people-records|text)',
  'tests/runbook/hold',
  'tests/record/(policy|profile)',
  'tests/run/(holds|gate|people|profile)/',
  'tests/cli/approve',
  'tests/labextension/(approval|wheel)'
];

const IN_BROWSER = [
  'holds.spec',
  'hold-states.spec',
  'collaboration.spec',
  'rejection.spec',
  'accessibility.spec'
];

export function proveHolds() {
  process.env.LAUNCHBOOK_PROOF = '1';
  return proveParts({
    'the rules, the signatures and what makes an approval stale': async () =>
      isClean(await runJestTests({ patterns: TESTS, unitOnly: false })),
    'two clients and a real kernel': async () => isClean(await runConformanceTests(['test_people.py'])),
    'every state in the browser, with several people': async () =>
      isClean(await runBrowserTests(await findChromium(), IN_BROWSER)),
    'a click counts at once, whatever the cell does': () => areFiguresReached('holds', 'click.mjs')
  });
}
