// One JupyterLab of a variant, with settings and a workspace of its own that are empty at the beginning.
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBackground } from '../../scripts/serve/background-process.mjs';
import { root } from '../../scripts/set-up/places.mjs';
import { lastLinesOf } from '../../scripts/set-up/run-command.mjs';
import { SetUpFault } from '../../scripts/set-up/set-up-fault.mjs';
import { labPython } from './variants.mjs';

const READY_WITHIN_MS = 120_000;

/** Starts the variant on the notebooks in `folder`; resolves when it answers. */
export async function startLab(variant, folder) {
  const token = randomBytes(16).toString('hex');
  const port = await freePort();
  const home = join(folder, `.home-${variant.name}`);
  mkdirSync(home, { recursive: true });
  const server = startBackground(
    labPython,
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
        ...variant.environment,
        JUPYTER_TOKEN: token,
        JUPYTER_CONFIG_DIR: join(home, 'config'),
        JUPYTER_DATA_DIR: join(home, 'data'),
        JUPYTERLAB_SETTINGS_DIR: join(home, 'settings'),
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
      return { ...server, page: `${url}/lab?reset&token=${token}` };
    }
    await sleep(100);
  }
  await server.stop();
  throw new SetUpFault(
    `JupyterLab (${variant.name}) did not answer within ${READY_WITHIN_MS / 1000} s.`,
    lastLinesOf(server.log)
  );
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
