// Makes .venv with JupyterLab, and others like it. `--retries 1` lets an extra index of the machine serve quickly where the default one is silent.
// The stamp lies inside of the environment, so that it disappears together with it.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { root, venvFolder, venvProgram } from './places.mjs';
import { withProgress } from './progress.mjs';
import { runCommand } from './run-command.mjs';

/** Installs `requirements` (a file in scripts/, without its .txt) into the environment, which is made when it is absent. */
export async function makePythonEnvironment(python, requirements, folder = venvFolder) {
  const name = relative(root, folder);
  const file = join(root, 'scripts', `${requirements}.txt`);
  const stamp = join(folder, `.${basename(requirements)}.stamp`);
  const wanted = createHash('sha256').update(readFileSync(file)).digest('hex');
  if (
    existsSync(venvProgram('python', folder)) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === wanted
  ) {
    return;
  }
  if (!existsSync(venvProgram('pip', folder))) {
    await withProgress(`Making the Python environment ${name}`, () =>
      runCommand(`venv-${basename(requirements)}`, python, ['-m', 'venv', '--clear', folder])
    );
  }
  const pip = [
    '-m',
    'pip',
    'install',
    '--retries',
    '1',
    '--disable-pip-version-check',
    '--requirement',
    file
  ];
  await withProgress(`Installing ${namesIn(file)} into ${name}`, () =>
    runCommand(`pip-${basename(requirements)}`, venvProgram('python', folder), pip, {
      hint: 'Is the Python package index reachable? A mirror can be set with: pip config set global.index-url URL'
    })
  );
  // JupyterLab's scripts in there are CommonJS; without this they would follow our own package.json.
  writeFileSync(join(folder, 'package.json'), '{}\n');
  writeFileSync(stamp, wanted);
}

function namesIn(file) {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines
    .filter(line => /^\w/.test(line))
    .map(line => line.split(/[=<>~ ]/)[0])
    .join(', ');
}
