// Kernels that a gateway starts, with JupyterLab in front: the story of a run, what is refused where the notebook's path is not passed on,
// and a client that comes back a hundred times, to the gateway itself and through JupyterLab.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from '../serve/free-ports.mjs';
import { findChromium } from '../set-up/find-chromium.mjs';
import { inTemporaryFolder, isHeld } from './cases.mjs';
import { shippedEnvironment } from './environments.mjs';
import { archive, makeRun } from './repository.mjs';
import { environmentOf, startJupyter, startModule } from './server.mjs';
import { openBrowser, openPage, runAll, tellStory } from './story.mjs';

/** What each is started with, and the server in front of it; variables and settings are those that docs/gateways.md names. */
const GATEWAYS = {
  'kernel-gateway': {
    module: 'kernel_gateway',
    args: port => [`--KernelGatewayApp.port=${port}`, '--JupyterWebsocketPersonality.list_kernels=True'],
    env: { KG_ENV_WHITELIST: 'JPY_SESSION_NAME' }
  },
  'enterprise-gateway': {
    module: 'enterprise_gateway',
    args: port => [`--EnterpriseGatewayApp.port=${port}`, '--EnterpriseGatewayApp.list_kernels=True'],
    env: { EG_CLIENT_ENVS: 'JPY_SESSION_NAME' },
    inFront: ['--ServerApp.kernel_websocket_connection_class=launchbook.gateway.ClosingConnection']
  }
};

/** What the server in front passes on. */
const PASSED_ON = { JUPYTER_GATEWAY_ALLOWED_ENVS: 'JPY_SESSION_NAME' };

const RECONNECTS = 100;
/** In a row, through a server in front that itself replaces most of them on the way. */
const MOST_LOST_IN_FRONT = 4;

/** What each must show. */
const CASES = {
  'the story of a run': storyBehind,
  'a run whose path is not passed on is refused': refusalBehind,
  [`${RECONNECTS} connections, each made before the one before it is closed`]: reconnects,
  [`${RECONNECTS} such connections with JupyterLab in front`]: reconnectsInFront
};

/** Prints a line for each gateway and what it must show. `cases`: the first words of those that are told. */
export async function proveGateways({ names, cases = Object.keys(CASES) }) {
  const lab = await shippedEnvironment('lab-4.6');
  const results = [];
  for (const name of names) {
    const gateway = await shippedEnvironment(name);
    for (const [what, tell] of Object.entries(CASES)) {
      if (cases.some(words => what.startsWith(words))) {
        results.push(await isHeld(`${name}: ${what}`, () => behind({ name, gateway, lab }, tell)));
      }
    }
  }
  return results.length > 0 && results.every(Boolean);
}

/** Starts the gateway and calls `tell` with how JupyterLab is put in front of it. */
async function behind({ name, gateway, lab }, tell) {
  return await inTemporaryFolder(async folder => {
    const { module, args, env, inFront = [] } = GATEWAYS[name];
    const port = await freePort();
    const data = join(folder, 'gateway');
    const own = environmentOf(gateway, join(folder, 'gateway-home'));
    const installed = spawnSync(
      join(gateway, 'bin', 'launchbook'),
      ['install', '--gateway', '--prefix', data],
      { env: own, encoding: 'utf8' }
    );
    if (installed.status !== 0) {
      throw new Error(`launchbook install --gateway: ${installed.stdout}${installed.stderr}`);
    }
    const started = await startModule({
      python: join(gateway, 'bin', 'python'),
      module,
      args: args(port),
      cwd: data,
      env: { ...own, ...env, JUPYTER_PATH: join(data, 'share', 'jupyter') },
      address: `http://127.0.0.1:${port}/api/kernelspecs`
    });
    try {
      return await tell({
        gatewayUrl: `http://127.0.0.1:${port}`,
        bin: join(lab, 'bin'),
        python: join(lab, 'bin', 'python'),
        folder: join(folder, 'repository'),
        // Enterprise Gateway starts nothing for root.
        env: environmentOf(lab, join(folder, 'home'), { KERNEL_USERNAME: 'ann' }),
        args: [`--gateway-url=http://127.0.0.1:${port}`, ...inFront]
      });
    } finally {
      await started.stop();
    }
  });
}

async function storyBehind({ bin, ...served }) {
  const run = makeRun(bin, served.folder, served.env);
  await inBrowser({ ...served, env: { ...served.env, ...PASSED_ON } }, async (browser, server) => {
    await tellStory(browser, server.at(run));
  });
  archive(bin, run, { cwd: served.folder, env: served.env });
}

async function refusalBehind({ bin, ...served }) {
  const run = makeRun(bin, served.folder, served.env);
  return await inBrowser(served, async (browser, server) => {
    const { page } = await openPage(browser, server.at(run));
    await runAll(page);
    await page.locator('.jp-OutputArea-output').first().waitFor({ timeout: 90_000 });
    const shown = (await page.locator('.jp-OutputArea-output').allInnerTexts()).join('\n');
    return /UntoldRunError/.test(shown) && !/Waiting for approval/.test(shown) ? [] : [shown];
  });
}

function reconnects({ python, gatewayUrl }) {
  return reconnect(python, gatewayUrl, 'none', RECONNECTS, 0);
}

async function reconnectsInFront({ bin, ...served }) {
  makeRun(bin, served.folder, served.env);
  const server = await startJupyter({ ...served, env: { ...served.env, ...PASSED_ON } });
  try {
    return reconnect(served.python, server.url, server.token, RECONNECTS, MOST_LOST_IN_FRONT);
  } finally {
    await server.stop();
  }
}

/** Faults of so many connections to a kernel of the server at `url`. */
function reconnect(python, url, token, times, mostLost) {
  const program = join(import.meta.dirname, 'reconnect.py');
  const words = [program, url, token, String(times), String(mostLost)];
  const { status, stdout, stderr } = spawnSync(python, words, { encoding: 'utf8', timeout: 900_000 });
  const last = `${stdout}${stderr}`.trim().split('\n').at(-1);
  console.log(`  ${last}`);
  return status === 0 ? [] : [last];
}

async function inBrowser(served, act) {
  const server = await startJupyter(served);
  const browser = await openBrowser(await findChromium());
  try {
    return await act(browser, server);
  } finally {
    await browser.close();
    await server.stop();
  }
}
