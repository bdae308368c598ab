// The short form of the kernel's benchmarks, beside the peers: a proof fails where a cell has become slower.
import { benchShortForm } from '../../bench/bench-command.mjs';
import { findRegressions } from '../../bench/regressions.mjs';

/** `npm run bench` measures it: the notebook of 1,000 cells. */
const NOT_IN_SHORT_FORM = ['declaring-1000'];

export async function areCellsAsFast() {
  console.log('');
  const { lines, hasPassed } = findRegressions(await benchShortForm(), NOT_IN_SHORT_FORM);
  console.log(`\n${lines.join('\n')}`);
  return hasPassed;
}
