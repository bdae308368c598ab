import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { splunk, type RunOptions, type SearchFailedError } from '../../../runbook/index.js';
import { installFakePorts, type FakePorts } from '../fake-ports.js';
import { profileOf } from './log-search.js';
import { serveSplunkJobs } from './splunk-jobs.js';

const server = serveSplunkJobs();
let ports: FakePorts;

beforeEach(() => {
  server.reset();
  ports = installFakePorts({ profile: profileOf(server.url) });
});

async function failureOf(options: RunOptions = {}): Promise<SearchFailedError> {
  try {
    await splunk.search().run({ via: 'job', ...options });
  } catch (error) {
    return error as SearchFailedError;
  }
  throw new Error('The search did not fail.');
}

function controls(): string[] {
  return server.seen
    .filter(request => request.line.endsWith('/control'))
    .map(request => request.form['action']!);
}

describe('a search over a job', () => {
  test('is started, waited for, read page by page and deleted', async () => {
    Object.assign(server.script, { rows: 12, rounds: 1, pageLimit: 5 });
    const result = await splunk.search().earliest('-1h').run({ via: 'job' });
    expect(result.rows.map(row => row['n'])).toEqual(Array.from({ length: 12 }, (_, n) => String(n)));
    expect(result).toMatchObject({ count: 12, isTruncated: false, sid: null });
    expect(server.seen.map(request => request.line)).toEqual([
      'POST /services/search/jobs',
      'GET /services/search/jobs/SID',
      'GET /services/search/jobs/SID',
      ...Array<string>(3).fill('GET /services/search/v2/jobs/SID/results'),
      'POST /services/search/jobs/SID/control'
    ]);
    expect(server.seen[0]!.form).toMatchObject({
      search: 'search index=fleet',
      earliest_time: '-1h',
      latest_time: 'now',
      exec_mode: 'normal',
      max_count: '10001'
    });
    expect(server.seen.slice(3, 6).map(({ form }) => [form['offset'], form['count']])).toEqual([
      ['0', '12'],
      ['5', '7'],
      ['10', '2']
    ]);
    expect(controls()).toEqual(['cancel']);
  });

  test('without rows is read too: what is said beside them may be that some are missing', async () => {
    Object.assign(server.script, { rows: 0 });
    expect(await splunk.search().expectNone({ via: 'job' })).toMatchObject({ count: 0 });
    const text = 'Search results might be incomplete: the search process on peer idx-2 ended prematurely.';
    Object.assign(server.script, { pageMessages: [{ type: 'WARN', text }] });
    await expect(splunk.search().expectNone({ via: 'job' })).rejects.toMatchObject({
      code: 'splunk.incomplete',
      message: expect.stringContaining('idx-2')
    });
  });

  test('no more pages are read than wanted, and more rows are said to be', async () => {
    Object.assign(server.script, { rows: 9000 });
    expect(await splunk.search().run({ via: 'job', limit: 10 })).toMatchObject({
      count: 10,
      isTruncated: true
    });
    expect(server.seen.at(-2)!.form).toMatchObject({ offset: '0', count: '11' });
  });

  test('no rows need no page', async () => {
    server.script.rows = 0;
    expect(await splunk.search().expectNone({ via: 'job' })).toMatchObject({ count: 0 });
  });

  test('a page that is missing makes no result', async () => {
    Object.assign(server.script, { rows: 8, lostAfter: 5 });
    const error = await failureOf();
    expect(error).toMatchObject({ code: 'splunk.incomplete' });
    expect(error.message).toContain('after 5 of 8 rows');
    expect(controls()).toEqual(['cancel']);
  });

  test('a search with a fault says what Splunk says', async () => {
    server.script.fatal = "Unknown search command 'nonsense'.";
    expect(await failureOf()).toMatchObject({
      code: 'splunk.bad_query',
      message: expect.stringContaining("failed: Unknown search command 'nonsense'.\n") as unknown
    });
  });

  test('a wrong token is told apart, and nothing is cleaned up that was never started', async () => {
    ports = installFakePorts({ profile: profileOf(server.url, 'wrong-token-1') });
    const error = await failureOf();
    expect(error).toMatchObject({ code: 'splunk.unauthorized' });
    expect(error.message).not.toContain('wrong-token-1');
    expect(controls()).toEqual([]);
  });
});

describe('a job that is stopped', () => {
  beforeEach(() => {
    server.script.rounds = Infinity;
  });

  test.each([
    ['cancel', ['cancel']],
    ['finalize', ['finalize']],
    ['keep', []]
  ] as const)('with onStop %p is told so', async (onStop, expected) => {
    expect(await failureOf({ timeout: '150ms', onStop })).toMatchObject({ code: 'splunk.timed_out' });
    expect(controls()).toEqual(expected);
  });

  test('is cancelled by an interrupt too', async () => {
    const failure = failureOf();
    await sleep(100);
    ports.interrupt();
    expect(await failure).toMatchObject({ code: 'splunk.interrupted' });
    expect(controls()).toEqual(['cancel']);
  });

  test('that cannot be stopped is named', async () => {
    server.script.controlStatus = 500;
    const error = await failureOf({ timeout: '150ms' });
    expect(error).toMatchObject({ code: 'splunk.not_stopped' });
    expect(error.message).toMatch(/its job launchbook_[0-9a-f-]{36} could not be stopped/);
  });
});

test('a job that is to be kept stays after a success, and its id is in the result', async () => {
  const result = await splunk.search().run({ via: 'job', onStop: 'keep' });
  expect(result.sid).toMatch(/^launchbook_/);
  expect(controls()).toEqual([]);
});

test('every fault of the options is listed, and nothing is sent', async () => {
  await expect(
    splunk.search().run({ via: 'jobs', limit: 2_000_000, onStop: 'drop', page: 1 } as never)
  ).rejects.toThrow(
    /'page' is not an option[\s\S]*'limit' is 2000000[\s\S]*'via' is 'jobs'[\s\S]*'onStop' is 'drop'[\s\S]*'onStop' is given without via/
  );
  expect(server.seen).toEqual([]);
});
