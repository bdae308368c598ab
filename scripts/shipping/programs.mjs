// Programs that execute, test, pair, merge and share notebooks, in one environment with the wheel: pytest with each of them, and the story of
// a run in a JupyterLab that has all of their extensions.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, venvProgram } from '../set-up/places.mjs';
import { storyIn } from './browser-matrix.mjs';
import { isHeld } from './cases.mjs';
import { shippedEnvironment } from './environments.mjs';

const TESTS = {
  shipping: ['test_programs.py'],
  conformance: ['test_front_ends.py', 'test_untold_runs.py']
};

export async function provePrograms() {
  const environment = await shippedEnvironment('front-ends');
  const results = Object.entries(TESTS).map(([folder, files]) => {
    const paths = files.map(file => join(root, 'tests', folder, file));
    const words = ['-m', 'pytest', '-p', 'no:cacheprovider', ...paths];
    // The kernelspec of the environment counts, not one of this checkout.
    const env = { ...process.env, JUPYTER_PATH: '' };
    return (
      spawnSync(venvProgram('python', environment), words, { cwd: root, env, stdio: 'inherit' }).status === 0
    );
  });
  const story = await isHeld('JupyterLab with collaboration, git, jupytext and nbdime', () =>
    storyIn(environment, 'jupyterlab')
  );
  return results.every(Boolean) && story;
}
