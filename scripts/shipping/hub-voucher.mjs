// A real JupyterHub with the decision page as its service: ann drives on her server, bob is on that server too. What the service vouches for with
// its own key is authenticated, and meets four eyes; without it nobody can decide, and nothing that a page or a program sends passes for it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { freePort } from '../serve/free-ports.mjs';
import { isHeld } from './cases.mjs';
import { shippedEnvironment } from './environments.mjs';
import { decisionsOf, holdOf, proxyCommand, recordsOf, withHub } from './hubs.mjs';
import { runAll, save, tickAll } from './story.mjs';

const POLICY = '{ grade: authenticated, fourEyes: true }';

/** Prints a line for each thing that the service must show with the hub of the environment `name`. */
export async function proveHubVoucher(name = 'hub-5') {
  const proxy = await proxyCommand();
  const environment = await shippedEnvironment(name);
  const keys = mkdtempSync(join(tmpdir(), 'launchbook-voucher-'));
  try {
    const tell = async (what, hasVoucher, act) => {
      const page = await decisionPage(keys, hasVoucher);
      return isHeld(`${name}: ${what}`, () =>
        withHub({ environment, proxy, policy: POLICY, page }, parts => act({ ...parts, ...page }))
      );
    };
    const results = [
      await tell('without the service nobody can decide on a shared server', false, nobodyCan),
      await tell('the service vouches for bob, authenticated, and four eyes are met', true, bobDecides)
    ];
    return results.every(Boolean);
  } finally {
    rmSync(keys, { recursive: true, force: true });
  }
}

/** What the repository and the hub need for it; without the voucher the same page and policy, and a board that vouches for nobody. */
async function decisionPage(keys, hasVoucher) {
  const key = join(keys, String(hasVoucher));
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'decision page', '-f', key]);
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  return {
    origin,
    settings: `\ndecide: { rpId: localhost, origins: ['${origin}'], voucher: decision-page }\n`,
    signers: `decision-page namespaces="launchbook-voucher" ${readFileSync(`${key}.pub`, 'utf8')}`,
    decide: bin => ({
      origin,
      command: [
        join(bin, 'launchbook'),
        ...['board', '--decide', '--port', String(port)],
        ...(hasVoucher ? ['--voucher', key] : [])
      ]
    })
  };
}

async function nobodyCan({ people, run, origin, browser }) {
  const { page: ann } = await people('ann');
  await runAll(ann);
  await expect(holdOf(ann)).toContainText('ann drives this run', { timeout: 90_000 });
  const { page: bob } = await people('bob');
  await expect(holdOf(bob)).toContainText('needs a decision of grade authenticated', { timeout: 90_000 });
  const page = await (await browser.newContext()).newPage();
  await page.goto(addressOf(run, origin));
  await expect(page.getByRole('button', { name: 'Approve' })).toBeVisible();
  await expect(page.getByText('JupyterHub')).toHaveCount(0);
  const answer = await sent(page, 'bob');
  expect([answer.status(), (await answer.json()).code]).toEqual([422, 'signature.unreadable']);
  expect(decisionsOf(run)).toEqual([]);
  return [];
}

