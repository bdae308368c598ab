import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { splunk } from '../../../runbook/index.js';
import type { SearchFailedError } from '../../../runbook/index.js';
import { installFakePorts, journalText, type FakePorts } from '../fake-ports.js';
import { serveAnswers, unusedUrl } from '../http/http-server.js';
import { profileOf, serveLogSearch } from './log-search.js';

const logSearch = serveLogSearch([
  { level: 'ERROR', service: 'orders', durationMs: 12 },
  { level: 'ERROR', service: 'orders', durationMs: 30 },
  { level: 'ERROR', service: 'payments', durationMs: 7 },
  { level: 'INFO', service: 'orders', durationMs: 3 }
]);

const EXPORT = '/services/search/v2/jobs/export';
let answer = '';
let end: 'end' | 'stall' | 'break' = 'end';
const server = serveAnswers({
  [EXPORT]: (_, response) => {
    response.writeHead(200).write(answer);
    if (end === 'end') {
      response.end();
    } else if (end === 'break') {
      setTimeout(() => response.destroy(), 20);
    }
  },
  [`/refuses${EXPORT}`]: (_, response) =>
    void response
      .writeHead(401)
      .end('{"messages":[{"type":"WARN","text":"call not properly authenticated"}]}'),
  [`/moves${EXPORT}`]: (_, response) => void response.writeHead(302, { location: '/elsewhere' }).end(),
  [`/breaks${EXPORT}`]: (_, response) => void response.writeHead(503).end('<html>proxy</html>')
});

let ports: FakePorts;
const rowLine = (offset: number, last = false): string =>
  `${JSON.stringify({ preview: false, offset, ...(last ? { lastrow: true } : {}), result: { n: String(offset) } })}\n`;

beforeEach(() => {
  ports = installFakePorts({ profile: profileOf(server.url) });
  answer = '';
  end = 'end';
  server.take();
});

async function failureOf(path = ''): Promise<SearchFailedError> {
  if (path !== '') {
    ports = installFakePorts({ profile: profileOf(`${server.url}${path}`) });
  }
  try {
    await splunk.search().run({ timeout: '2s' });
  } catch (error) {
    return error as SearchFailedError;
  }
  throw new Error('The search did not fail.');
}

