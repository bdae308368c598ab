// The search language of the fleet's log search: terms, commands, times, and what is refused.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startLogSearch, type LogSearch, type Result } from './start-log-search.js';

let search: LogSearch;

beforeAll(async () => {
  search = await startLogSearch();
});

afterAll(async () => {
  await search.stop();
});

describe('search terms find', () => {
  test.each([
    ['', [30, 900, 3, 250, 12]],
    ['*', [30, 900, 3, 250, 12]],
    ['index=fleet service=orders', [250, 12]],
    ['level=error', [250]],
    ['LEVEL=ERROR', []],
    ['level!=INFO', [900, 250]],
    ['http.status!=500', [900]],
    ['NOT http.status=404', [30, 3, 250, 12]],
    ['ms>30 ms<=250', [250]],
    ['ms>=900', [900]],
    ['msg="request*"', [3, 250]],
    ['msg=*served', [3]],
    ['path=*', [12]],
    ['tags{}=b', [3]],
    ['msg="request failed: \\"disk\\" | full"', [250]],
    ['"order placed"', [12]],
    ['captured', [30]],
    ['capture', []],
    ['captur*', [30]],
    ['service IN (orders, payments)', [30, 250, 12]],
    ['service=orders OR service=payments level=INFO', [30, 12]],
    ['(service=orders level=ERROR) OR service=payments', [30, 250]],
    ['service=orders AND NOT (level=INFO OR level=WARN)', [250]],
    ['earliest="2024-03-03T10:01:00" latest="2024-03-03T10:02:00"', [900, 3]],
    ['earliest=1709460070 latest=1709460071', [3]]
  ])('%s', async (terms, found) => {
    expect((await search.rows(`search ${terms}`)).map(row => Number(row['ms']))).toEqual(found);
  });

  test('within the times of the request: from inclusive, to exclusive', async () => {
    const times = { earliest_time: '2024-03-03T10:00:40Z', latest_time: '2024-03-03T10:03:00Z' };
    expect((await search.rows('search *', times)).map(row => row['ms'])).toEqual(['900', '3', '250']);
    expect(await search.rows('search *', { earliest_time: '-15m@m', latest_time: 'now' })).toEqual([]);
    expect(await search.rows('search *', { earliest_time: '0' })).toHaveLength(5);
    const week = await search.rows('search * | timechart span=1d count', {
      earliest_time: '@w1',
      latest_time: '+7d@w1'
    });
    expect(week.map(row => new Date(String(row['_time'])).getUTCDay())).toEqual([1, 2, 3, 4, 5, 6, 0]);
    expect(
      await search.rows('search *', { earliest_time: '-100y@y+1mon', latest_time: '+1d@d' })
    ).toHaveLength(5);
  });
});