async function bobDecides({ people, run, finish, origin, browser, url, password }) {
  const { page: ann } = await people('ann');
  await runAll(ann);
  await expect(holdOf(ann)).toBeVisible({ timeout: 90_000 });
  const { page: bobInLab } = await people('bob');
  await expect(holdOf(bobInLab)).toContainText('needs a decision of grade authenticated', {
    timeout: 90_000
  });

  // Nobody without a login, and carol has none for this service.
  const carol = await opened(browser, run, origin);
  expect((await (await sent(carol, 'carol')).json()).code).toBe('decide.no_login');
  await carol.getByRole('link', { name: 'Log in with JupyterHub' }).click();
  await enter(carol, 'carol', password);
  await expect(
    carol.getByText('You do not have permission to access JupyterHub service launchbook')
  ).toBeVisible();

  // The driver is told by the page itself, and whoever leaves the page out, by the run.
  const driver = await opened(browser, run, origin);
  await driver.getByRole('link', { name: 'Log in with JupyterHub' }).click();
  await enter(driver, 'ann', password);
  await expect(driver.getByText('JupyterHub names you ann')).toBeVisible();
  await driver.getByRole('button', { name: 'Approve' }).click();
  await expect(driver.getByText('ann drives this run')).toBeVisible();
  expect((await (await sent(driver, 'ann')).json()).code).toBe('decision.not_entitled');
  expect((await (await sent(driver, 'bob')).json()).code).toBe('decide.other_login');

  const bob = await opened(browser, run, origin);
  await bob.getByRole('link', { name: 'Log in with JupyterHub' }).click();
  await enter(bob, 'bob', password);
  await expect(bob.getByText('JupyterHub names you bob')).toBeVisible();
  // A page of the hub in the same browser, and a program with the cookie: neither is the decision page.
  const elsewhere = await bob.context().newPage();
  await elsewhere.goto(`${url}/hub/home`);
  expect((await sent(bob, 'bob', { origin: url })).status()).toBe(403);
  const before = decisionsOf(run).length;
  await elsewhere.evaluate(
    address =>
      fetch(address, { method: 'POST', mode: 'no-cors', credentials: 'include', body: '{}' }).catch(
        () => null
      ),
    addressOf(run, origin)
  );
  expect(decisionsOf(run)).toHaveLength(before);

  await bob.getByLabel('Comment').fill('Tea ordered');
  await answerForm(bob);
  await bob.getByRole('button', { name: 'Approve' }).click();
  await expect(bob.getByText('Counted: the record of the run has what you decided.')).toBeVisible({
    timeout: 30_000
  });
  const [decision] = decisionsOf(run);
  expect(decision.decision.by).toEqual({ username: 'bob', name: 'bob', grade: 'authenticated' });
  expect(decision.decision.signature.means).toBe('hub');
  await expect(holdOf(ann)).toContainText('bob (authenticated, hub)', { timeout: 30_000 });
  await tickAll(ann);
  await save(ann);
  await ann.evaluate(endKernels);
  for (const page of [bob, driver, carol, bobInLab, ann]) {
    await page.context().close();
  }
  finish();
  return [];
}

/** In the page: a run is archived when no kernel writes its journal. */
async function endKernels() {
  const { baseUrl } = JSON.parse(document.getElementById('jupyter-config-data').textContent);
  const headers = { 'X-XSRFToken': /_xsrf=([^;]+)/.exec(document.cookie)?.[1] ?? '' };
  const sessions = await (await fetch(`${baseUrl}api/sessions`, { headers })).json();
  for (const { id } of sessions) {
    await fetch(`${baseUrl}api/sessions/${id}`, { method: 'DELETE', headers });
  }
}

/** The form of the template has one box. */
async function answerForm(page) {
  for (const box of await page.getByRole('checkbox').all()) {
    await box.check();
  }
}

async function opened(browser, run, origin) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(addressOf(run, origin));
  return page;
}

async function enter(page, name, password) {
  await page.locator('input[name=username]').fill(name);
  await page.locator('input[name=password]').fill(password);
  await page.locator('input[type=submit]').click();
}

/** What a program sends in the browser's place: a statement of `by`, with the cookies of `page`. */
async function sent(page, by, headers = {}) {
  const { request, run } = JSON.parse(await page.locator('#data').textContent().then(asSent));
  const address = page.url();
  const data = JSON.stringify({ ...request, run, id: crypto.randomUUID(), by, at: new Date().toISOString() });
  const all = { 'content-type': 'application/json', origin: new URL(address).origin, ...headers };
  return page.request.post(address, { data, headers: all });
}

/** The parts of a statement in the data of the page. */
function asSent(text) {
  const { run, approval } = JSON.parse(text);
  const { id, name: hold, step, content, request } = approval;
  const { nonce, after } = request;
  const asked = { version: 2, approval: id, nonce, after, hold, step, content };
  return JSON.stringify({
    run,
    request: { ...asked, decision: 'approved', comment: 'Seen', values: valuesOf(request) }
  });
}

function valuesOf({ rules }) {
  return Object.fromEntries(rules.form.map(({ name }) => [name, true]));
}

function addressOf(run, origin) {
  const { request } = recordsOf(run).findLast(({ kind }) => kind === 'approval-requested');
  const secret = createHash('sha256')
    .update(`launchbook decision page\n${request.nonce}`)
    .digest('hex')
    .slice(0, 32);
  return `${origin}/decide/${secret}/`;
}
