import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { http, secret } from '../../../runbook/index.js';
import type { RequestFailedError } from '../../../runbook/index.js';
import { installFakePorts, journalText, type FakePorts } from '../fake-ports.js';
import { sendJson, serveAnswers, unusedUrl } from './http-server.js';

let ports: FakePorts;

const server = serveAnswers({
  '/version': (_, response) => sendJson(response, 200, { version: '2.4.0' }),
  '/echo': (request, response) =>
    sendJson(response, 201, {
      method: request.method,
      body: request.body,
      type: request.headers['content-type'] ?? null,
      auth: request.headers.authorization ?? null
    }),
  '/text': (_, response) => void response.end('just text'),
  '/fails': (_, response) => void response.writeHead(500).end('database is down'),
  '/fails-then-stalls': (_, response, calls) => void (calls === 1 && response.writeHead(500).end('down')),
  '/second-time': (_, response, calls) =>
    calls % 2 === 1
      ? sendJson(response, 503, {}, { 'retry-after': '0' })
      : sendJson(response, 200, { calls }),
  '/in-a-second': (_, response, calls) =>
    calls % 2 === 1
      ? sendJson(response, 429, {}, { 'retry-after': '1' })
      : sendJson(response, 200, { calls }),
  '/tomorrow': (_, response) => sendJson(response, 503, {}, { 'retry-after': '86400' }),
  '/third-time': (_, response, calls) => sendJson(response, calls >= 3 ? 200 : 503, { calls }),
  '/stalls': () => undefined,
  '/stalls-in-body': (_, response) => void response.writeHead(200).write('half '),
  '/truncates': (_, response) => {
    response.writeHead(200, { 'content-length': '1000' }).write('half ');
    setTimeout(() => response.destroy(), 30);
  },
  '/large': (_, response) => void response.end(Buffer.alloc(11 * 1024 * 1024, 'x')),
  '/round-and-round': (_, response) => void response.writeHead(302, { location: '/round-and-round' }).end(),
  '/moved': (_, response) => void response.writeHead(302, { location: '/version' }).end(),
  '/cookie': (_, response) => void response.writeHead(200, { 'set-cookie': 'session=open-sesame-3' }).end()
});

beforeEach(() => {
  ports = installFakePorts();
  server.take();
});

async function failureOf(request: PromiseLike<unknown>): Promise<RequestFailedError> {
  try {
    await request;
  } catch (error) {
    return error as RequestFailedError;
  }
  throw new Error('The request did not fail.');
}

describe('a request that succeeds', () => {
  test('gives status, headers and body, and prints one line', async () => {
    const result = await http.get(`${server.url}/version`);
    expect(result).toMatchObject({
      status: 200,
      body: '{"version":"2.4.0"}',
      failed: false,
      attempts: 1,
      problem: null
    });
    expect(result.headers['content-type']).toBe('application/json');
    expect(result.json()).toEqual({ version: '2.4.0' });
    expect(ports.written()).toMatch(/^GET http:\/\/127\.0\.0\.1:\d+\/version → 200, \d+ ms, 19 B\n$/);
  });

  test('`.json()` and `.text()` give the body', async () => {
    expect(await http.get(`${server.url}/version`).json()).toEqual({ version: '2.4.0' });
    expect(await http.get(`${server.url}/text`).text()).toBe('just text');
  });

  test('a secret is a header, and is neither shown nor recorded', async () => {
    process.env['LAUNCHBOOK_HTTP_SECRET'] = 'open-sesame-5';
    const token = await secret('LAUNCHBOOK_HTTP_SECRET');
    const headers = { authorization: await secret.text`Bearer ${token}` };
    const answer = await http.post(`${server.url}/echo`, { headers });
    expect(JSON.parse(answer.body)).toMatchObject({ auth: 'Bearer open-sesame-5' });
    expect(journalText(ports) + ports.written()).not.toContain('open-sesame-5');
    expect(() => http.get(`${server.url}/echo`, { headers: { authorization: `Bearer ${token}` } })).toThrow(
      /a secret inside a text is written secret\.text/
    );
  });

  test('sends JSON with its type', async () => {
    const answer = await http
      .post(`${server.url}/echo`, { json: { on: true } })
      .json<{ [key: string]: unknown }>();
    expect(answer).toMatchObject({ method: 'POST', body: '{"on":true}', type: 'application/json' });
  });

  test.each(['get', 'post', 'put', 'patch', 'delete'] as const)('`http.%s` sends that method', async verb => {
    await http[verb](`${server.url}/echo`);
    expect(server.take().map(request => request.method)).toEqual([verb.toUpperCase()]);
  });

  test('is sent once however often it is awaited, and also when nobody awaits it', async () => {
    const request = http.get(`${server.url}/version`);
    await Promise.all([request, request, request.json()]);
    void http.post(`${server.url}/echo`);
    await http.get(`${server.url}/text`);
    await sleep(50);
    expect(
      server
        .take()
        .map(seen => seen.url)
        .sort()
    ).toEqual(['/echo', '/text', '/version']);
  });

  test('a bare request shows its one line and no object below it', async () => {
    const result = await http.get(`${server.url}/version`);
    const shown = (result as unknown as { [key: symbol]: () => unknown })[Symbol.for('Jupyter.display')];
    expect(shown?.()).toEqual({});
    expect(Object.keys(result)).toContain('bytes');
  });

  test('follows redirects', async () => {
    expect(await http.get(`${server.url}/moved`).json()).toEqual({ version: '2.4.0' });
  });
});

