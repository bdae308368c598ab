// The login of JupyterHub on the decision page: whom the hub names decides, for nobody else, on this page alone, and only while the hub says so.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tokenFolderOf } from '../../../contract/notebook/notebook.js';
import { serveBoard, type Board } from '../../../lifecycle/board/board-server.js';
import { hubOfService, HubLogin } from '../../../lifecycle/decide/hub-login.js';
import { pageDataOf } from '../../../lifecycle/decide/page-data.js';
import { readRun } from '../../../lifecycle/notebook/read-run.js';
import { Voucher } from '../../../lifecycle/decide/voucher.js';
import { signersAt } from '../../../lifecycle/signers/allowed-signers.js';
import { checkActs } from '../../../record/decisions/signed-acts.js';
import { judgeJournal } from '../../../record/decisions/judge-journal.js';
import { SignatureChecks } from '../../../record/decisions/signature-checks.js';
import { decisionAddress, decisionSecret, listAddress } from '../../../record/decisions/decision-address.js';
import { sendJson, serveAnswers } from '../../runbook/http/http-server.js';
import { makeSigners, statementOf, type Signers } from '../../run/signers.js';
import { makeAskingRun, type AskingRun } from './asking-run.js';

const ORIGIN = 'https://launchbook.example.com';
const DECIDE = { rpId: 'launchbook.example.com', origins: [ORIGIN], voucher: 'door' };
const SCOPES = ['access:services!service=launchbook', 'read:users:name!user=bob'];

/** Answers as JupyterHub does (its REST API, /oauth2/token and /user). */
let user: object | null;
const hub = serveAnswers({
  '/hub/api/oauth2/token': ({ body }, response) => {
    const form = new URLSearchParams(body);
    const isOurs =
      form.get('client_id') === 'service-launchbook' &&
      form.get('client_secret') === 'secret' &&
      form.get('grant_type') === 'authorization_code' &&
      form.get('redirect_uri') === `${ORIGIN}/decide/hub/callback` &&
      form.get('code') === 'code-of-bob';
    sendJson(
      response,
      isOurs ? 200 : 400,
      isOurs ? { access_token: 'token-of-bob' } : { error: 'invalid_grant' }
    );
  },
  '/hub/api/user': ({ headers }, response) => {
    const isKnown = headers.authorization === 'token token-of-bob' && user !== null;
    sendJson(response, isKnown ? 200 : 403, isKnown ? user! : { status: 403, message: 'Forbidden' });
  }
});

let signers: Signers;
let run: AskingRun;
let board: Board;
let page: string;
let now: number;

beforeAll(() => {
  signers = makeSigners([]);
});
afterAll(() => signers.remove());
beforeEach(async () => {
  user = { kind: 'user', name: 'bob', scopes: SCOPES };
  now = Date.now();
  run = await makeAskingRun({ pages: DECIDE, approvals: { approvers: ['bob'], grade: 'authenticated' } });
  run.allow(
    `door namespaces="launchbook-voucher" ${readFileSync(`${signers.keyOf('mallory')}.pub`, 'utf8')}`
  );
  board = await serveBoard({
    runs: [run.path],
    decide: {
      enrolment: () => ({ version: 1, ...DECIDE, signers: 'allowed_signers' }),
      voucher: await Voucher.open(signers.keyOf('mallory'), {
        name: 'door',
        allowedSigners: `${run.folder}/allowed_signers`
      }),
      hub: new HubLogin({
        origin: ORIGIN,
        publicUrl: 'https://hub.example/hub/',
        apiUrl: `${hub.url}/hub/api`,
        service: 'launchbook',
        client: 'service-launchbook',
        token: 'secret',
        now: () => now
      })
    }
  });
  page = decisionAddress(new URL(board.url).origin, run.approval())!;
});
afterEach(async () => {
  await board.close();
  run.end();
});

const get = (path: string, cookie = '') =>
  fetch(new URL(path, page), { headers: { cookie }, redirect: 'manual' });
const cookieOf = (response: Response): string => response.headers.get('set-cookie')!.split(';')[0]!;

/** The browser goes to the hub: its cookie, and what the hub sends back. */
async function begun() {
  const response = await get(`../hub/?to=${decisionSecret(run.approval())!}`);
  const location = new URL(response.headers.get('location')!);
  return { response, location, cookie: cookieOf(response), state: location.searchParams.get('state')! };
}

