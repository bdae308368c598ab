// A real JupyterHub with its proxy and two people: ann drives a run on her server, bob comes to that server and decides, and what the hub
// vouches for is what the record says.
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { freePort } from '../serve/free-ports.mjs';
import { findChromium } from '../set-up/find-chromium.mjs';
import { productNode, stateFolder } from '../set-up/places.mjs';
import { runCommand } from '../set-up/run-command.mjs';
import { inTemporaryFolder, isHeld } from './cases.mjs';
import { shippedEnvironment } from './environments.mjs';
import { archive, makeRun } from './repository.mjs';
import { environmentOf, startModule } from './server.mjs';
import { approve, openBrowser, openPage, runAll, save, tickAll } from './story.mjs';

const PROXY = 'configurable-http-proxy@5.3.0';

/** Prints a line for each hub, named by its environment, and what it must show. */
export async function proveHubs(names) {
  const proxy = await proxyCommand();
  const results = [];
  for (const name of names) {
    const environment = await shippedEnvironment(name);
    const tell = (what, policy, act) =>
      isHeld(`${name}: ${what}`, () => withHub({ environment, proxy, policy }, act));
    results.push(
      await tell('bob decides on ann’s server, and is attested there', '{ fourEyes: true }', bobDecides),
      await tell('ann is authenticated on her own server', '{ grade: authenticated }', annDecides),
      await tell(
        'who is attested is told before a click that they cannot decide',
        '{ grade: authenticated, fourEyes: true }',
        nobodyCan
      )
    );
  }
  return results.every(Boolean);
}

/** Installs the hub's proxy from npm beside the environments. */
export async function proxyCommand() {
  const folder = join(stateFolder, 'shipping', 'proxy');
  const program = join(folder, 'node_modules', 'configurable-http-proxy', 'bin', 'configurable-http-proxy');
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{}\n');
    await runCommand('npm-proxy', 'npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', PROXY], {
      cwd: folder
    });
  }
  console.log(`  ${PROXY}`);
  return [productNode(), program];
}

/** Calls `act` with a hub, and a run whose hold points have this policy. `page`: of a decision page as its service, what `makeRun` needs more and `decide`. */
export async function withHub({ environment, proxy, policy, page = {} }, act) {
  return await inTemporaryFolder(async home => {
    const bin = join(environment, 'bin');
    const env = environmentOf(environment, join(home, 'home'));
    const folder = join(home, 'repository');
    // Only a live run has a driver.
    const { decide, ...more } = page;
    const run = makeRun(bin, folder, env, { policy, mode: 'live', ...more });
    const place = { home, folder, password: randomUUID(), proxy, ...(decide && { decide: decide(bin) }) };
    for (const name of ['port', 'hubPort', 'proxyPort']) {
      place[name] = await freePort();
    }
    const url = `http://127.0.0.1:${place.port}`;
    const hub = await startModule({
      python: join(bin, 'python'),
      module: 'jupyterhub',
      args: ['--config', join(import.meta.dirname, 'jupyterhub_config.py')],
      cwd: home,
      env: { ...env, LAUNCHBOOK_HUB: JSON.stringify(place), CONFIGPROXY_AUTH_TOKEN: randomUUID() },
      address: `${url}/hub/health`
    });
    const browser = await openBrowser(await findChromium());
    try {
      const at = `${url}/user/ann/lab/tree/${run.slice(folder.length + 1)}`;
      const people = name =>
        openPage(browser, at, { before: page => logIn(page, url, name, place.password) });
      const finish = () => archive(bin, run, { cwd: folder, env });
      return await act({ people, run, finish, browser, url, password: place.password, home });
    } finally {
      await browser.close();
      await hub.stop();
    }
  });
}

async function logIn(page, url, name, password) {
  await page.goto(`${url}/hub/login`);
  await page.locator('input[name=username]').fill(name);
  await page.locator('input[name=password]').fill(password);
  await page.locator('input[type=submit]').click();
  if (name === 'ann') {
    await page.goto(`${url}/hub/spawn/ann`);
    await page.waitForURL(/\/user\/ann\/lab/, { timeout: 180_000 });
  } else {
    // The hub asks whoever comes to the server of another person.
    await page.goto(`${url}/user/ann/lab`);
    await page.getByRole('button', { name: 'Authorize' }).click();
    await page.waitForURL(/\/user\/ann\/lab/, { timeout: 180_000 });
  }
}

async function bobDecides({ people, run, finish }) {
  const { page: ann } = await people('ann');
  await runAll(ann);
  await expect(holdOf(ann)).toBeVisible({ timeout: 90_000 });
  const { page: bob } = await people('bob');
  await approve(bob);
  await tickAll(ann);
  await save(ann);
  const [decision] = decisionsOf(run);
  expect(decision.decision.by).toMatchObject({ username: 'bob', grade: 'attested' });
  await bob.context().close();
  await ann.context().close();
  return [];
}

async function annDecides({ people, run }) {
  const { page: ann } = await people('ann');
  await runAll(ann);
  await approve(ann);
  const [decision] = decisionsOf(run);
  expect(decision.decision.by).toMatchObject({ username: 'ann', grade: 'authenticated' });
  return [];
}

async function nobodyCan({ people, run }) {
  const { page: ann } = await people('ann');
  await runAll(ann);
  await expect(holdOf(ann)).toBeVisible({ timeout: 90_000 });
  const { page: bob } = await people('bob');
  await expect(holdOf(bob)).toContainText('needs a decision of grade authenticated; bob is attested here', {
    timeout: 90_000
  });
  await expect(holdOf(ann)).toContainText('ann drives this run');
  const buttons = await Promise.all(
    [ann, bob].map(page => page.getByRole('button', { name: 'Approve' }).count())
  );
  expect(buttons).toEqual([0, 0]);
  return decisionsOf(run).length === 0 ? [] : ['it was decided'];
}

/** The hold point on somebody’s page. */
export function holdOf(page) {
  return page.locator('.jp-OutputArea .lb-Approval');
}

export function decisionsOf(run) {
  return recordsOf(run).filter(({ kind }) => kind === 'approval-decided');
}

/** What the journal has. */
export function recordsOf(run) {
  return readFileSync(run.replace(/\.ipynb$/, '.journal.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
}