describe('a request that fails', () => {
  test('an unexpected status throws with address, status, expectation and the beginning of the answer', async () => {
    const error = await failureOf(http.get(`${server.url}/fails`, { retry: 0 }));
    expect(error).toMatchObject({
      name: 'RequestFailedError',
      code: 'http.unexpected_status',
      status: 500,
      failed: true
    });
    expect(error.message).toMatch(
      /^GET http:\S+\/fails answered with status 500 after \d+ ms, expected 200 to 299\.\nThe answer begins:\n {2}database is down$/
    );
  });

  test('has the same fields as one that succeeds', async () => {
    const result = await http.get(`${server.url}/version`);
    expect(Object.keys(await failureOf(http.get(`${server.url}/none`)))).toEqual(
      expect.arrayContaining(Object.keys(result))
    );
  });

  test('expected statuses are fine, others then are not', async () => {
    expect(await http.get(`${server.url}/none`, { expect: [404, 410] })).toMatchObject({
      status: 404,
      failed: false
    });
    expect(await failureOf(http.get(`${server.url}/version`, { expect: 404 }))).toMatchObject({
      code: 'http.unexpected_status',
      status: 200
    });
  });

  test('nobody listening is told apart from a bad answer', async () => {
    const error = await failureOf(http.get(await unusedUrl(), { retry: 0 }));
    expect(error).toMatchObject({ code: 'http.unreachable', status: null });
    expect(error.message).toContain('ECONNREFUSED');
  });

  test.each(['/stalls', '/stalls-in-body'])('the time-out also ends %s', async path => {
    expect(await failureOf(http.get(`${server.url}${path}`, { timeout: '150ms', retry: 0 }))).toMatchObject({
      code: 'http.timed_out',
      timedOut: true
    });
  });

  test('a body that ends early is no answer', async () => {
    expect(await failureOf(http.get(`${server.url}/truncates`, { retry: 0 }))).toMatchObject({
      failed: true,
      body: ''
    });
  });

  test('an answer that breaks off keeps its status', async () => {
    const error = await failureOf(http.post(`${server.url}/truncates`));
    expect(error).toMatchObject({ code: 'http.broken_off', status: 200, bytes: 5 });
    expect(error.message).toContain('answered with status 200, but the body broke off after 5 B');
  });

  test('redirects without end are no answer', async () => {
    expect(await failureOf(http.get(`${server.url}/round-and-round`, { retry: 0 }))).toMatchObject({
      code: 'http.unreachable',
      problem: expect.stringContaining('redirect') as unknown
    });
  });

  test('the longest body can be chosen', async () => {
    const error = await failureOf(http.get(`${server.url}/large`, { limit: '64 KiB' }));
    expect(error.message).toContain('answered with more than 64 KiB');
    expect((await http.get(`${server.url}/large`, { limit: '11 MiB' })).bytes).toBe(11 * 1024 * 1024);
    expect(() => http.get(server.url, { limit: '1 GiB' })).toThrow("'limit' is '1 GiB'");
  });

  test('a body over 10 MiB is refused', async () => {
    expect(await failureOf(http.get(`${server.url}/large`))).toMatchObject({
      code: 'http.too_large',
      isTooLarge: true,
      body: ''
    });
  });

  test('an answer that is not JSON is refused with its beginning', async () => {
    await expect(http.get(`${server.url}/text`).json()).rejects.toMatchObject({
      code: 'http.not_json',
      message: expect.stringContaining('just text') as unknown
    });
  });

  test('an interrupt ends the request at once', async () => {
    const failure = failureOf(http.get(`${server.url}/stalls`));
    await sleep(50);
    ports.interrupt();
    expect(await failure).toMatchObject({ code: 'http.interrupted', isInterrupted: true });
    expect(ports.entries.at(-1)).toMatchObject({ kind: 'effect-ended', outcome: 'inconclusive' });
  });
});

