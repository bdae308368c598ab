// Proof of growth: long histories, long chains of types and many watchers feel like the small case; a snapshot decides nothing.
import { benchChains } from '../../bench/bench-command.mjs';
import { compareLabsFully } from '../../bench/lab/lab-command.mjs';
import { runJestTests } from '../test-parts/jest.mjs';
import { areFiguresReached, isClean, proveParts } from './prove-parts.mjs';

const TESTS = [
  'tests/kernel/language/(names|answers|server|compatibility)',
  'tests/lifecycle/(status|board)',
  'tests/run/keeper/shown-journal',
  'tests/record/journal/folding',
  'tests/kernel/host/comms/run-comm',
  'tests/labextension/run/run-store'
];

/** In JupyterLab: at most so much of the time of the variant that the figure is compared with. */
const IN_LAB = { 'open-revealed': 1.05, 'open-rendered': 1.05, 'run-all-total': 1.03 };

export function proveScale() {
  process.env.LAUNCHBOOK_PROOF = '1';
  return proveParts({
    'frozen declarations, snapshots and watchers': async () =>
      isClean(await runJestTests({ patterns: TESTS, unitOnly: false })),
    'the table of growth': () => areFiguresReached('scale', 'scale.mjs'),
    'a kernel after chains of types, beside Deno': async () => (await benchChains()).every(isMet),
    'the phases panel': () => areFiguresReached('phases-panel', 'phases-panel.mjs'),
    'opening and Run All in JupyterLab': async () => isAsFastInLab(await compareLabsFully())
  });
}

function isMet({ target }) {
  return target?.met === true;
}

function isAsFastInLab(rows) {
  return Object.entries(IN_LAB).every(([id, atMost]) => {
    const ratio = rows.find(({ figure }) => figure === id)?.target?.ratio ?? Infinity;
    console.log(
      `  ${id.padEnd(48)}${ratio.toFixed(2).padStart(8)}  ${atMost}  ${ratio <= atMost ? 'met' : 'MISSED'}`
    );
    return ratio <= atMost;
  });
}
