// Starts the whole product: set-up, fleet, a fresh run, JupyterLab on it. What `npm start`, its check and the browser tests share.
import { join } from 'node:path';
import { buildProduct, installIntoJupyter } from '../set-up/build-product.mjs';
import { installNpmDependencies } from '../set-up/npm-dependencies.mjs';
import { checkPort, checkPrerequisites } from '../set-up/prerequisites.mjs';
import { withProgress } from '../set-up/progress.mjs';
import { makePythonEnvironment } from '../set-up/python-environment.mjs';
import { claimState } from './claim-state.mjs';
import { chooseNotebook } from './open-notebook.mjs';
import { startFleet } from './start-fleet.mjs';
import { startJupyter } from './start-jupyter.mjs';

/** Installs and builds what is missing or stale. */
export async function setUp() {
  const python = checkPrerequisites();
  await installNpmDependencies();
  await makePythonEnvironment(python, 'python-requirements');
  await buildProduct();
  await installIntoJupyter();
}

/**
 * Starts fleet and JupyterLab. `name` is that of the state folder; `port` 0 is any free one.
 * `stop` ends everything and resolves when nothing runs any more; `ended` resolves when JupyterLab or the fleet ended by itself.
 */
export async function launch({ notebook, port = 0, name = 'start', runName }) {
  const chosen = chooseNotebook(notebook, runName);
  const state = claimState(name);
  const started = [];
  const stop = async () => {
    for (const part of started.splice(0).reverse()) {
      await part.stop();
    }
    state.release();
  };
  try {
    const fleet = await withProgress('Starting the example fleet', () =>
      startFleet(join(state.folder, 'fleet'))
    );
    started.push(fleet);
    const jupyter = await withProgress('Starting JupyterLab', async () =>
      startJupyter({
        folder: chosen.folder,
        port: await checkPort(port),
        log: join(state.folder, 'jupyter.log'),
        environment: fleet.environment
      })
    );
    started.push(jupyter);
    const page = `${jupyter.url}/lab/tree/${chosen.shown.split('/').map(encodeURIComponent).join('/')}?token=${jupyter.token}`;
    const ended = Promise.race([
      fleet.ended.then(how => `The example fleet ended with ${how}; its log is ${fleet.log}.`),
      jupyter.ended.then(how => `JupyterLab ended with ${how}; its log is ${jupyter.log}.`)
    ]);
    return {
      page,
      url: jupyter.url,
      token: jupyter.token,
      notebook: chosen,
      environment: fleet.environment,
      ended,
      stop
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
