// The workflow files: the schema of their makers, the known weaknesses of workflows (zizmor, which asks nobody here), and each action by the
// hash of its commit.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, stateFolder, venvProgram } from '../set-up/places.mjs';
import { checkPrerequisites } from '../set-up/prerequisites.mjs';
import { makePythonEnvironment } from '../set-up/python-environment.mjs';
import { runCommand } from '../set-up/run-command.mjs';
import { SetUpFault } from '../set-up/set-up-fault.mjs';

const environment = join(stateFolder, 'release');

/** Checks all of them. Throws with what is wrong. */
export async function checkWorkflows() {
  const folder = join(root, '.github', 'workflows');
  const files = readdirSync(folder).map(name => join(folder, name));
  const loose = files.flatMap(file => unpinnedIn(readFileSync(file, 'utf8')).map(line => `${file}: ${line}`));
  if (loose.length > 0) {
    throw new SetUpFault('An action is not named by the hash of its commit.', loose.join('\n'));
  }
  await makePythonEnvironment(checkPrerequisites(), 'python-release-requirements', environment);
  const run = (name, args) => runCommand(`release-${name}`, venvProgram(name, environment), args);
  await run('check-jsonschema', ['--builtin-schema', 'vendor.github-workflows', ...files]);
  await run('check-jsonschema', [
    '--builtin-schema',
    'vendor.dependabot',
    join(root, '.github', 'dependabot.yml')
  ]);
  await run('zizmor', ['--offline', '--pedantic', '--no-progress', join(root, '.github')]);
  return `${files.length} workflows hold`;
}

/** Lines that use an action of others by a name that can be moved. */
export function unpinnedIn(text) {
  return [...text.matchAll(/uses: (?!\.\/)(\S+)(.*)$/gm)]
    .filter(([, action, comment]) => !/@[0-9a-f]{40}$/.test(action) || !/^ # v\d/.test(comment))
    .map(([line]) => line);
}