describe('commands', () => {
  test.each<[string, Result[]]>([
    ['where ms > 100 and service="orders" | table ms', [{ ms: '250' }]],
    ['where level="error" | table ms', []],
    ['where isnotnull(path) or msg like "slow%" | table ms', [{ ms: '900' }, { ms: '12' }]],
    ['where missing > 1 or not missing > 1 | table ms', []],
    ["where 'http.status'=404 | table ms", [{ ms: '900' }]],
    ['where service in ("payments", "x") | table ms', [{ ms: '30' }]],
    [
      'search ms=12 | eval s=ms/1000, twice=ms*2+1, who=service." ".version | table s twice who',
      [{ s: '0.012', twice: '25', who: 'orders 2.3.1' }]
    ],
    [
      'search ms=12 | eval kind=if(ms<20, "fast", "slow"), n=len(service), up=upper(substr(service, 1, 3)) | table kind n up',
      [{ kind: 'fast', n: '6', up: 'ORD' }]
    ],
    [
      'search ms=12 | eval t=strftime(_time, "%H:%M:%S"), z=coalesce(nothing, "none"), r=round(7/3, 2) | table t z r',
      [{ t: '10:00:05', z: 'none', r: '2.33' }]
    ],
    [
      'search ms=12 | eval c=case(ms>100, "slow", true(), "fine"), d=10%4, e=-(2-5), f=ms/0 | table c d e f',
      [{ c: 'fine', d: '2', e: '3' }]
    ],
    ['stats count', [{ count: '5' }]],
    ['search level=NONE | stats count sum(ms) as total', [{ count: '0' }]],
    [
      'stats count() as n, sum(ms), avg(ms) as mean, max(ms) as most, min(ms) as least, dc(service) as services by version',
      [
        { version: '2.3.1', n: '2', 'sum(ms)': '262', mean: '131', most: '250', least: '12', services: '1' },
        { version: '2.4.0', n: '3', 'sum(ms)': '933', mean: '311', most: '900', least: '3', services: '2' }
      ]
    ],
    [
      'stats count(eval(level="ERROR")) as errors, values(level) as levels by service | where errors > 0',
      [{ service: 'orders', errors: '1', levels: ['ERROR', 'INFO'] }]
    ],
    [
      'stats count by service, level | sort - count, service | head 2 | fields - count',
      [
        { service: 'catalog', level: 'INFO' },
        { service: 'catalog', level: 'WARN' }
      ]
    ],
    ['stats p50(ms) as median, latest(ms) as latest', [{ median: '30', latest: '30' }]],
    ['sort ms | table ms | head 2', [{ ms: '3' }, { ms: '12' }]],
    [
      'stats count AS n BY service | sort 0 -n, +service',
      [
        { service: 'catalog', n: '2' },
        { service: 'orders', n: '2' },
        { service: 'payments', n: '1' }
      ]
    ],
    ['where like(msg, "%s%ow%") and not like(msg, "slow\\\\_request") | table ms', [{ ms: '900' }]],
    ['eval full="100%" | where like(full, "1__\\\\%") | stats count', [{ count: '5' }]],
    ['sort 1 -ms | table ms', [{ ms: '900' }]],
    ['table ms | tail 2', [{ ms: '12' }, { ms: '250' }]],
    ['search ms=3 | table serv* ms', [{ service: 'catalog', ms: '3' }]],
    ['search ms=3 | fields service, ms | fields - _*', [{ service: 'catalog', ms: '3' }]],
    [
      'search ms=3 | rename ms as "time in ms", service AS who | table who "time in ms"',
      [{ who: 'catalog', 'time in ms': '3' }]
    ],
    ['top limit=1 version', [{ version: '2.4.0', count: '3', percent: '60.000000' }]],
    [
      'top 1 level by version',
      [
        { version: '2.4.0', level: 'INFO', count: '2', percent: '66.666667' },
        { version: '2.3.1', level: 'ERROR', count: '1', percent: '50.000000' }
      ]
    ],
    [
      'dedup service | table service ms',
      [
        { service: 'payments', ms: '30' },
        { service: 'catalog', ms: '900' },
        { service: 'orders', ms: '250' }
      ]
    ],
    ['dedup 2 version | stats count', [{ count: '4' }]]
  ])('%s', async (commands, expected) => {
    expect(await search.rows(`search index=fleet | ${commands}`)).toEqual(expected);
  });

  test('timechart has a row for every span of the time searched, 0 where nothing was', async () => {
    const times = { earliest_time: '2024-03-03T10:00:00Z', latest_time: '2024-03-03T10:04:00Z' };
    expect(
      await search.rows('search * | timechart span=1m count by service | fields - _span', times)
    ).toEqual([
      { _time: '2024-03-03T10:00:00.000+00:00', catalog: '0', orders: '2', payments: '0' },
      { _time: '2024-03-03T10:01:00.000+00:00', catalog: '2', orders: '0', payments: '0' },
      { _time: '2024-03-03T10:02:00.000+00:00', catalog: '0', orders: '0', payments: '0' },
      { _time: '2024-03-03T10:03:00.000+00:00', catalog: '0', orders: '0', payments: '1' }
    ]);
    const other = await search.rows('search * | timechart span=4m limit=1 count as n by service', times);
    expect(other).toEqual([
      { _time: '2024-03-03T10:00:00.000+00:00', catalog: '2', OTHER: '3', _span: '240' }
    ]);
    expect(await search.rows('search * | timechart avg(ms) as mean, max(ms)', times)).toHaveLength(48);
  });
});

describe('a faulty search is refused as a whole', () => {
  test.each([
    ['', 'Empty search.'],
    ['index=fleet', "Unknown search command 'index'."],
    ['stats count', "Error in 'stats' command: this command must not be the first; begin with search."],
    ['search * | frobnicate x', "Unknown search command 'frobnicate'."],
    ['search * |', 'A command is missing between two pipes or after the last one.'],
    ['search msg="open', 'Unbalanced quotes.'],
    ['search (level=INFO', `Error in 'search' command: expected ")", found the end.`],
    ['search level=', `Error in 'search' command: expected a value for level, found the end.`],
    ['search OR level=INFO', `Error in 'search' command: expected a term, found "OR".`],
    ['search * | where ms >', "Error in 'where' command: the expression is malformed at its end."],
    [
      'search * | where teapot(ms)',
      "Error in 'where' command: The 'teapot' function is unsupported or undefined."
    ],
    ['search * | eval x', `Error in 'eval' command: expected "=", found the end.`],
    ['search * | stats frob(ms)', "Error in 'stats' command: The aggregation specifier 'frob' is invalid."],
    ['search * | stats avg', "Error in 'stats' command: 'avg' needs a field, as in avg(field)."],
    ['search * | timechart span=soon count', '"soon" is not a span: expected a number and s, m, h, d or w.'],
    ['search * | head many', `Error in 'head' command: "many" is not a number of rows.`],
    ['search * | rename ms', `Error in 'rename' command: expected "as" after "ms".`],
    ['search [search level=INFO]', 'Subsearches in square brackets are not supported here.'],
    ['search earliest=whenever', 'Invalid earliest_time.']
  ])('%s', async (text, message) => {
    expect(await search.refusal(text)).toBe(message);
  });

  test('and so are times that make no sense', async () => {
    expect(await search.refusal('search *', { earliest_time: 'yesterday' })).toBe('Invalid earliest_time.');
    expect(await search.refusal('search *', { latest_time: '-5 minutes' })).toBe('Invalid latest_time.');
    expect(await search.refusal('search *', { earliest_time: 'now', latest_time: '-1h' })).toBe(
      'Invalid time range: earliest_time must be before latest_time.'
    );
  });
});
