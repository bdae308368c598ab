// Proof of the extension: its logic in jest, its behaviour in a browser against a real JupyterLab, and the short form of the
// comparison with plain JupyterLab and its other extensions. The figures are printed; on a busy machine they do not decide.
import { compareLabsQuickly } from '../../bench/lab/lab-command.mjs';
import { findChromium } from '../set-up/find-chromium.mjs';
import { runBrowserTests } from '../test-parts/browser.mjs';
import { runJestTests } from '../test-parts/jest.mjs';
import { isClean, proveParts } from './prove-parts.mjs';

/** Figures that do not depend on how busy the machine is. */
const STEADY = ['open-writes', 'heap-added', 'idle-timers', 'bundle'];

export function proveExtension() {
  process.env.LAUNCHBOOK_PROOF = '1';
  return proveParts({
    'the logic': async () =>
      isClean(await runJestTests({ patterns: ['tests/labextension'], unitOnly: false })),
    'the extension in the browser': async () => isClean(await runBrowserTests(await findChromium())),
    'light beside plain JupyterLab': async () => areSteadyMet(await compareLabsQuickly())
  });
}

function areSteadyMet(rows) {
  return STEADY.every(id => rows.find(row => row.figure === id)?.target.met === true);
}
