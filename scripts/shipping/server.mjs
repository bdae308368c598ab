// A server of Jupyter in an environment, in a home of its own, reached at 127.0.0.1.
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastLinesOf } from '../set-up/run-command.mjs';
import { startBackground } from '../serve/background-process.mjs';
import { freePort } from '../serve/free-ports.mjs';

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

/** Starts `python -m MODULE ARGS…`; resolves when `address` answers, and throws with what it printed when it does not. `as`: words before the command, such as those that change the user. */
export async function startModule({ python, module, args, cwd, env, address, as = [] }) {
  const [program, ...words] = [...as, python, SERVE, module, ...args];
  const log = `${cwd}.${module}.log`;
  const started = startBackground(program, words, { cwd, env, log });
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
  throw new Error(`${module} did not answer at ${address} (${how ?? 'it still ran'}):\n${lastLinesOf(log)}`);
}

/** Starts JupyterLab or Notebook (`application`) over `folder`. */
export async function startJupyter({ python, application = 'jupyterlab', folder, env, args = [], as = [] }) {
  const port = await freePort();
  const token = randomUUID();
  const url = `http://127.0.0.1:${port}`;
  const started = await startModule({
    python,
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
    env,
    as,
    address: `${url}/api/status?token=${token}`
  });
  return {
    /** Address of a file of the folder, opened by the application. */
    at: path => `${url}/${OPENED_AT[application]}/${relative(folder, path)}?token=${token}`,
    url,
    token,
    stop: () => started.stop()
  };
}

const OPENED_AT = { jupyterlab: 'lab/tree', notebook: 'notebooks' };
