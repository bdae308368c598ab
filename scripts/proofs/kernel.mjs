// Proof of the kernel: the tests with Jupyter's clients at full size. Interrupt, isolation and output twenty times each, 10,000
// malformed messages, 5,000 cells in one kernel. Then the short form of the benchmarks, beside the peers.
import { benchShortForm } from '../../bench/bench-command.mjs';
import { findRegressions } from '../../bench/regressions.mjs';
import { runConformanceTests } from '../test-parts/conformance.mjs';
import { isClean, proveParts } from './prove-parts.mjs';

/** `npm run bench` measures it: the notebook of 1,000 cells. */
const NOT_IN_SHORT_FORM = ['declaring-1000'];

export function proveKernel() {
  process.env.LAUNCHBOOK_PROOF = '1';
  return proveParts({
    'the protocol, interrupt, isolation, output, fuzz and soak': async () =>
      isClean(await runConformanceTests()),
    'the figures, beside the peers': proveFigures
  });
}

async function proveFigures() {
  console.log('');
  const { lines, hasPassed } = findRegressions(await benchShortForm(), NOT_IN_SHORT_FORM);
  console.log(`\n${lines.join('\n')}`);
  return hasPassed;
}