describe('run, against the log search of the example fleet', () => {
  test('gives the rows, and shows them as a table with the search under it', async () => {
    ports = installFakePorts({ profile: logSearch() });
    const result = await splunk
      .search()
      .where({ level: 'ERROR' })
      .stats({ errors: 'count()', slowest: 'max(durationMs)' }, { by: ['service'] })
      .sort('-errors')
      .run();
    expect(result.rows).toEqual([
      { service: 'orders', errors: '2', slowest: '30' },
      { service: 'payments', errors: '1', slowest: '7' }
    ]);
    expect([...result]).toEqual(result.rows);
    expect(result).toMatchObject({ count: 2, isTruncated: false, earliest: '-15m', latest: 'now' });
    expect(ports.shown[0]!.bundle['text/plain']).toMatch(
      /^service {3}errors {2}slowest\n-+ {2}-+ {2}-+\norders {4}2 {7}30\npayments {2}1 {7}7\n2 rows in .*, -15m to now\nsearch index=fleet level="ERROR" \| stats/
    );
  });

  test('every part of the builder is understood by the server', async () => {
    ports = installFakePorts({ profile: logSearch() });
    const found = await splunk
      .search()
      .where({ durationMs: { atLeast: 3 }, service: { like: 'o*' }, level: { not: 'DEBUG' } })
      .contains('orders')
      .eval({ seconds: 'durationMs / 1000' })
      .sort('durationMs')
      .head(2)
      .table('seconds', 'level')
      .run();
    expect(found.rows).toEqual([
      { seconds: '0.003', level: 'INFO' },
      { seconds: '0.012', level: 'ERROR' }
    ]);
    const chart = await splunk
      .search()
      .earliest('-5m')
      .timechart({ n: 'count()' }, { span: '1m', by: 'service' })
      .run();
    expect(chart.rows.map(row => Number(row['orders'])).reduce((sum, n) => sum + n, 0)).toBe(3);
  });

  test('a search with a fault says what Splunk says', async () => {
    ports = installFakePorts({ profile: logSearch() });
    await expect(splunk.search().raw('nonsense x').run()).rejects.toMatchObject({
      name: 'SearchFailedError',
      code: 'splunk.bad_query',
      message: expect.stringContaining("Unknown search command 'nonsense'") as unknown
    });
  });

  test('a wrong token is told apart, and is not shown', async () => {
    ports = installFakePorts({ profile: profileOf(logSearch().splunk!.url, 'wrong-token-1') });
    const error = await failureOf();
    expect(error).toMatchObject({
      code: 'splunk.unauthorized',
      message: expect.stringContaining('call not properly authenticated') as unknown
    });
    expect(error.message + journalText(ports)).not.toContain('wrong-token-1');
  });

  test('`expectNone` passes on no rows and fails on one, with the rows shown', async () => {
    ports = installFakePorts({ profile: logSearch() });
    expect(await splunk.search().where({ level: 'FATAL' }).expectNone()).toMatchObject({ count: 0 });
    await expect(splunk.search().where({ service: 'payments' }).expectNone()).rejects.toMatchObject({
      name: 'CheckFailedError',
      code: 'check.failed',
      fields: { count: 1 }
    });
    expect(ports.shown.map(shown => String(shown.bundle['text/plain']).includes('☑'))).toEqual([true, false]);
  });

  test('a time chart is shown as a picture below its table', async () => {
    ports = installFakePorts({ profile: logSearch() });
    await splunk.search().earliest('-5m').timechart({ n: 'count()' }, { span: '1m', by: 'service' }).run();
    expect(ports.shown).toHaveLength(2);
    expect(Object.keys(ports.shown[1]!.bundle)).toEqual([
      'application/vnd.vegalite.v5+json',
      'image/png',
      'text/plain'
    ]);
    expect(ports.shown[1]!.bundle['text/plain']).toMatch(
      /^orders, payments\norders {4}[ ▁-█]+ {2}min 0, max 3/
    );
  });

  test('`expectBelow` with a field compares that number in every row', async () => {
    ports = installFakePorts({ profile: logSearch() });
    const errors = splunk.search().where({ level: 'ERROR' }).stats({ errors: 'count()' });
    expect(await errors.expectBelow(4, { field: 'errors' })).toMatchObject({ count: 1 });
    await expect(errors.expectBelow(3, { field: 'errors' })).rejects.toThrow(
      'The search has errors = 3 in row 1, expected a number below 3.'
    );
    await expect(errors.expectBelow(3, { field: 'error' })).rejects.toThrow('has error = nothing in row 1');
    const byService = splunk.search().stats({ slowest: 'max(durationMs)' }, { by: ['service'] });
    await expect(byService.expectBelow(30, { field: 'slowest' })).rejects.toThrow('slowest = 30 in row');
    await expect(byService.expectBelow(99, { field: 'slowest', limit: 1 })).rejects.toThrow(
      'found more than 1 rows'
    );
  });

  test('counting the rows of an aggregation over everything proves nothing, so it is refused', async () => {
    ports = installFakePorts({ profile: logSearch() });
    const errors = splunk.search().stats({ errors: 'count()' });
    await expect(errors.expectNone()).rejects.toThrow('the same number of rows whatever it finds');
    await expect(errors.sort('errors').expectBelow(5)).rejects.toMatchObject({
      hint: expect.stringContaining("{ field: 'errors' }") as unknown
    });
    await expect(splunk.search().timechart({ n: 'count()' }).expectBelow(5)).rejects.toThrow('.timechart()');
    expect(ports.entries).toEqual([]);
    expect(await errors.where({ errors: { above: 10 } }).expectNone()).toMatchObject({ count: 0 });
  });

  test('`expectBelow` counts rows, also beyond the limit of rows', async () => {
    ports = installFakePorts({ profile: logSearch() });
    await splunk.search().expectBelow(5);
    await expect(splunk.search().expectBelow(4, { limit: 1 })).rejects.toMatchObject({
      message: expect.stringContaining('expected fewer than 4') as unknown
    });
  });
});

