// `node bench/lifecycle/lifecycle.mjs`: new, status and verify on a run of 500 steps, each the whole process, beside
// `papermill --prepare-only`, which makes a notebook with parameters as `new` does. Ends with 1 when a target is missed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildProduct } from '../../scripts/set-up/build-product.mjs';
import { installNpmDependencies } from '../../scripts/set-up/npm-dependencies.mjs';
import { venvProgram } from '../../scripts/set-up/places.mjs';
import { checkPrerequisites } from '../../scripts/set-up/prerequisites.mjs';
import { makePythonEnvironment } from '../../scripts/set-up/python-environment.mjs';
import { orExplain } from '../../scripts/set-up/set-up-fault.mjs';
import { summarize } from '../statistics.mjs';
import { call, LAUNCHBOOK, makeRun } from './make-run.mjs';

const STEPS = 500;
const ROUNDS = 15;
/** Not counted: programs and files come into the memory of the machine. */
const WARM_UPS = 2;
const MOST_MS = 1000;

await orExplain('bench', async () => {
  const python = checkPrerequisites();
  await installNpmDependencies();
  await makePythonEnvironment(python, 'python-requirements');
  await makePythonEnvironment(python, 'python-test-requirements');
  await buildProduct();
  const folder = mkdtempSync(join(tmpdir(), 'launchbook-bench-'));
  try {
    console.error(`Making a run of ${STEPS} steps, executing and archiving it`);
    const times = measure(folder, makeRun(folder, STEPS));
    process.exitCode = tell(times) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Milliseconds of each command in each round. Each round begins with another one, so that noise hits all alike. */
function measure(folder, { template, run, python }) {
  const commands = {
    new: round => [...LAUNCHBOOK, 'new', template, '--release', `3.${round}`, '--env', 'staging'],
    status: () => [...LAUNCHBOOK, 'status', run],
    verify: () => [...LAUNCHBOOK, 'verify', run],
    'papermill --prepare-only': round => [
      venvProgram('papermill'),
      ...[
        python,
        `prepared-${round}.ipynb`,
        '--prepare-only',
        '--no-progress-bar',
        '-p',
        'release',
        `3.${round}`
      ]
    ]
  };
  const names = Object.keys(commands);
  const times = Object.fromEntries(names.map(name => [name, []]));
  for (let round = 0; round < WARM_UPS + ROUNDS; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(turn + round) % names.length];
      const [program, ...args] = commands[name](round);
      const startedAt = performance.now();
      call(folder, program, args);
      if (round >= WARM_UPS) {
        times[name].push(performance.now() - startedAt);
      }
    }
  }
  return times;
}

function tell(times) {
  console.log(`Whole process, run of ${STEPS} steps, ${ROUNDS} rounds, in ms (median, least, most)`);
  const verdicts = Object.entries(times).map(([name, values]) => {
    const { median, least, most } = summarize(values);
    const isOurs = !name.startsWith('papermill');
    const isMet = !isOurs || median < MOST_MS;
    const verdict = isOurs ? `under ${MOST_MS}: ${isMet ? 'met' : 'MISSED'}` : '';
    const figures = [median, least, most].map(ms => ms.toFixed(0).padStart(6)).join('');
    console.log(`  ${name.padEnd(26)}${figures}  ${verdict}`.trimEnd());
    return isMet;
  });
  return verdicts.every(Boolean);
}
