// The commands of docker/Dockerfile, .binder and conda/recipe.yaml, read from these files and run in fresh environments with the wheel of this
// machine in place of an index that has it. What belongs to an image or to conda itself is named and not run.
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { productNode, root } from '../set-up/places.mjs';
import { Place } from '../wheel/place.mjs';
import { inTemporaryFolder, isHeld } from './cases.mjs';
import { ownWheel } from './environments.mjs';

/** Whether each command that can be run here ends with 0. Prints what was not run. */
export async function proveRecipes() {
  const results = [];
  for (const [file, follow] of Object.entries({
    'docker/Dockerfile': followDockerfile,
    '.binder': followBinder,
    'conda/recipe.yaml': followRecipe
  })) {
    results.push(
      await isHeld(file, () =>
        inTemporaryFolder(async folder => {
          const place = new Place(join(folder, 'place'));
          const notRun = follow(place);
          notRun.forEach(command => console.log(`  not run here: ${command}`));
        })
      )
    );
  }
  return results.every(Boolean);
}

/** The image that it begins with has JupyterLab; its user and folders are not here. */
function followDockerfile(place) {
  const text = read('docker', 'Dockerfile').replaceAll('\\\n', ' ');
  const commands = [...text.matchAll(/^RUN (.*)$/gm)].flatMap(([, line]) =>
    line.split(' && ').map(words => words.trim())
  );
  place.venv('image', 'jupyterlab');
  const { version } = JSON.parse(read('package.json'));
  return runAll(place, 'image', commands, /^(pip|launchbook) /, { LAUNCHBOOK_VERSION: version });
}

function followBinder(place) {
  const { dependencies } = parse(read('.binder', 'environment.yml'));
  place.venv('environment');
  const isOfPip = entry => typeof entry === 'object';
  const wanted = dependencies.filter(isOfPip).flatMap(({ pip }) => pip);
  const pip = `pip install --quiet ${wanted.map(name => `'${name}'`).join(' ')}`;
  const conda = dependencies.filter(entry => !isOfPip(entry)).map(name => `conda install ${name}`);
  return runAll(
    place,
    'environment',
    [...conda, pip, `sh ${join(root, '.binder', 'postBuild')}`],
    /^(pip|sh) /
  );
}

/** Conda's own Node lies in the prefix; here that is the one of this checkout. */
function followRecipe(place) {
  const { build, requirements, tests } = parse(read('conda', 'recipe.yaml'));
  place.venv('prefix', 'hatchling>=1.27', 'jupyter_client>=8');
  symlinkSync(productNode(), place.path('prefix', 'bin', 'node'));
  mkdirSync(place.path('work'));
  symlinkSync(dirname(ownWheel()), place.path('work', 'dist'));
  const conda = [...requirements.build, ...requirements.host, ...requirements.run].map(
    name => `conda install ${name}`
  );
  // The wheel that it builds is the one that is here.
  const commands = [...new Set(conda), ...build.script, ...tests.flatMap(({ script }) => script)];
  return runAll(place, 'prefix', commands, /^(?!conda |npm )/);
}

/** Runs those that match, each as a line of a shell in the folder that holds the wheel; returns the others. Throws with the one that fails. */
function runAll(place, environment, commands, isRun, more = {}) {
  const bin = place.path(environment, 'bin');
  const env = { ...more, PATH: `${bin}:${place.env.PATH}`, PIP_FIND_LINKS: dirname(ownWheel()) };
  mkdirSync(place.path('work'), { recursive: true });
  for (const command of commands.filter(words => isRun.test(words))) {
    place.run('sh', ['-c', `cd ${place.path('work')} && ${command}`], { env });
    console.log(`  ended with 0: ${command}`);
  }
  return commands.filter(words => !isRun.test(words));
}

function read(...path) {
  return readFileSync(join(root, ...path), 'utf8');
}
