// Where the benchmarks keep their peers, logs and results.
import { join } from 'node:path';
import { root, stateFolder } from '../scripts/set-up/places.mjs';

/** Peers, plans and logs; may be deleted at any time. */
export const benchFolder = join(stateFolder, 'bench');

/** Results, of which only the reference is committed. */
export const resultsFolder = join(root, 'bench', 'results');

const isWindows = process.platform === 'win32';

/** The Python that measures, and runs ipykernel. */
export const benchPython = isWindows
  ? join(benchFolder, 'python', 'Scripts', 'python.exe')
  : join(benchFolder, 'python', 'bin', 'python');
