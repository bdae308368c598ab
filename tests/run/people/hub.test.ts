// The hub's word, against a local server that answers as JupyterHub's REST API does, and in every wrong way.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Hub } from '../../../run/people/hub.js';
import { People } from '../../../run/people/people.js';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const TOKEN = '0123456789abcdef0123456789abcdef';
/** As JupyterHub answers to the token of a single-user server. */
const MODEL = {
  kind: 'user',
  name: 'ann',
  admin: false,
  groups: ['releases'],
  session_id: 'a1b2c3',
  token_id: 'a7',
  scopes: ['access:servers!server=ann/', 'read:users:name!user=ann', 'users:activity!user=ann']
};

let server: Server | undefined;
const requests: { readonly method: string; readonly url: string; readonly authorization: string }[] = [];
afterEach(async () => {
  requests.length = 0;
  server?.closeAllConnections();
  await new Promise<void>(resolve => (server ? server.close(() => resolve()) : resolve()));
  server = undefined;
});

async function hubThat(answer: Answer): Promise<string> {
  server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    requests.push({ method, url, authorization: headers.authorization ?? '' });
    answer(request, response);
  });
  await new Promise<void>(resolve => server!.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hub/api`;
}

const json =
  (status: number, body: unknown): Answer =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

const environmentOf = (url: string, more: object = {}): NodeJS.ProcessEnv => ({
  JUPYTERHUB_USER: 'ann',
  JUPYTERHUB_API_URL: url,
  JUPYTERHUB_API_TOKEN: TOKEN,
  ...more
});

async function wordAfter(answer: Answer, more: object = {}): Promise<Hub['word']> {
  const hub = new Hub({ environment: environmentOf(await hubThat(answer), more), timeoutMs: 2000 });
  await hub.ask();
  return hub.word;
}

describe('the hub', () => {
  test('is asked who the token belongs to, and its user is authenticated', async () => {
    expect(await wordAfter(json(200, MODEL))).toEqual({ user: 'ann', doubt: null });
    expect(requests).toEqual([{ method: 'GET', url: '/hub/api/user', authorization: `token ${TOKEN}` }]);
  });

  test.each<[string, Answer, string]>([
    [
      'an unknown token',
      json(403, { status: 403, message: 'Forbidden' }),
      'refused the token of the kernel (status 403)'
    ],
    [
      'no authentication',
      json(401, { status: 401, message: 'Unauthorized' }),
      'refused the token of the kernel (status 401)'
    ],
    [
      'another user',
      json(200, { ...MODEL, name: 'eve' }),
      'the token of the kernel belongs to “eve”, not to “ann”'
    ],
    [
      'a service that is named like the user',
      json(200, { kind: 'service', name: 'ann', admin: true, roles: [] }),
      'belongs to the service “ann”, not to a user'
    ],
    ['no kind', json(200, { name: 'ann' }), 'belongs to the unknown thing “ann”'],
    ['no name', json(200, { kind: 'user' }), 'names nobody'],
    ['a list', json(200, [MODEL]), 'names nobody'],
    ['null', json(200, 'null'), 'names nobody'],
    ['a page for people', json(200, '<!DOCTYPE html><title>Log in</title>'), 'is not JSON'],
    ['half a model', json(200, JSON.stringify(MODEL).slice(0, 40)), 'is not JSON'],
    [
      'a redirect to the login',
      (_request, response) => response.writeHead(302, { location: '/hub/login' }).end(),
      'answered with status 302'
    ],
    ['a fault of its own', json(503, { status: 503, message: 'Starting' }), 'answered with status 503'],
    ['a cut connection', request => request.socket.destroy(), 'could not be asked: ']
  ])('that answers with %s vouches for nobody, and the reason is told', async (_name, answer, reason) => {
    const { user, doubt } = await wordAfter(answer);
    expect(user).toBeNull();
    expect(doubt).toContain(reason);
  });

  test.each<[string, Answer]>([
    ['altogether', () => undefined],
    ['in the middle of its answer', (_request, response) => void response.writeHead(200).write('{"kind":')]
  ])('that stays silent %s vouches for nobody after the time-out', async (_name, answer) => {
    const hub = new Hub({ environment: environmentOf(await hubThat(answer)), timeoutMs: 100 });
    await hub.ask();
    expect(hub.word).toEqual({ user: null, doubt: 'JupyterHub did not answer within 0.1 s' });
  });

  test('that nobody listens at, or without a token, vouches for nobody', async () => {
    const url = await hubThat(json(200, MODEL));
    const noToken = new Hub({ environment: environmentOf(url, { JUPYTERHUB_API_TOKEN: '' }) });
    await noToken.ask();
    expect(noToken.word.doubt).toContain('has no token');
    expect(requests).toEqual([]);
    await new Promise(resolve => server!.close(resolve));
    const gone = new Hub({ environment: environmentOf(url) });
    await gone.ask();
    expect(gone.word).toEqual({ user: null, doubt: 'JupyterHub could not be asked: ECONNREFUSED' });
  });

  test('must be the one that launchbook.yml names, where it names one', async () => {
    const url = await hubThat(json(200, MODEL));
    for (const [expected, user] of [
      [`${url}/`, 'ann'],
      ['http://hub.example/hub/api', null]
    ] as const) {
      const hub = new Hub({ environment: environmentOf(url), expected: () => expected });
      await hub.ask();
      expect(hub.word.user).toBe(user);
    }
    expect(requests).toHaveLength(1);
  });

  test('is asked once for many at the same time, and again when its word is 30 s old', async () => {
    let nowMs = 1000;
    let model: object = MODEL;
    const url = await hubThat((request, response) => json(200, model)(request, response));
    const hub = new Hub({ environment: environmentOf(url), now: () => nowMs });
    await Promise.all([hub.ask(), hub.ask(), hub.first()]);
    nowMs += 29_999;
    await hub.ask();
    expect(requests).toHaveLength(1);
    model = { ...MODEL, name: 'eve' };
    nowMs += 1;
    await hub.ask();
    expect([requests.length, hub.word.user]).toEqual([2, null]);
    model = MODEL;
    nowMs += 3000;
    await hub.ask();
    expect([requests.length, hub.word.user]).toEqual([3, 'ann']);
  });
});

describe('people', () => {
  test('are authenticated while the hub vouches for them, and claimed with the reason when it does not', async () => {
    let nowMs = 0;
    let status = 200;
    const url = await hubThat((request, response) => json(status, MODEL)(request, response));
    const people = new People(new Hub({ environment: environmentOf(url), now: () => nowMs }));
    people.introduce('page', { username: 'ann', name: 'Ann Lee' });
    expect(people.of('page')).toEqual({
      username: 'ann',
      name: 'Ann Lee',
      grade: 'claimed',
      doubt: 'JupyterHub was not asked yet'
    });
    await people.check();
    expect(people.of('page')).toEqual({ username: 'ann', name: 'Ann Lee', grade: 'authenticated' });
    expect(people.owner).toMatchObject({ username: 'ann', grade: 'authenticated' });
    expect(people.of('', 'eve')).toEqual({ username: 'eve', name: 'eve', grade: 'claimed' });
    status = 403;
    nowMs = 60_000;
    await people.check();
    expect(people.of('page')).toMatchObject({ grade: 'claimed', doubt: expect.stringContaining('403') });
  });

  test('without a hub are claimed, and nothing is asked', async () => {
    const people = new People(new Hub({ environment: { JUPYTERHUB_USER: 'ann' } }));
    await people.check();
    people.introduce('page', { username: 'ann', name: 'Ann Lee' });
    expect(people.of('page')).toEqual({ username: 'ann', name: 'Ann Lee', grade: 'claimed' });
  });
});
