// The REST forms of the fleet's log search, as Splunk has them, over known events and in a running fleet.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startFleet } from './start-fleet.js';
import { EVENTS, parseResults, startLogSearch, type LogSearch } from './start-log-search.js';
import { waitUntil } from './wait-until.js';

let search: LogSearch;

beforeAll(async () => {
  search = await startLogSearch();
});

afterAll(async () => {
  await search.stop();
});

describe('the REST forms', () => {
  test('a call without the token is refused as Splunk refuses it', async () => {
    for (const headers of [{}, { authorization: 'Bearer wrong' }] as Record<string, string>[]) {
      const response = await fetch(
        `${search.url}/services/search/v2/jobs/export?search=search&output_mode=json`,
        {
          headers
        }
      );
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({
        messages: [{ type: 'WARN', text: 'call not properly authenticated' }]
      });
    }
  });

  test('results come one JSON object a line, the last one marked', async () => {
    const { status, text } = await search.post(
      'search index=fleet service=catalog | fields msg | fields - _*'
    );
    expect(status).toBe(200);
    expect(text).toBe(
      '{"preview":false,"offset":0,"result":{"msg":"slow request"}}\n' +
        '{"preview":false,"offset":1,"lastrow":true,"result":{"msg":"request served"}}\n'
    );
  });

  test('a search without results has one line that says so', async () => {
    expect((await search.post('search index=other')).text).toBe('{"preview":false,"lastrow":true}\n');
  });

  test('GET and the older path answer the same', async () => {
    const query = new URLSearchParams({ search: 'search level=WARN | table msg', output_mode: 'json' });
    for (const path of ['/services/search/v2/jobs/export', '/services/search/jobs/export']) {
      const response = await fetch(`${search.url}${path}?${query}`, {
        headers: { authorization: `Bearer ${search.token}` }
      });
      expect(await response.text()).toBe(
        '{"preview":false,"offset":0,"lastrow":true,"result":{"msg":"slow request"}}\n'
      );
    }
  });

  test('server/info answers, other paths do not', async () => {
    const headers = { authorization: `Bearer ${search.token}` };
    const info = await fetch(`${search.url}/services/server/info?output_mode=json`, { headers });
    expect(await info.json()).toMatchObject({
      entry: [{ name: 'server-info', content: { serverName: 'fleet' } }]
    });
    expect((await fetch(`${search.url}/services/apps`, { headers })).status).toBe(404);
  });

  test('a link to a search opens a page with the results, in which markup of a log is text', async () => {
    const query = new URLSearchParams({
      q: 'search ms=12 | eval text="<b>&" | table service text',
      earliest: '0'
    });
    const page = await (await fetch(`${search.url}/en-US/app/search/search?${query}`)).text();
    expect(page).toContain('<tr><th scope="col">service<th scope="col">text');
    expect(page).toContain('<tr><td>orders<td>&#60;b&#62;&#38;');
    expect(page).not.toContain('<b>');
    const faulty = await (await fetch(`${search.url}/app/search/search?q=index%3Dfleet`)).text();
    expect(faulty).toContain('<p>Unknown search command &#39;index&#39;.</p>');
  });

  test('XML is given where nothing else is asked for, another output is refused', async () => {
    const plain = await search.post('search level=WARN | table service msg', { output_mode: 'xml' });
    expect(plain.text).toContain(
      '<result offset="0"><field k="service"><value><text>catalog</text></value></field><field k="msg">'
    );
    const csv = await search.post('search *', { output_mode: 'csv' });
    expect([csv.status, csv.text]).toEqual([
      400,
      expect.stringContaining(
        '<msg type="FATAL">Only output_mode=json and output_mode=xml are supported.</msg>'
      )
    ]);
  });

  test('a time range in the search takes the place of the one beside it, and the server says so', async () => {
    const { text } = await search.post('search earliest=0 level=WARN | table service', {
      earliest_time: '-1h'
    });
    expect(text.split('\n').map(line => line && (JSON.parse(line) as object))).toMatchObject([
      { messages: [{ type: 'INFO', text: 'Your timerange was substituted based on your search string' }] },
      { lastrow: true, result: { service: 'catalog' } },
      ''
    ]);
  });
});

test('an event has the fields of Splunk, its own, and nested ones by dotted names', async () => {
  expect(await search.rows('search level=WARN')).toEqual([
    {
      _time: '2024-03-03T10:01:20.000+00:00',
      _raw: JSON.stringify(EVENTS[3]),
      index: 'fleet',
      source: 'shop.log',
      sourcetype: 'fleet:json',
      host: 'localhost',
      time: '2024-03-03T10:01:20.000Z',
      level: 'WARN',
      service: 'catalog',
      version: '2.4.0',
      msg: 'slow request',
      ms: '900',
      'http.status': '404'
    }
  ]);
});

test('a running fleet finds what its own services log, by the version that logged it', async () => {
  const fleet = await startFleet();
  try {
    const { url, token } = fleet.ready.search;
    const versions = async () => {
      const response = await fetch(`${url}/services/search/v2/jobs/export`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: new URLSearchParams({
          search: 'search index=fleet service=catalog "request served" | stats count by version',
          earliest_time: '-15m',
          output_mode: 'json'
        })
      });
      return parseResults(await response.text()).map(row => row['version']);
    };
    expect(await versions()).toEqual(['2.3.1']);
    await fleet.fleetctl('deploy', 'catalog', '2.4.0');
    await waitUntil('a customer has met 2.4.0', async () => (await versions()).includes('2.4.0'));
  } finally {
    await fleet.stop();
  }
});
