// A JupyterLab on a folder of notebooks, with settings and a workspace of its own, for the benchmarks that look at a page.
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBackground } from '../scripts/serve/background-process.mjs';
import { freePort } from '../scripts/serve/free-ports.mjs';
import { root } from '../scripts/set-up/places.mjs';
import { lastLinesOf } from '../scripts/set-up/run-command.mjs';
import { SetUpFault } from '../scripts/set-up/set-up-fault.mjs';

const READY_WITHIN_MS = 120_000;

/**
 * Starts it with the Python of an environment that has JupyterLab; resolves when it answers. What it keeps for itself goes into `home`,
 * `environment` is added to this process's. `address` names a notebook, or nothing, with the token.
 */
export async function startJupyterLab({ name, python, folder, home, environment = {} }) {
  const token = randomBytes(16).toString('hex');
  const port = await freePort();
  const settings = join(home, 'settings');
  mkdirSync(join(settings, 'launchbook'), { recursive: true });
  // A tour over the page is nothing that a benchmark should see.
  writeFileSync(join(settings, 'launchbook', 'help.jupyterlab-settings'), '{ "offerTour": false }');
  const server = startBackground(
    python,
    [
      join(root, 'scripts', 'serve', 'serve_jupyter.py'),
      '--no-browser',
      '--ServerApp.ip=127.0.0.1',
      `--ServerApp.port=${port}`,
      `--ServerApp.root_dir=${folder}`,
      '--LabApp.expose_app_in_browser=True',
      '--LabApp.news_url=None',
      '--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate',
      ...(process.getuid?.() === 0 ? ['--allow-root'] : [])
    ],
    {
      cwd: folder,
      env: {
        ...process.env,
        ...environment,
        JUPYTER_TOKEN: token,
        JUPYTER_CONFIG_DIR: join(home, 'config'),
        JUPYTER_DATA_DIR: join(home, 'data'),
        JUPYTERLAB_SETTINGS_DIR: settings,
        JUPYTERLAB_WORKSPACES_DIR: join(home, 'workspaces'),
        IPYTHONDIR: join(home, 'ipython')
      },
      log: join(home, 'server.log')
    }
  );
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/api/status?token=${token}`).catch(() => undefined);
    if (answer?.ok) {
      const address = (path = '') => `${url}/lab${path && `/tree/${path}`}?reset&token=${token}`;
      return { ...server, address };
    }
    await sleep(100);
  }
  await server.stop();
  throw new SetUpFault(
    `JupyterLab (${name}) did not answer within ${READY_WITHIN_MS / 1000} s.`,
    lastLinesOf(server.log)
  );
}
