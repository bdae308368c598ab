// Proof of the steps: what a step is after each of its ends, in the kernel and in the command; front ends that do not say what they run;
// 500 kills, half of them inside waits, scatters and undo steps; and that cells have not become slower by it.
import { runConformanceTests } from '../test-parts/conformance.mjs';
import { runJestTests } from '../test-parts/jest.mjs';
import { areCellsAsFast } from './cells-as-fast.mjs';
import { hasSurvived } from './chaos.mjs';
import { isClean, proveParts } from './prove-parts.mjs';

/** Compiled tests: the end of a step, the gate, going on and back, the files of a run, and 1,000 cases of the matrix. */
const TESTS = [
  'tests/run/(matrix|resume|gate|verbs|going-back|keeper|answers)',
  'tests/kernel/executor',
  'tests/record/(source|journal)',
  'tests/runbook/(shell|background|guard)',
  'tests/contract/(plans|reduce|notebook)',
  'tests/kernel/language/documents',
  'tests/lifecycle/verify/order-findings',
  'tests/cli/(run|resume|rollback|new|order|values|handed-on|system-error)'
];

const IN_KERNEL = [
  'test_front_ends.py',
  'test_untold_runs.py',
  'test_durability.py',
  'test_resume.py',
  'test_rollback.py',
  'test_interrupt.py'
];

const KILLS = 500;

export function proveSteps() {
  process.env.LAUNCHBOOK_PROOF = '1';
  return proveParts({
    'steps, their order and their ends, and the matrix against its table': async () =>
      isClean(await runJestTests({ patterns: TESTS, unitOnly: false })),
    'front ends, durability, resume and rollback in a real kernel': async () =>
      isClean(await runConformanceTests(IN_KERNEL)),
    [`${KILLS} kills at random instants`]: () => hasSurvived(KILLS),
    'cells are not slower, beside the peers': areCellsAsFast
  });
}
