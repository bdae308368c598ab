// `node bench/journal/journal.mjs`: what the journal costs, and what it saves. An effect's records on this disk, the fold of 100,000
// records, and the resume of a run of 500 steps beside papermill, which runs it from the start. Ends with 1 when a target is missed.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildProduct, installIntoJupyter } from '../../scripts/set-up/build-product.mjs';
import { installNpmDependencies } from '../../scripts/set-up/npm-dependencies.mjs';
import { productNode, root, venvFolder, venvProgram } from '../../scripts/set-up/places.mjs';
import { checkPrerequisites } from '../../scripts/set-up/prerequisites.mjs';
import { makePythonEnvironment } from '../../scripts/set-up/python-environment.mjs';
import { orExplain } from '../../scripts/set-up/set-up-fault.mjs';
import { measureFold, measureRecords } from './in-process.mjs';

const STEPS = 500;

const TARGETS = { effectMs: 3, foldMs: 500, resumeSeconds: 5 };

await orExplain('bench', async () => {
  const python = checkPrerequisites();
  await installNpmDependencies();
  await makePythonEnvironment(python, 'python-requirements');
  await makePythonEnvironment(python, 'python-test-requirements');
  await buildProduct();
  await installIntoJupyter();
  const { effectMs, outputMs } = await measureRecords();
  const foldMs = await measureFold();
  const run = measureResume();
  const rows = [
    [
      'an effect in the journal, both records on disk',
      `${effectMs.toFixed(2)} ms`,
      effectMs < TARGETS.effectMs
    ],
    ['an output in the journal, written', `${outputMs.toFixed(2)} ms`, null],
    ['fold of 100,000 records', `${foldMs.toFixed(0)} ms`, foldMs < TARGETS.foldMs],
    [`run of ${STEPS} steps, for the first time`, `${run.runSeconds.toFixed(1)} s`, null],
    ['start of the kernel after its death', `${run.startSeconds.toFixed(1)} s`, null],
    [
      `resume of the ${STEPS} steps`,
      `${run.resumeSeconds.toFixed(1)} s, ${run.effects - STEPS} effects done again`,
      run.resumeSeconds < TARGETS.resumeSeconds && run.effects === STEPS
    ],
    ['papermill, from the start', `${run.papermillSeconds.toFixed(1)} s, ${STEPS} effects done again`, null]
  ];
  for (const [name, figure, isMet] of rows) {
    const verdict = isMet === null ? '' : isMet ? '  met' : '  MISSED';
    console.log(`${name.padEnd(48)} ${figure}${verdict}`);
  }
  process.exitCode = rows.every(([, , isMet]) => isMet !== false) ? 0 : 1;
});

function measureResume() {
  const result = spawnSync(
    venvProgram('python'),
    [join(root, 'bench', 'journal', 'resume.py'), String(STEPS), 'papermill'],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        LAUNCHBOOK_NODE: productNode(),
        JUPYTER_PATH: join(venvFolder, 'share', 'jupyter')
      }
    }
  );
  if (result.status !== 0) {
    throw new Error('the run could not be measured; its last lines are above');
  }
  return JSON.parse(result.stdout.trim().split('\n').at(-1));
}
