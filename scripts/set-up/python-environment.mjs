// Makes .venv with JupyterLab. `--retries 1` lets an extra index of the machine serve quickly where the default one is silent.
// The stamp lies inside of .venv, so that it disappears together with it.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, venvFolder, venvProgram } from './places.mjs';
import { withProgress } from './progress.mjs';
import { runCommand } from './run-command.mjs';

/** Installs `requirements` (a file in scripts/, without its .txt) into .venv, which is made when it is absent. */
export async function makePythonEnvironment(python, requirements) {
  const file = join(root, 'scripts', `${requirements}.txt`);
  const stamp = join(venvFolder, `.${requirements}.stamp`);
  const wanted = createHash('sha256').update(readFileSync(file)).digest('hex');
  if (existsSync(venvProgram('python')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return;
  }
  if (!existsSync(venvProgram('pip'))) {
    await withProgress('Making the Python environment .venv', () =>
      runCommand('venv', python, ['-m', 'venv', '--clear', venvFolder])
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
  await withProgress(`Installing ${namesIn(file)} into .venv`, () =>
    runCommand(`pip-${requirements}`, venvProgram('python'), pip, {
      hint: 'Is the Python package index reachable? A mirror can be set with: pip config set global.index-url URL'
    })
  );
  // JupyterLab's scripts in there are CommonJS; without this they would follow our own package.json.
  writeFileSync(join(venvFolder, 'package.json'), '{}\n');
  writeFileSync(stamp, wanted);
}

function namesIn(file) {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines
    .filter(line => /^\w/.test(line))
    .map(line => line.split(/[=<>~ ]/)[0])
    .join(', ');
}