async function loggedIn(): Promise<string> {
  const { cookie, state } = await begun();
  const response = await get(`../hub/callback?code=code-of-bob&state=${state}`, cookie);
  expect(response.status).toBe(302);
  return cookieOf(response);
}

const decide = async (cookie: string, other: object = {}, headers: object = {}) => {
  const text = statementOf(run.approval(), 'bob', other);
  const response = await fetch(page, {
    method: 'POST',
    body: text,
    headers: { 'content-type': 'application/json', origin: ORIGIN, cookie, ...headers }
  });
  const answer = response.status === 403 ? null : ((await response.json()) as { code?: string });
  return { status: response.status, code: answer?.code };
};
const written = (): string[] => {
  const folder = tokenFolderOf(run.path);
  return existsSync(folder) ? readdirSync(folder) : [];
};

test('whom the hub names decides: authenticated, by the seal of the voucher', async () => {
  const { location, response } = await begun();
  expect(location.origin + location.pathname).toBe('https://hub.example/hub/api/oauth2/authorize');
  expect(response.headers.get('set-cookie')).toMatch(
    /^__Host-launchbook-decide=[\da-f]{64}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=1800; Secure$/
  );
  const cookie = await loggedIn();
  expect(await (await get('', cookie)).text()).toContain('"hub":"bob"');
  expect(await decide(cookie)).toEqual({ status: 202, code: undefined });
  expect(await run.answer).toMatchObject({
    by: { username: 'bob', grade: 'authenticated' },
    signature: { means: 'hub' }
  });
});

