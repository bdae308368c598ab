// The fleet's log search held against Splunk's own client for JavaScript, and against our helper over jobs: what they do with Splunk works.
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { splunk } from '../../runbook/index.js';
import { installFakePorts } from '../runbook/fake-ports.js';
import { profileOf } from '../runbook/splunk/log-search.js';
import { parseResults, startLogSearch, type LogSearch, type Result } from './start-log-search.js';

/** The parts of `@splunk/search-job` that are used here; the package has no types. */
interface Observable<T> {
  toPromise(): Promise<T>;
}
interface Results {
  readonly preview: boolean;
  readonly fields: readonly { readonly name: string }[];
  readonly results: readonly Result[];
}
interface State {
  readonly content: { readonly isDone: boolean; readonly resultCount: number; readonly sid: string };
}
interface SearchJob {
  getSid(): Observable<string>;
  getProgress(): Observable<State>;
  getResults(params?: object): Observable<Results>;
  getResultsPreview(params?: object): Observable<Results>;
  getEvents(params?: object): Observable<Results>;
  finalize(): Observable<object>;
  touch(): Observable<object>;
  setTTL(seconds: number): Observable<object>;
  cancel(): Observable<object>;
}
interface SearchJobClass {
  setSplunkConfig(config: object): void;
  setBaseFetchInit(init: object): void;
  create(params: object, options?: object): SearchJob;
  fromSid(sid: string): SearchJob;
}

const load = createRequire(import.meta.url);
const { default: Job } = load('@splunk/search-job') as { default: SearchJobClass };
const utils = load('@splunk/splunk-utils/search') as {
  oneShot(params: object, options: object, config: object, init: object): Promise<Results>;
};

let search: LogSearch;
let config: object;
let init: object;

beforeAll(async () => {
  search = await startLogSearch();
  config = { splunkdPath: search.url };
  init = {
    headers: {
      Authorization: `Bearer ${search.token}`,
      'Content-Type': 'application/x-www-form-urlencoded'
    }
  };
  Job.setSplunkConfig(config);
  Job.setBaseFetchInit(init);
});

afterAll(async () => {
  await search.stop();
});

const BY_SERVICE = 'search index=fleet | stats count by service | sort service';

describe("Splunk's own client", () => {
  test('starts a job, follows it to its end and reads the rows that export gives', async () => {
    const job = Job.create({ search: BY_SERVICE, earliest_time: '0' });
    const { content } = await job.getProgress().toPromise();
    expect(content).toMatchObject({ isDone: true, resultCount: 3 });
    const { preview, fields, results } = await job.getResults().toPromise();
    expect([preview, fields.map(({ name }) => name)]).toEqual([false, ['service', 'count']]);
    expect(results).toEqual(parseResults((await search.post(BY_SERVICE, { earliest_time: '0' })).text));
    await job.cancel().toPromise();
  });

  test('reads pages, previews and events, also of a job that it knows by its id alone', async () => {
    const job = Job.create({ search: 'index=fleet', earliest_time: '0' }, { app: 'search', owner: 'admin' });
    const known = Job.fromSid(await job.getSid().toPromise());
    expect((await known.getResults({ offset: 1, count: 2 }).toPromise()).results).toHaveLength(2);
    expect((await known.getResultsPreview({ count: 0 }).toPromise()).results).toHaveLength(5);
    expect((await known.getEvents().toPromise()).results[0]).toMatchObject({ index: 'fleet' });
  });

  test('reuses a job with the same search', async () => {
    const params = { search: 'search index=fleet level=WARN', earliest_time: '0' };
    const first = await Job.create(params, { cache: true }).getSid().toPromise();
    expect(await Job.create(params, { cache: true }).getSid().toPromise()).toBe(first);
  });

  test('touches, finalizes and cancels; a cancelled job is gone', async () => {
    const job = Job.create({ search: BY_SERVICE });
    for (const act of [job.touch(), job.setTTL(60), job.finalize(), job.cancel()]) {
      expect(await act.toPromise()).toMatchObject({ messages: [{ type: 'INFO' }] });
    }
    const sid = await job.getSid().toPromise();
    await expect(Job.fromSid(sid).getResults().toPromise()).rejects.toThrow('not found');
  });

  test('gets the words of a refusal, and a search in one request', async () => {
    await expect(
      Job.create({ search: 'search index=fleet | nonsense' }).getSid().toPromise()
    ).rejects.toThrow("Unknown search command 'nonsense'.");
    const found = await utils.oneShot({ search: BY_SERVICE, earliest_time: '0' }, {}, config, init);
    expect(found.results.map(row => row['service'])).toEqual(['catalog', 'orders', 'payments']);
  });
});

test('our helper finds over jobs what it finds over export', async () => {
  installFakePorts({ profile: profileOf(search.url, search.token) });
  const errors = splunk
    .search()
    .earliest('2024-01-01T00:00:00Z')
    .stats({ n: 'count()' }, { by: ['service'] });
  const rows = (await errors.sort('service').run()).rows;
  expect((await errors.sort('service').run({ via: 'job' })).rows).toEqual(rows);
  expect(rows).toHaveLength(3);
  expect(await errors.run({ via: 'job', limit: 2 })).toMatchObject({ count: 2, isTruncated: true });
  await expect(splunk.search().raw('nonsense').run({ via: 'job' })).rejects.toMatchObject({
    code: 'splunk.bad_query'
  });
  await expect(errors.expectNone({ via: 'job' })).rejects.toMatchObject({ code: 'check.failed' });
});
