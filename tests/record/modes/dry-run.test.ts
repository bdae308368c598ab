// A dry run with real helpers: the whole plan is printed, and nothing is done to anybody.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import * as runbook from '../../../runbook/index.js';
import { installFakePorts, journalText, PROFILE, type FakePorts } from '../../runbook/fake-ports.js';

const { $, http, splunk, record, poll, soak, scatter, slack, secret, rollback, approval, checklist } =
  runbook;

let server: Server;
let url: string;
let requests = 0;
let folder: string;
let ports: FakePorts;

beforeAll(async () => {
  server = createServer((_, response) => {
    requests++;
    response.end('{}');
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

beforeEach(() => {
  requests = 0;
  folder = mkdtempSync(join(tmpdir(), 'launchbook-dry-'));
  ports = installFakePorts({
    times: {
      Deploy: {
        kind: 'step',
        title: 'Deploy',
        startedAt: new Date(Date.now() - 2000).toISOString(),
        endedAt: new Date().toISOString()
      }
    },
    profile: {
      ...PROFILE,
      mode: 'dry-run',
      splunk: { url, web: url, token: 'splunk-token-4711', index: 'fleet', app: 'search' },
      slack: { token: 'xoxb-1234', webhook: null, channel: '#releases', url: `${url}/api/` },
      secrets: { DEPLOY_TOKEN: { command: ['touch', join(folder, 'secret-was-read')] } }
    }
  });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  expect(requests).toBe(0);
  expect(ports.asked).toEqual([]);
  expect(ports.entries.filter(({ kind }) => kind === 'effect-started')).toEqual([]);
});

test('commands are printed with their values and not run; their result is an empty success', async () => {
  const made = join(folder, 'made');
  const result = await $({ cwd: folder, env: { STAGE: 'x' }, expect: /done/, retry: 2 })`touch ${made}`;
  expect(result).toMatchObject({ exitCode: 0, stdout: '', failed: false, attempts: 0 });
  expect(existsSync(made)).toBe(false);
  expect(ports.written()).toBe(`would run    STAGE=… touch ${made} (in ${folder})\n`);
  expect(ports.entries).toMatchObject([{ kind: 'effect-planned', helper: 'shell', label: `touch ${made}` }]);
});

test('what is read of a command that was not run is empty, or what its author has put beside it', async () => {
  expect(await $`fleetctl status`.text()).toBe('');
  expect(await $`fleetctl status`.lines()).toEqual([]);
  expect(await $`fleetctl status --json`.json()).toEqual({});
  expect(await $({ dryRun: [{ service: 'orders' }] })`fleetctl status --json`.json()).toEqual([
    { service: 'orders' }
  ]);
  expect(await $`fleetctl logs`.pipe($({ dryRun: '3' })`grep -c ERROR`).text()).toBe('3');
  expect(ports.written()).toContain('would run    fleetctl logs | grep -c ERROR\n');
});

test('a folder that an earlier command would have made is not missed', async () => {
  await $({ cwd: join(folder, 'checkout') })`git status`;
  expect(ports.written()).toContain(`(in ${join(folder, 'checkout')})`);
});

test('commands for other machines open no connection', async () => {
  const results = await $.on(['web-1', 'web-2'])`uptime`;
  expect(results.map(({ host, result }) => [host, result?.exitCode])).toEqual([
    ['web-1', 0],
    ['web-2', 0]
  ]);
  expect(ports.written().split('\n').sort()).toEqual([
    '',
    'would run    ssh web-1 uptime',
    'would run    ssh web-2 uptime'
  ]);
  expect(ports.shown).toEqual([]);
});

test('requests are printed with their body, credentials masked, and not sent', async () => {
  const answer = await http.post(`${url}/flags?token=abcd`, { json: { checkout: true, password: 'x' } });
  expect(answer).toMatchObject({ status: null, body: '{}', failed: false, attempts: 0 });
  expect(answer.json()).toEqual({});
  expect(await http.get(`${url}/version`, { dryRun: { version: '2.4.0' } }).json()).toEqual({
    version: '2.4.0'
  });
  await http.get(`${url}/health`).until(reply => reply.status === 200, { every: '1s', timeout: '30s' });
  expect(ports.written()).toBe(
    [
      `would send   POST ${url}/flags?token=«secret» {"checkout":true,"password":"«secret»"}`,
      `would send   GET ${url}/version`,
      `would send   GET ${url}/health, every 1s for up to 30s`,
      ''
    ].join('\n')
  );
});

test('a schema does not refuse an answer that nobody gave', async () => {
  const schema: runbook.StandardSchema<{ version: string }> = {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: () => ({ issues: [{ message: 'no version' }] })
    }
  };
  expect(await http.get(url, { schema, dryRun: { version: '2.4.0' } }).json()).toEqual({ version: '2.4.0' });
});

test('searches are printed with their time range; they find nothing, or the rows beside them', async () => {
  const errors = splunk.search().where({ level: 'ERROR' });
  expect((await errors.run()).count).toBe(0);
  await errors.expectNone();
  const counted = errors.stats({ errors: 'count()' });
  await counted.expectBelow(5, { field: 'errors' });
  expect((await counted.run({ dryRun: [{ errors: '3' }] })).rows).toEqual([{ errors: '3' }]);
  expect(ports.written()).toContain('would search search index=fleet level="ERROR" (-15m to now)\n');
  expect(ports.shown).toEqual([]);
});

test('ranges around a step need no time to have passed, because no wait before them has waited', async () => {
  const { before, after } = await splunk.search().beforeAfter('Deploy', { length: '10m' }).run();
  expect([before.count, after.count]).toEqual([0, 0]);
  expect(ports.written().match(/would search/g)).toHaveLength(2);
});

test('waits do not wait: their checks are not called', async () => {
  let calls = 0;
  expect(await poll(() => ++calls > 1, { every: '2s', timeout: '3m', name: 'Orders are up' })).toBe(true);
  expect(await poll(() => `v${++calls}`, { dryRun: 'v1' })).toBe('v1');
  expect(await soak('15m', { every: '1m', name: 'Errors stay low', check: () => ++calls })).toEqual({
    checks: 0,
    durationMs: 0
  });
  expect(calls).toBe(0);
  expect(ports.written()).toContain('would wait   Orders are up, asked every 2s for up to 3m');
  expect(ports.written()).toContain('would wait   Errors stay low, for 15m, checked every 1m');
});

test('own functions are not called, and give nothing or what is beside them', async () => {
  let calls = 0;
  expect(await record('change number', () => `CHG-${++calls}`)).toBeUndefined();
  expect(await record('change number', () => `CHG-${++calls}`, { dryRun: 'CHG-0' })).toBe('CHG-0');
  expect(calls).toBe(0);
});

test('nobody is asked and nobody is waited for', async () => {
  const decision = await approval('QA sign-off', { question: 'May it go on?', approvers: ['qa-lead'] });
  expect(decision).toMatchObject({ decision: 'approved', by: { username: 'dry-run' } });
  await checklist('Closing', ['Dashboards are green', 'The change is closed']);
  expect(ports.written()).toBe(
    'would ask    qa-lead for the approval “QA sign-off”: May it go on?\n' +
      'would ask    people to tick “Closing”: ☐ Dashboards are green ☐ The change is closed\n'
  );
});

test('the fields of an approval are answered with what is empty, or the first choice', async () => {
  const form = { window: ['tonight', 'now'], share: 'number', note: 'text', isFinal: 'boolean' } as const;
  const { values } = await approval('Go or no-go', { form });
  expect(values).toEqual({ window: 'tonight', share: 0, note: '', isFinal: false });
});

test('secrets are not read; a command shows where they would stand', async () => {
  const token = await secret('DEPLOY_TOKEN');
  await $`fleetctl login --token ${token}`;
  await http.get(url, { headers: { authorization: await secret.text`Bearer ${token}` } });
  expect(existsSync(join(folder, 'secret-was-read'))).toBe(false);
  expect(ports.written()).toContain(`would read   the secret DEPLOY_TOKEN from the command touch ${folder}`);
  expect(ports.written()).toContain("would run    fleetctl login --token '«secret DEPLOY_TOKEN»'\n");
});

test('messages are printed and not posted, edited or answered', async () => {
  const message = await slack.post('Release 2.4.0 begins');
  await message.edit('Release 2.4.0 is under way');
  await message.reply('schema updated');
  expect(ports.written().match(/would post +Slack.*/g)).toEqual([
    'would post   Slack #releases: Release 2.4.0 begins',
    'would post   Slack, edited #releases: Release 2.4.0 is under way',
    'would post   Slack, in the thread #releases: schema updated'
  ]);
});

test('scatter and rollback call their functions, whose helpers print what they would do', async () => {
  await rollback('orders back', () => $`fleetctl rollback orders`);
  const result = await scatter(['orders', 'payments'], service => $`fleetctl deploy ${service}`);
  expect(result.failed).toBe(false);
  await rollback.run();
  expect(ports.written().match(/would run .*/g)).toEqual([
    'would run    fleetctl deploy orders',
    'would run    fleetctl deploy payments',
    'would run    fleetctl rollback orders'
  ]);
});

test('wrong calls are refused as in a live run', async () => {
  await expect($({ timeout: 'soon' })`true`).rejects.toThrow(/'timeout' is 'soon'/);
  expect(() => http.get('orders')).toThrow(/cannot be called like this/);
  await expect(record('x', () => 1, { dryRun: new Date() })).rejects.toThrow(/'dryRun' is .* expected JSON/);
});

test('the token of the profile is in no line and no record', async () => {
  await $`echo splunk-token-4711`;
  expect(ports.written()).not.toContain('splunk-token-4711');
  expect(journalText(ports)).not.toContain('splunk-token-4711');
});