describe('retries', () => {
  test('a GET is repeated after 503', async () => {
    expect(await http.get(`${server.url}/second-time`)).toMatchObject({ status: 200, attempts: 2 });
  });

  test('a Retry-After is waited for, instead of the own pause', async () => {
    const timers = jest.spyOn(globalThis, 'setTimeout');
    try {
      for (const method of ['get', 'delete'] as const) {
        timers.mockClear();
        expect(await http[method](`${server.url}/in-a-second`)).toMatchObject({ status: 200, attempts: 2 });
        expect(timers.mock.calls.map(([, ms]) => ms)).toContain(1000);
      }
    } finally {
      timers.mockRestore();
    }
  });

  test('a Retry-After of more than 60 s ends the request at once, and is told', async () => {
    const error = await failureOf(http.get(`${server.url}/tomorrow`));
    expect(error).toMatchObject({ code: 'http.unexpected_status', status: 503, attempts: 1 });
    expect(error.hint).toBe('The service asks to come back later (Retry-After: 86400).');
  });

  test('the interrupt ends the wait for the next attempt', async () => {
    const failure = failureOf(http.get(`${server.url}/in-a-second`));
    await sleep(100);
    ports.interrupt();
    expect(await failure).toMatchObject({ code: 'http.interrupted', isInterrupted: true });
  });

  test('a POST is not repeated after a Retry-After either', async () => {
    await failureOf(http.post(`${server.url}/tomorrow`));
    expect(server.take()).toHaveLength(1);
  });

  test('a POST is never repeated', async () => {
    await failureOf(http.post(`${server.url}/fails`));
    expect(server.take()).toHaveLength(1);
  });

  test('a POST with the option retry is a wrong call', () => {
    expect(() => http.post(`${server.url}/echo`, { retry: 1 })).toThrow('a POST may act twice');
  });
});

