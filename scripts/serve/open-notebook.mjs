// Chooses the notebook that a start opens: a run or a notebook outside of git as it is, a template as a fresh run.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { productNode, root } from '../set-up/places.mjs';
import { SetUpFault } from '../set-up/set-up-fault.mjs';

const ENVIRONMENT = 'staging';
const EXAMPLES = join(root, 'examples');
/** What is released when the template does not say. */
const RELEASE = '2.4.0';

/** Path of the example with this name, which may end in `.ipynb`. */
export function findExample(name) {
  const known = readdirSync(EXAMPLES)
    .filter(file => file.endsWith('.ipynb'))
    .map(file => basename(file, '.ipynb'));
  const wanted = basename(name, '.ipynb');
  if (!known.includes(wanted)) {
    throw new SetUpFault(`There is no example "${name}".`, `The examples: ${known.join(', ')}.`);
  }
  return join(EXAMPLES, `${wanted}.ipynb`);
}

/** The path of the notebook to open, and the folder that JupyterLab serves. */
export function chooseNotebook(given, name) {
  const notebook = given === undefined ? join(EXAMPLES, 'release.ipynb') : resolve(given);
  if (!existsSync(notebook)) {
    throw new SetUpFault(
      `There is no notebook ${given ?? notebook}.`,
      'Give the path of an .ipynb file, or none for the example.'
    );
  }
  const content = readNotebook(notebook);
  const path = content.metadata?.launchbook?.run ? notebook : makeRun(notebook, releaseOf(content), name);
  const folder = path.startsWith(EXAMPLES + sep) ? EXAMPLES : dirname(notebook);
  return { path, folder, shown: relative(folder, path).split(sep).join('/') };
}

function readNotebook(notebook) {
  try {
    return JSON.parse(readFileSync(notebook, 'utf8'));
  } catch (error) {
    throw new SetUpFault(`${notebook} is not a notebook: ${error.message}`);
  }
}

/** The release that the template itself names among its parameters. */
function releaseOf({ cells = [] }) {
  const parameters = cells.find(cell => cell.metadata?.tags?.includes('parameters'));
  return /^const release = '([^']+)'/m.exec([parameters?.source ?? []].flat().join(''))?.[1] ?? RELEASE;
}

/** A fresh run in the first free folder `runs/NAME`, `runs/NAME-2`, … beside the template. */
function makeRun(template, release, name = `${release}-${ENVIRONMENT}`) {
  const folder = claimFolder(join(dirname(template), 'runs', name));
  const command = [
    join(root, 'lib', 'cli', 'main.js'),
    'new',
    template,
    '--release',
    release,
    '--env',
    ENVIRONMENT
  ];
  const result = spawnSync(productNode(), [...command, '--out', folder, '--uncommitted', '--json'], {
    encoding: 'utf8'
  });
  if (result.status !== 0) {
    rmdirSync(folder);
    throw new SetUpFault(`No run of ${template} could be made.`, result.stderr.trim());
  }
  return JSON.parse(result.stdout).path;
}

/** Makes the first of `FOLDER`, `FOLDER-2`, … that is not there: of two starts at the same moment each gets its own. */
function claimFolder(wanted) {
  mkdirSync(dirname(wanted), { recursive: true });
  for (let number = 1; ; number++) {
    const folder = number === 1 ? wanted : `${wanted}-${number}`;
    try {
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if (error.code !== 'EEXIST') {
        throw error;
      }
    }
  }
}
