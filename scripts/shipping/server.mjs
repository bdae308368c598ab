// A server of Jupyter in an environment, in a home of its own, reached at 127.0.0.1.
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { venvProgram } from '../set-up/places.mjs';
import { lastLinesOf } from '../set-up/run-command.mjs';
import { startBackground } from '../serve/background-process.mjs';

const SERVE = join(import.meta.dirname, 'serve.py');
const READY_MS = 120_000;

/** Variables for programs of `environment` in the folder `home`: nothing of this machine's Jupyter is seen. */
export function environmentOf(environment, home, more = {}) {
  mkdirSync(home, { recursive: true });
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(JUPYTER|LAUNCHBOOK|PYTHON|NODE_)/.test(name)
  );
  return {
    ...Object.fromEntries(kept),
    PATH: [join(environment, 'bin'), process.env.PATH].join(delimiter),
    HOME: home,
    ...more
  };
}

/** Starts `python -m MODULE ARGS…`; resolves when `address` answers, and throws with what it printed when it does not. */
export async function startModule({ environment, module, args, cwd, env, address }) {
  const started = startBackground(venvProgram('python', environment), [SERVE, module, ...args], {
    cwd,
    env,
    log: join(env.HOME, `${module}.log`)
  });
  let how;
  void started.ended.then(end => (how = end));
  for (const deadline = Date.now() + READY_MS; Date.now() < deadline && how === undefined;) {
    const answer = await fetch(address).catch(() => undefined);
    if (answer?.ok) {
      return started;
    }
    await sleep(200);
  }
  await started.stop();
  throw new Error(
    `${module} did not answer at ${address} (${how ?? 'it still ran'}):\n${lastLinesOf(started.log)}`
  );
}

/** JupyterLab or Notebook (`application`) over `folder`. */
export async function startJupyter({
  environment,
  application = 'jupyterlab',
  folder,
  home,
  args = [],
  env = {}
}) {
  const port = await freePort();
  const token = randomUUID();
  const url = `http://127.0.0.1:${port}`;
  const started = await startModule({
    environment,
    module: application,
    args: [
      '--no-browser',
      '--allow-root',
      '--ServerApp.ip=127.0.0.1',
      `--ServerApp.port=${port}`,
      `--ServerApp.root_dir=${folder}`,
      `--IdentityProvider.token=${token}`,
      '--LabApp.news_url=None',
      ...args
    ],
    cwd: folder,
    env: environmentOf(environment, home, env),
    address: `${url}/api/status?token=${token}`
  });
  return { url, token, stop: () => started.stop() };
}

export async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address();
  await new Promise(resolve => server.close(resolve));
  return port;
}
