// The JupyterLab of .venv on a folder of notebooks, with settings and a workspace of its own.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBackground } from '../../scripts/serve/background-process.mjs';
import { root, venvProgram } from '../../scripts/set-up/places.mjs';

const READY_WITHIN_MS = 90_000;

/** Serves `folder`/notebooks. `address` names a notebook with the token. */
export async function startServer(folder, token) {
  const port = await freePort();
  const settings = join(folder, 'settings');
  mkdirSync(join(settings, 'launchbook'), { recursive: true });
  writeFileSync(join(settings, 'launchbook', 'help.jupyterlab-settings'), '{ "offerTour": false }');
  const server = startBackground(
    venvProgram('python'),
    [
      join(root, 'scripts', 'serve', 'serve_jupyter.py'),
      '--no-browser',
      '--ServerApp.ip=127.0.0.1',
      `--ServerApp.port=${port}`,
      `--ServerApp.root_dir=${join(folder, 'notebooks')}`,
      '--LabApp.news_url=None',
      ...(process.getuid?.() === 0 ? ['--allow-root'] : [])
    ],
    {
      cwd: folder,
      env: {
        ...process.env,
        JUPYTER_TOKEN: token,
        JUPYTERLAB_SETTINGS_DIR: settings,
        JUPYTERLAB_WORKSPACES_DIR: join(folder, 'workspaces')
      },
      log: join(folder, 'server.log')
    }
  );
  const base = `http://127.0.0.1:${port}`;
  for (const deadline = Date.now() + READY_WITHIN_MS; Date.now() < deadline;) {
    const answer = await fetch(`${base}/api/status?token=${token}`).catch(() => undefined);
    if (answer?.ok) {
      return { address: name => `${base}/lab/tree/${name}?reset&token=${token}`, stop: server.stop };
    }
    await sleep(100);
  }
  await server.stop();
  throw new Error(`JupyterLab did not answer within ${READY_WITHIN_MS / 1000} s; see ${server.log}`);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
