// Redirects are followed by us: what is meant for one service does not go to another.
import { beforeEach, expect, test } from '@jest/globals';
import { http, secret, type RequestFailedError } from '../../../runbook/index.js';
import { installFakePorts } from '../fake-ports.js';
import { sendJson, serveAnswers, type SeenRequest } from './http-server.js';

const echoed = ({ method, body, headers }: SeenRequest): object => ({
  method,
  body,
  auth: headers['authorization'] ?? null
});

const other = serveAnswers({ '/echo': (request, response) => sendJson(response, 200, echoed(request)) });
const server = serveAnswers({
  '/version': (_, response) => sendJson(response, 200, { version: '2.4.0' }),
  '/echo': (request, response) => sendJson(response, 200, echoed(request)),
  '/elsewhere': (_, response) => void response.writeHead(307, { location: `${other.url}/echo` }).end(),
  '/see-other': (_, response) => void response.writeHead(303, { location: '/echo' }).end(),
  '/keep-method': (_, response) => void response.writeHead(308, { location: '/echo' }).end(),
  '/to-a-file': (_, response) => void response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/moved': (_, response) => void response.writeHead(302, { location: '/version' }).end()
});

beforeEach(() => {
  installFakePorts();
  server.take();
  other.take();
});

async function failureOf(request: PromiseLike<unknown>): Promise<RequestFailedError> {
  return request.then(
    () => {
      throw new Error('The request did not fail.');
    },
    (error: unknown) => error as RequestFailedError
  );
}

test('credentials do not follow a redirect to another service, whatever their header is called', async () => {
  process.env['REDIRECT_TOKEN'] = 'open-sesame-5';
  const token = await secret('REDIRECT_TOKEN');
  const headers = {
    authorization: 'Bearer open-sesame',
    'x-api-key': 'open-sesame',
    'x-shop': 'tea',
    accept: 'application/json',
    'user-agent': token
  };
  expect(await http.get(`${server.url}/elsewhere`, { headers }).json()).toMatchObject({ auth: null });
  const [arrived] = other.take();
  expect(JSON.stringify(arrived)).not.toMatch(/open-sesame|x-shop/);
  expect(arrived?.headers['accept']).toBe('application/json');
});

test('they follow a redirect to the same service', async () => {
  await http.get(`${server.url}/moved`, { headers: { 'x-api-key': 'open-sesame' } });
  expect(server.take().map(({ url, headers }) => [url, headers['x-api-key']])).toEqual([
    ['/moved', 'open-sesame'],
    ['/version', 'open-sesame']
  ]);
});

test('a body is not sent to another service than it was meant for', async () => {
  const error = await failureOf(http.post(`${server.url}/elsewhere`, { json: { password: 'x' } }));
  expect(error.message).toContain(`it redirects to ${other.url}, and a body is not sent to another origin`);
  expect(other.take()).toEqual([]);
});

test.each([
  ['/see-other', 'GET', ''],
  ['/keep-method', 'POST', '{"a":1}']
])('a redirected POST to %s becomes a %s', async (path, method, body) => {
  expect(await http.post(`${server.url}${path}`, { json: { a: 1 } }).json()).toMatchObject({
    method,
    body
  });
});

test('a redirect to what is no http address is no answer', async () => {
  const error = await failureOf(http.get(`${server.url}/to-a-file`, { retry: 0 }));
  expect(error.message).toContain('the redirect to file:///etc/passwd leads to no http address');
});
