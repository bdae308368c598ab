// Chooses the notebook that a start opens: a run or a notebook outside of git as it is, a template as a fresh run.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { productNode, root } from '../set-up/places.mjs';
import { SetUpFault } from '../set-up/set-up-fault.mjs';

const RELEASE = '2.4.0';
const ENVIRONMENT = 'staging';

/** The path of the notebook to open, and the folder that JupyterLab serves. */
export function chooseNotebook(given, name) {
  const notebook = given === undefined ? join(root, 'examples', 'release.ipynb') : resolve(given);
  if (!existsSync(notebook)) {
    throw new SetUpFault(
      `There is no notebook ${given ?? notebook}.`,
      'Give the path of an .ipynb file, or none for the example.'
    );
  }
  const path = isRun(notebook) ? notebook : makeRun(notebook, name);
  const examples = join(root, 'examples');
  const folder = path.startsWith(examples + sep) ? examples : dirname(notebook);
  return { path, folder, shown: relative(folder, path).split(sep).join('/') };
}

function isRun(notebook) {
  try {
    return JSON.parse(readFileSync(notebook, 'utf8')).metadata?.launchbook?.run !== undefined;
  } catch (error) {
    throw new SetUpFault(`${notebook} is not a notebook: ${error.message}`);
  }
}

/** A fresh run in the first free folder `runs/NAME`, `runs/NAME-2`, … beside the template. */
function makeRun(template, name = `${RELEASE}-${ENVIRONMENT}`) {
  const runs = join(dirname(template), 'runs');
  let folder = join(runs, name);
  for (let number = 2; existsSync(join(folder, basename(template))); number++) {
    folder = join(runs, `${name}-${number}`);
  }
  const command = [
    join(root, 'lib', 'cli', 'main.js'),
    'new',
    template,
    '--release',
    RELEASE,
    '--env',
    ENVIRONMENT
  ];
  const result = spawnSync(productNode(), [...command, '--out', folder, '--uncommitted', '--json'], {
    encoding: 'utf8'
  });
  if (result.status !== 0) {
    throw new SetUpFault(`No run of ${template} could be made.`, result.stderr.trim());
  }
  return JSON.parse(result.stdout).path;
}
