// A git repository with a runbook of many steps, one run of it that was executed to its end and archived, and the same runbook in
// Python for papermill, which makes parameters in the notebook's language.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { productNode, root } from '../../scripts/set-up/places.mjs';
import { SetUpFault } from '../../scripts/set-up/set-up-fault.mjs';

/** The command as it is installed. */
export const LAUNCHBOOK = [productNode(), join(root, 'lib', 'cli', 'main.js')];

const STEPS_OF_A_PHASE = 25;

const PERSON = {
  GIT_AUTHOR_NAME: 'Ann Lee',
  GIT_AUTHOR_EMAIL: 'ann@example.com',
  GIT_COMMITTER_NAME: 'Ann Lee',
  GIT_COMMITTER_EMAIL: 'ann@example.com'
};

/** Makes the repository, executes and archives the run; gives the paths of template and run, and of the template in Python. */
export function makeRun(folder, steps) {
  const made = makeFreshRun(folder, steps);
  made.launchbook('run', made.run, '--quiet');
  made.launchbook('archive', made.run);
  return made;
}

/** The same before anything is executed, with the command in the repository. */
export function makeFreshRun(folder, steps) {
  mkdirSync(folder, { recursive: true });
  const write = (name, content) => writeFileSync(join(folder, name), content);
  write('release.ipynb', notebook(steps, TYPESCRIPT));
  write('python.ipynb', notebook(steps, PYTHON));
  write('launchbook.yml', 'environments: { staging: {} }\n');
  call(folder, 'git', ['init', '--quiet']);
  call(folder, 'git', ['add', '.']);
  call(folder, 'git', ['commit', '--quiet', '--message', 'Add the runbook']);
  const [program, main] = LAUNCHBOOK;
  const launchbook = (...args) => call(folder, program, [main, ...args]);
  launchbook('new', 'release.ipynb', '--release', '2.4.0', '--env', 'staging');
  const run = join('runs', '2.4.0-staging', 'release.ipynb');
  return { template: 'release.ipynb', run, python: 'python.ipynb', launchbook };
}

/** Runs a program to its end; a failure ends the benchmark with what the program said. */
export function call(folder, program, args) {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...PERSON }
  });
  if (status !== 0) {
    const said = error?.message ?? `${stdout}\n${stderr}`.trim();
    throw new SetUpFault(`${program} ${args.join(' ')} ended with ${status}.`, said);
  }
}

const TYPESCRIPT = {
  kernelspec: { name: 'launchbook', display_name: 'TypeScript (Launchbook)', language: 'typescript' },
  parameter: "const release = '2.3.0';",
  step: number => `await $\`echo step ${number}\`;`
};

const PYTHON = {
  kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' },
  parameter: "release = '2.3.0'",
  step: number => `print('step ${number}')`
};

function notebook(steps, { kernelspec, parameter, step }) {
  const code = (id, source, metadata = {}) => ({
    cell_type: 'code',
    id,
    metadata,
    source,
    outputs: [],
    execution_count: null
  });
  const prose = (id, source) => ({ cell_type: 'markdown', id, metadata: {}, source });
  const cells = [code('parameters', parameter, { tags: ['parameters'] })];
  for (let index = 0; index < steps; index++) {
    if (index % STEPS_OF_A_PHASE === 0) {
      cells.push(
        prose(`phase-${index}`, `## Phase ${index / STEPS_OF_A_PHASE + 1}\n\nWhat this phase is for.`)
      );
    }
    cells.push(prose(`why-${index}`, `### Step ${index + 1}\n\nWhat to look at.`));
    cells.push(code(`step-${index}`, step(index + 1)));
  }
  return JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 });
}
