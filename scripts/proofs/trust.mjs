// Proof of the trust: what was approved is what runs, whatever a forger writes; what asks people holds, and who may not does not; what
// leaves is masked and escaped for where it goes, what is an answer or a name is never masked, and no request,
// file or record ends, hangs or fills what reads it.
import { runConformanceTests } from '../test-parts/conformance.mjs';
import { runJestTests } from '../test-parts/jest.mjs';
import { isClean, proveParts } from './prove-parts.mjs';

/** A decision belongs to one request and covers what it releases; forgers of archives, and between two lives of a kernel. */
const DECIDING = [
  'tests/forgery',
  'tests/run/holds',
  'tests/lifecycle/verify',
  'tests/contract/holds',
  'tests/record/policy',
  'tests/replay',
  'tests/cli/approve'
];

/** Compiled tests of what leaves: every way out, and the forms of secrets. */
const LEAVING = [
  'tests/contract/base/escape',
  'tests/cli/(ways-out|approve)',
  'tests/house/writers',
  'tests/run/masking',
  'tests/(lifecycle|run)/slack-thread',
  'tests/runbook/masking'
];

/** Requests, files and records that should end a reader. */
const READING = [
  'tests/lifecycle/board',
  'tests/record/files',
  'tests/lifecycle/notebook/write-atomically',
  'tests/cli/stand-ins',
  'tests/contract/reduce/malformed-records',
  'tests/house/threat-model'
];

/** Hold points, the document that counts, the acts of people, and the policy of the template. */
const HOLDING = [
  'tests/run/hold-points',
  'tests/run/acts',
  'tests/run/gate',
  'tests/record/(source|profile)',
  'tests/contract/state',
  'tests/cli/hold-points'
];

/** The same rules in a real kernel. */
const IN_KERNEL = ['test_masking.py', 'test_stand_ins.py', 'test_hold_points.py'];

export function proveTrust() {
  process.env.LAUNCHBOOK_PROOF = '1';
  return proveParts({
    '3,000 forged archives, 1,000 forged lives, and every decision that must not count': async () =>
      isClean(await runJestTests({ patterns: DECIDING, unitOnly: false })),
    '2,000 ways to write a hold point, 50,000 acts of a driver, a watcher and a stranger': async () =>
      isClean(await runJestTests({ patterns: HOLDING, unitOnly: false })),
    '4,000 active texts through every way out, and secrets in every form': async () =>
      isClean(await runJestTests({ patterns: LEAVING, unitOnly: false })),
    '200,000 hostile requests, files that are no files, 10,000 changed records': async () =>
      isClean(await runJestTests({ patterns: READING, unitOnly: false })),
    'secrets and files that are no files in a real kernel': async () =>
      isClean(await runConformanceTests(IN_KERNEL))
  });
}