describe('the request', () => {
  test('carries search, time range and token', async () => {
    answer = '{"preview":false,"lastrow":true}\n';
    await splunk.search().earliest('-1h').run();
    const [request] = server.take();
    expect(request).toMatchObject({
      method: 'POST',
      url: EXPORT,
      headers: { authorization: 'Bearer test-token', connection: 'close' }
    });
    expect(Object.fromEntries(new URLSearchParams(request!.body))).toEqual({
      search: 'search index=fleet',
      earliest_time: '-1h',
      latest_time: 'now',
      output_mode: 'json',
      preview: 'false'
    });
  });

  test('is announced before, and its rows recorded after', async () => {
    answer = rowLine(0, true);
    await splunk.search().run();
    expect(ports.entries).toMatchObject([
      {
        kind: 'effect-started',
        helper: 'splunk',
        label: 'search index=fleet',
        request: { earliest: '-15m' }
      },
      { kind: 'effect-ended', outcome: 'passed', result: { rows: [{ n: '0' }] } }
    ]);
    ports.refuseNext(new Error('disk full'));
    server.take();
    await expect(splunk.search().run()).rejects.toThrow('disk full');
    expect(server.take()).toEqual([]);
  });
});

describe('an answer', () => {
  test('previews do not count', async () => {
    answer = `{"preview":true,"result":{"n":"9"}}\n${rowLine(0)}${rowLine(1, true)}`;
    expect((await splunk.search().run()).rows).toEqual([{ n: '0' }, { n: '1' }]);
  });

  test('more rows than the limit are cut, and said to be', async () => {
    answer = rowLine(0) + rowLine(1) + rowLine(2, true);
    expect(await splunk.search().run({ limit: 2 })).toMatchObject({ count: 2, isTruncated: true });
  });

  test('without rows says so; an empty one says nothing', async () => {
    answer = '{"preview":false,"lastrow":true}\n';
    expect(await splunk.search().expectNone()).toMatchObject({ count: 0 });
    answer = '';
    await expect(splunk.search().expectNone()).rejects.toMatchObject({ code: 'splunk.incomplete' });
  });

  test('rows without a last one are not a result', async () => {
    answer = rowLine(0);
    expect(await failureOf()).toMatchObject({ code: 'splunk.incomplete' });
  });

  test('a connection that breaks is not a result', async () => {
    end = 'break';
    expect(await failureOf()).toMatchObject({ code: 'splunk.incomplete' });
  });

  test('a fatal message after rows is a failure', async () => {
    answer = `${rowLine(0, true)}{"messages":[{"type":"FATAL","text":"Search process died."}]}\n`;
    expect(await failureOf()).toMatchObject({
      code: 'splunk.bad_query',
      message: expect.stringContaining('Search process died') as unknown
    });
  });

  test('one that is not from Splunk is refused', async () => {
    answer = '<html>log in</html>';
    expect(await failureOf()).toMatchObject({
      code: 'splunk.failed',
      message: expect.stringContaining("not Splunk's") as unknown
    });
  });

  test.each([
    ['/refuses', 'splunk.unauthorized'],
    ['/moves', 'splunk.unreachable'],
    ['/breaks', 'splunk.failed']
  ])('%s has the code %s', async (path, code) => {
    expect(await failureOf(path)).toMatchObject({ code });
  });

  test('nobody listening has its own code', async () => {
    ports = installFakePorts({ profile: profileOf((await unusedUrl()).slice(0, -1)) });
    expect(await failureOf()).toMatchObject({
      code: 'splunk.unreachable',
      message: expect.stringContaining('ECONNREFUSED') as unknown
    });
  });

  test('the time-out and the interrupt end a search that stalls', async () => {
    end = 'stall';
    await expect(splunk.search().run({ timeout: '100ms' })).rejects.toMatchObject({
      code: 'splunk.timed_out'
    });
    const failure = failureOf();
    await sleep(50);
    ports.interrupt();
    expect(await failure).toMatchObject({ code: 'splunk.interrupted' });
  });
});