describe('until', () => {
  test('asks again until the condition holds, whatever the status in between', async () => {
    const result = await http
      .get(`${server.url}/third-time`)
      .until(reply => reply.status === 200, { every: '20ms', timeout: '5s' });
    expect(result).toMatchObject({ status: 200, attempts: 3, failed: false });
    expect(ports.entries.map(entry => entry.kind)).toEqual(['effect-started', 'effect-ended']);
  });

  test('fails when the time is over, with the number of requests and the last status', async () => {
    const error = await failureOf(
      http.get(`${server.url}/fails`).until(reply => reply.status === 200, { every: '20ms', timeout: '2s' })
    );
    expect(error).toMatchObject({ code: 'http.until_timed_out', status: 500 });
    expect(error.message).toMatch(
      /did not answer as expected within 2.0 s \(\d+ requests, last: status 500\)/
    );
  });

  test('a last request that the end of the wait cuts off does not hide what the service answered before', async () => {
    const error = await failureOf(
      http.get(`${server.url}/fails-then-stalls`).until(() => false, { every: '10ms', timeout: '400ms' })
    );
    expect(error).toMatchObject({ code: 'http.until_timed_out', status: 500, attempts: 2 });
    expect(error.message).toContain('last: status 500');
  });

  test('a service that is not there yet is not a failure', async () => {
    const error = await failureOf(
      http.get(await unusedUrl()).until(reply => reply.status === 200, { every: '10ms', timeout: '100ms' })
    );
    expect(error.message).toContain('ECONNREFUSED');
  });

  test('an interrupt ends the wait', async () => {
    const failure = failureOf(
      http.get(`${server.url}/fails`).until(() => false, { every: '10s', timeout: '60s' })
    );
    await sleep(100);
    ports.interrupt();
    expect(await failure).toMatchObject({ code: 'http.interrupted' });
  });

  test('a wrong call sends nothing', async () => {
    await expect(http.get(`${server.url}/version`).until('x' as never, {} as never)).rejects.toMatchObject({
      code: 'usage.invalid',
      message: expect.stringMatching(/The condition is 'x'[\s\S]*'timeout' is missing/) as unknown
    });
    await expect(http.post(`${server.url}/echo`).until(() => true, { timeout: '1s' })).rejects.toMatchObject({
      code: 'usage.invalid'
    });
    await sleep(50);
    expect(server.take()).toEqual([]);
  });
});

describe('the journal', () => {
  test('has the request before it is sent and the answer after', async () => {
    await http.put(`${server.url}/echo`, { json: { a: 1 } });
    expect(ports.entries).toMatchObject([
      {
        kind: 'effect-started',
        helper: 'http',
        label: `PUT ${server.url}/echo`,
        request: { method: 'PUT', json: { a: 1 } }
      },
      { kind: 'effect-ended', outcome: 'passed', result: { status: 201 } }
    ]);
  });

  test('nothing is sent when the request cannot be announced', async () => {
    ports.refuseNext(new Error('disk full'));
    await expect(http.post(`${server.url}/echo`)).rejects.toThrow('disk full');
    expect(server.take()).toEqual([]);
  });

  test('credentials are sent, but neither shown nor recorded', async () => {
    const url = server.url.replace('http://', 'http://ann:open-sesame-1@');
    const answer = await http
      .post(`${url}/echo?token=open-sesame-2`, {
        headers: { 'X-Api-Key': 'open-sesame-4' },
        json: { password: 'open-sesame-5', keep: 1 }
      })
      .json<{ auth: string; body: string }>();
    await http.get(`${server.url}/cookie`, { headers: { authorization: 'Bearer open-sesame-6' } });
    const failure = await failureOf(http.get(`${url}/fails?api_key=open-sesame-7`, { retry: 0 }));
    expect(answer.auth).toBe(`Basic ${Buffer.from('ann:open-sesame-1').toString('base64')}`);
    expect(answer.body).toContain('open-sesame-5');
    const requests = JSON.stringify(ports.entries.filter(entry => entry.kind === 'effect-started'));
    for (const text of [requests, ports.written(), failure.message, JSON.stringify(ports.entries.at(-3))]) {
      expect(text).not.toContain('open-sesame');
    }
    expect(requests).toContain('"keep":1');
    expect(journalText(ports)).not.toContain('open-sesame-3');
  });
});

describe('a wrong call', () => {
  test('lists every fault at once and sends nothing', () => {
    const call = (): unknown => http.get('ftp://x', { tiemout: 1, expect: 99, headers: { a: 1 } } as never);
    expect(call).toThrow(
      /The URL is 'ftp:\/\/x' \(a string\), expected an http or https URL[\s\S]*'tiemout' is not an option. Did you mean 'timeout'\?[\s\S]*'headers'[\s\S]*'expect' is 99/
    );
    expect(() => http.post(server.url, { json: 1, body: 'x' })).toThrow("Both 'json' and 'body'");
  });
});
