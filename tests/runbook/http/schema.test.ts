import { beforeEach, describe, expect, test } from '@jest/globals';
import { http } from '../../../runbook/index.js';
import type { RequestFailedError, StandardSchema } from '../../../runbook/index.js';
import { installFakePorts, type FakePorts } from '../fake-ports.js';
import { sendJson, serveAnswers } from './http-server.js';

interface Version {
  readonly version: string;
  readonly since: Date;
}

/** A schema as the libraries make them: checks, reports each fault with its path, and turns texts into what they mean. */
const versionSchema: StandardSchema<Version> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: value => {
      const { version, since } = value as { version?: unknown; since?: unknown };
      const issues = [
        ...(typeof version === 'string' ? [] : [{ message: 'expected a text', path: ['version'] }]),
        ...(typeof since === 'string' && !Number.isNaN(Date.parse(since))
          ? []
          : [{ message: 'expected a time', path: [{ key: 'since' }] }])
      ];
      return issues.length > 0
        ? { issues }
        : { value: { version: version as string, since: new Date(since as string) } };
    }
  }
};

const server = serveAnswers({
  '/good': (_, response) => sendJson(response, 200, { version: '2.4.0', since: '2026-11-22T07:50:03Z' }),
  '/bad': (_, response) => sendJson(response, 200, { version: 2, since: 'never' }),
  '/text': (_, response) => void response.end('not JSON'),
  '/none': (_, response) => void response.writeHead(204).end()
});

let ports: FakePorts;
beforeEach(() => {
  ports = installFakePorts();
});

async function failureOf(path: string, schema: StandardSchema = versionSchema): Promise<RequestFailedError> {
  try {
    await http.get(`${server.url}${path}`, { schema });
  } catch (error) {
    return error as RequestFailedError;
  }
  throw new Error('The request did not fail.');
}

describe('a request with a schema', () => {
  test('gives what the schema makes of the body, with its type', async () => {
    const answer: Version = await http.get(`${server.url}/good`, { schema: versionSchema }).json();
    expect(answer).toEqual({ version: '2.4.0', since: new Date('2026-11-22T07:50:03Z') });
    const result = await http.get(`${server.url}/good`, { schema: versionSchema });
    expect(result.json().since.getUTCFullYear()).toBe(2026);
    expect(result.text()).toContain('"since":"2026');
  });

  test('a body that does not fit fails with every fault and its path, and is journaled as failed', async () => {
    const error = await failureOf('/bad');
    expect(error).toMatchObject({
      code: 'http.unexpected_body',
      status: 200,
      failed: true,
      issues: ['version: expected a text', 'since: expected a time']
    });
    expect(error.message).toMatch(
      /answered with status 200 and a body that does not fit the schema\.\n {2}version: expected a text\n {2}since: expected a time\nThe answer begins:\n {2}\{"version":2/
    );
    expect(ports.entries.at(-1)).toMatchObject({ kind: 'effect-ended', outcome: 'failed' });
  });

  test.each(['/text', '/none'])('%s, which is not JSON, does not fit either', async path => {
    expect((await failureOf(path)).issues[0]).toMatch(/^It cannot be checked: .*JSON/);
  });

  test('a schema that answers later is waited for, and one that throws is a fault', async () => {
    const later: StandardSchema<number> = {
      '~standard': { version: 1, vendor: 'test', validate: async () => ({ value: 7 }) }
    };
    expect(await http.get(`${server.url}/good`, { schema: later }).json()).toBe(7);
    const broken: StandardSchema = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: () => {
          throw new Error('schema is broken');
        }
      }
    };
    expect((await failureOf('/good', broken)).issues).toEqual(['It cannot be checked: schema is broken.']);
  });

  test('a status that was not expected is the reason, whatever the body', async () => {
    await expect(http.get(`${server.url}/missing`, { schema: versionSchema })).rejects.toMatchObject({
      code: 'http.unexpected_status',
      issues: []
    });
  });

  test('a function that carries the sign of a schema is one', async () => {
    const callable = Object.assign(() => undefined, versionSchema);
    expect((await http.get(`${server.url}/good`, { schema: callable }).json()).version).toBe('2.4.0');
  });

  test('something else than a schema is a wrong call', () => {
    expect(() => http.get(`${server.url}/good`, { schema: { parse: () => 1 } as never })).toThrow(
      /'schema' is .*expected a Standard Schema/
    );
  });
});
