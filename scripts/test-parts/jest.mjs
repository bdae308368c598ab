// Jest over the compiled tests, as native ES modules in Node 24. Files named `.slow.test.ts` need Python or many seconds; those named `.proof.test.ts` run in proofs.
import { join } from 'node:path';
import { productNode, root, stateFolder } from '../set-up/places.mjs';
import { reportFile, runPart } from './run-part.mjs';

export function runJestTests({ patterns, unitOnly }) {
  const report = reportFile('jest.json');
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  return runPart({
    program: productNode(),
    args: [
      '--experimental-vm-modules',
      '--no-warnings',
      jest,
      // First, because an option that takes a list takes the words behind it too.
      ...patterns,
      `--config=${join(root, 'jest.config.mjs')}`,
      '--json',
      `--outputFile=${report}`,
      '--silent=false',
      ...(unitOnly ? ['--testPathIgnorePatterns=\\.(slow|proof)\\.test\\.js$'] : [])
    ],
    // Jest itself and the hundreds of programs that its tests start.
    env: { NODE_COMPILE_CACHE: join(stateFolder, 'compiled') },
    report,
    read: text => countsOf(JSON.parse(text))
  });
}

/** A suite that could not be loaded has no tests, so it counts as one failure. */
function countsOf(result) {
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.numPendingTests + result.numTodoTests
  };
}
