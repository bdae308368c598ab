// Answers that a resume gives from the record: the same checks, and no part of a body as if it were the whole.
import { beforeEach, describe, expect, test } from '@jest/globals';
import { http, type StandardSchema } from '../../../runbook/index.js';
import { installFakePorts } from '../fake-ports.js';
import { sendJson, serveAnswers } from './http-server.js';
import type { Json } from '../../../contract/base/json.js';

const LONG = Array.from({ length: 30_000 }, (_, order) => ({ order, tea: 'Assam' }));

const server = serveAnswers({
  '/orders': (_, response) => sendJson(response, 200, LONG),
  '/version': (_, response) => sendJson(response, 200, { version: '2.4.0' })
});
beforeEach(() => void server.take());

const anything: StandardSchema<number> = {
  '~standard': { version: 1, vendor: 'test', validate: value => ({ value: (value as unknown[]).length }) }
};

/** What the journal keeps of a request, as a resume gets it. */
async function recordOf(path: string): Promise<Json> {
  const ports = installFakePorts();
  await http.get(`${server.url}${path}`);
  server.take();
  return JSON.parse(JSON.stringify(ports.entries.at(-1)?.['result'])) as Json;
}

describe('a body of more than 262,144 characters', () => {
  test('is read at first, and checked', async () => {
    installFakePorts();
    expect(await http.get(`${server.url}/orders`, { schema: anything }).json()).toBe(30_000);
  });

  test.each([
    ['text', {}],
    ['json', {}],
    ['json', { schema: anything }]
  ] as const)('is refused by .%s() after a resume, with %j', async (reader, options) => {
    installFakePorts({ recorded: [{ outcome: 'passed', result: await recordOf('/orders') }] });
    const result = await http.get(`${server.url}/orders`, options);
    expect(result).toMatchObject({ status: 200, isTruncated: true });
    expect(() => result[reader]()).toThrow(
      expect.objectContaining({
        code: 'http.body_not_kept',
        message: expect.stringContaining('KiB') as unknown
      })
    );
    expect(server.take()).toEqual([]);
  });
});

test('a shorter one comes back the same', async () => {
  installFakePorts({ recorded: [{ outcome: 'passed', result: await recordOf('/version') }] });
  const result = await http.get(`${server.url}/version`);
  expect([result.isTruncated, result.json()]).toEqual([false, { version: '2.4.0' }]);
});
