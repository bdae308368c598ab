// Starts JupyterLab from .venv on the loopback address, with a token that only its environment carries.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root, venvProgram } from '../set-up/places.mjs';
import { lastLinesOf } from '../set-up/run-command.mjs';
import { SetUpFault } from '../set-up/set-up-fault.mjs';
import { startBackground } from './background-process.mjs';

const READY_WITHIN_MS = 90_000;

/** Serves `folder` on `port`; resolves when the server answers. `environment` is what kernels inherit besides ours. */
export async function startJupyter({ folder, port, log, environment }) {
  const token = randomBytes(24).toString('hex');
  const server = startBackground(
    venvProgram('python'),
    [join(root, 'scripts', 'serve', 'serve_jupyter.py'), ...optionsFor(folder, port)],
    {
      cwd: folder,
      env: { ...process.env, ...environment, JUPYTER_TOKEN: token },
      log
    }
  );
  const url = `http://127.0.0.1:${port}`;
  await untilReady(server, url, token);
  return { ...server, url, token };
}

function optionsFor(folder, port) {
  return [
    '--no-browser',
    '--ServerApp.ip=127.0.0.1',
    `--ServerApp.port=${port}`,
    '--ServerApp.port_retries=0',
    `--ServerApp.root_dir=${folder}`,
    '--LabApp.news_url=None',
    '--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate',
    ...(process.getuid?.() === 0 ? ['--allow-root'] : [])
  ];
}

async function untilReady(server, url, token) {
  let how;
  void server.ended.then(reason => (how = String(reason)));
  const deadline = Date.now() + READY_WITHIN_MS;
  while (how === undefined && Date.now() < deadline) {
    const answer = await fetch(`${url}/api/status`, { headers: { Authorization: `token ${token}` } }).catch(
      () => undefined
    );
    if (answer?.ok) {
      return;
    }
    await sleep(100);
  }
  await server.stop();
  const seen =
    how === undefined ? `it did not answer within ${READY_WITHIN_MS / 1000} s` : `it ended with ${how}`;
  throw new SetUpFault(`JupyterLab did not start: ${seen}.`, lastLinesOf(server.log));
}