test('the owner of a task reports with it, and its journal holds', async () => {
  const task = { deputy: null, dueMs: null, answerMs: null, critical: true, hasCheck: false };
  const list = await run.taskLists.assign(await run.admit('look'), {
    name: 'Before go-live',
    tasks: [{ ...task, title: 'Tell the shops', owner: 'bob' }]
  });
  const cookie = await loggedIn();
  const address = listAddress(new URL(board.url).origin, list)!;
  expect(await (await fetch(address, { headers: { cookie } })).text()).toContain('"hub":"bob"');
  const report = async (by: string): Promise<unknown> => {
    const body = JSON.stringify({
      version: 3,
      id: crypto.randomUUID(),
      run: run.keeper.state.run!.id,
      list: list.id,
      nonce: list.nonce,
      item: 'task-1',
      text: 'Tell the shops',
      action: 'done',
      comment: '',
      by,
      at: new Date().toISOString()
    });
    const headers = { 'content-type': 'application/json', origin: ORIGIN, cookie };
    return (await fetch(address, { method: 'POST', body, headers })).json();
  };
  expect(await report('ann')).toMatchObject({ code: 'decide.other_login' });
  expect(await report('bob')).toMatchObject({ isTaken: true });
  for (const end = Date.now() + 10_000; !isDone() && Date.now() < end;) {
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  expect(isDone()).toBe(true);
  const { acts } = judgeJournal(run.journal.records).judged;
  expect(acts).toMatchObject([
    { by: { username: 'bob', grade: 'authenticated' }, signature: { means: 'hub' } }
  ]);
  const checks = new SignatureChecks({ ...signersAt(run.path), pages: () => Promise.resolve([DECIDE]) });
  expect((await checkActs(acts, checks)).faults).toEqual([]);
  const grown = acts.map(act => ({ ...act, by: { ...act.by, grade: 'signed' as const } }));
  expect((await checkActs(grown, checks)).faults).toMatchObject([{ code: 'signature.other_means' }]);

  function isDone(): boolean {
    return run.keeper.state.taskLists[list.id]!.tasks[0]!.status === 'done';
  }
});

describe('nothing is sealed', () => {
  test('without a login, with an old one, or of somebody whom the hub has locked out since', async () => {
    expect(await decide('')).toMatchObject({ code: 'decide.no_login' });
    const { cookie: before } = await begun();
    expect(await decide(before)).toMatchObject({ code: 'decide.no_login' });
    const cookie = await loggedIn();
    for (const other of [
      null,
      { kind: 'service', name: 'bob', scopes: SCOPES },
      { kind: 'user', name: 'bob', scopes: ['self'] },
      { kind: 'user', scopes: SCOPES }
    ]) {
      user = other;
      expect(await decide(cookie)).toMatchObject({ code: 'decide.no_login' });
    }
    user = { kind: 'user', name: 'bob', scopes: SCOPES };
    now += 31 * 60_000;
    expect(await decide(cookie)).toMatchObject({ code: 'decide.no_login' });
    expect(written()).toEqual([]);
  });

  test('from another page, or from none', async () => {
    const cookie = await loggedIn();
    for (const origin of [
      'https://hub.example',
      'null',
      `${ORIGIN}:8443`,
      'http://launchbook.example.com',
      ''
    ]) {
      expect((await decide(cookie, {}, { origin })).status).toBe(403);
    }
    expect(written()).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['for somebody else', { by: 'ann' }, 'decide.other_login'],
    ['of another version', { version: 1 }, 'decide.other_login'],
    ['for another run', { run: '2.4.0-staging-ffffff' }, 'signature.other_run'],
    ['about other content', { content: 'f'.repeat(64) }, 'signature.other_content'],
    ['about another request', { nonce: 'guessed' }, 'signature.other_request'],
    ['as a rejection without a reason', { decision: 'rejected', comment: '' }, 'decision.no_comment']
  ])('%s', async (_, other, code) => {
    expect(await decide(await loggedIn(), other)).toMatchObject({ status: 422, code });
    expect(written()).toEqual([]);
  });

  test('that is sent as a token', async () => {
    const cookie = await loggedIn();
    const answer = await decide(cookie, {}, { 'content-type': 'text/plain' });
    expect(answer).toMatchObject({ code: 'signature.unreadable' });
  });
});

describe('a login is not taken', () => {
  test('that this browser has not begun, with another state or code, a second time', async () => {
    const { cookie, state } = await begun();
    for (const [path, of] of [
      [`../hub/callback?code=code-of-bob&state=${state}`, ''],
      [`../hub/callback?code=code-of-bob&state=${state}`, `${cookie}; ${cookie}`],
      ['../hub/callback', cookie]
    ] as const) {
      expect((await get(path, of)).status).toBe(403);
    }
    for (const wrong of [`code=code-of-bob&state=${'0'.repeat(32)}`, `code=other&state=STATE`]) {
      const other = await begun();
      const path = `../hub/callback?${wrong.replace('STATE', other.state)}`;
      expect((await get(path, other.cookie)).status).toBe(403);
    }
    const own = await begun();
    const path = `../hub/callback?code=code-of-bob&state=${own.state}`;
    expect((await get(path, own.cookie)).status).toBe(302);
    expect((await get(path, own.cookie)).status).toBe(403);
  });

  test('for an address that is no question', async () => {
    for (const to of ['', '//evil.example', '../..', 'enrol']) {
      expect((await get(`../hub/?to=${encodeURIComponent(to)}`)).status).toBe(403);
    }
  });
});

test('a page whose policy takes no login shows none', async () => {
  expect(await (await get('')).text()).toContain('"hub":null');
  run.end();
  run = await makeAskingRun({ pages: DECIDE, approvals: { approvers: ['bob'], grade: 'signed' } });
  const text = JSON.stringify(
    pageDataOf({ path: run.path, files: readRun(run.path), approval: run.approval() }, 'bob')
  );
  expect(text).not.toContain('"hub"');
});

test('a service that pages of the users of the hub could reach does not start', () => {
  const environment = {
    JUPYTERHUB_SERVICE_NAME: 'launchbook',
    JUPYTERHUB_API_URL: 'http://127.0.0.1:8081/hub/api',
    JUPYTERHUB_API_TOKEN: 'secret',
    JUPYTERHUB_PUBLIC_HUB_URL: `${ORIGIN}/hub/`
  };
  expect(() => hubOfService(ORIGIN, environment)).toThrow(
    expect.objectContaining({ code: 'decide.bad_hub' })
  );
  expect(hubOfService('https://other.example', environment)).toBeInstanceOf(HubLogin);
  const less = { ...environment, JUPYTERHUB_API_TOKEN: '' };
  expect(() => hubOfService('https://other.example', less)).toThrow('JUPYTERHUB_API_TOKEN not set');
  // The server of a person has the same variables but this one, and vouches for nobody.
  expect(hubOfService('https://other.example', { ...environment, JUPYTERHUB_SERVICE_NAME: '' })).toBeNull();
});

test('a key that nobody allows as the voucher is refused at the start', async () => {
  const allowedSigners = `${run.folder}/allowed_signers`;
  for (const [key, name] of [
    [signers.keyOf('mallory'), undefined],
    [signers.keyOf('mallory'), 'other'],
    [`${run.folder}/none`, 'door']
  ] as const) {
    await expect(Voucher.open(key, { name, allowedSigners })).rejects.toMatchObject({
      code: 'decide.bad_voucher'
    });
  }
});
