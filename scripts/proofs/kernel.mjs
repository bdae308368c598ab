// Proof of the kernel: the tests with Jupyter's clients at full size. Interrupt, isolation and output twenty times each, 10,000
// malformed messages, 5,000 cells in one kernel. Then the short form of the benchmarks, beside the peers.
import { runConformanceTests } from '../test-parts/conformance.mjs';
import { areCellsAsFast } from './cells-as-fast.mjs';
import { isClean, proveParts } from './prove-parts.mjs';

export function proveKernel() {
  process.env.LAUNCHBOOK_PROOF = '1';
  return proveParts({
    'the protocol, interrupt, isolation, output, fuzz and soak': async () =>
      isClean(await runConformanceTests()),
    'the figures, beside the peers': areCellsAsFast
  });
}
