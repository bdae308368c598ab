// The life of the example fleet: it starts, answers, is taken up again, and leaves nothing behind however it ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  FLEET,
  makeStateFolder,
  NODE,
  readReadyLine,
  ROOT,
  runCommand,
  startFleet,
  type FleetReady,
  type RunningFleet
} from './start-fleet.js';
import { isGone, waitUntilGone } from './wait-until.js';

describe('a fresh fleet', () => {
  let fleet: RunningFleet;

  beforeAll(async () => {
    fleet = await startFleet();
  });

  afterAll(async () => {
    await fleet.stop();
  });

  test('prints one line of JSON and keeps it in fleet.json, which only the owner may read', async () => {
    const path = join(fleet.ready.state, 'fleet.json');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(fleet.ready);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(Object.keys(fleet.ready.services)).toEqual(['catalog', 'orders', 'payments']);
  });

  test('runs each service in a process of its own, at version 2.3.1, healthy', async () => {
    const pids = new Set([fleet.ready.pid]);
    for (const [service, url] of Object.entries(fleet.ready.services)) {
      expect(await getJson(`${url}/health`)).toEqual({ status: 'healthy', service, version: '2.3.1' });
      const { pid } = (await getJson(`${url}/version`)) as { pid: number };
      pids.add(pid);
    }
    expect(pids.size).toBe(4);
  });

  test('sells: an order that was placed can be paid once', async () => {
    const { catalog, orders, payments } = fleet.ready.services;
    expect(await getJson(`${catalog}/products/cup-blue`)).toEqual({
      sku: 'cup-blue',
      name: 'Cup, blue',
      priceCents: 1390
    });
    const { id } = (await postJson(`${orders}/orders`, {
      customer: 'amara',
      sku: 'cup-blue',
      quantity: 2
    })) as { id: number };
    expect(await getJson(`${orders}/orders/${id}`)).toMatchObject({
      customer: 'amara',
      lines: [{ sku: 'cup-blue', quantity: 2 }]
    });
    expect(await postJson(`${payments}/payments`, { orderId: id })).toEqual({
      orderId: id,
      amountCents: 2780
    });
    expect(await postJson(`${payments}/payments`, { orderId: id })).toEqual({
      error: `order ${id} is already paid`
    });
    expect(await postJson(`${orders}/orders`, { customer: 'amara' })).toEqual({
      error: 'expected customer (text), sku (text) and quantity (whole number from 1)'
    });
  });
});

describe('a state folder', () => {
  test('belongs to one running fleet', async () => {
    const fleet = await startFleet();
    try {
      const second = await runCommand(
        NODE,
        [join(FLEET, 'fleet.ts'), 'start', '--state', fleet.ready.state],
        process.env
      );
      expect(second.exitCode).toBe(1);
      expect(second.stderr).toContain(
        `a fleet with process id ${fleet.ready.pid} already runs in ${fleet.ready.state}`
      );
    } finally {
      await fleet.stop();
    }
  });

  test('is taken up again with its versions and data', async () => {
    const state = await makeStateFolder();
    try {
      const first = await startFleet(state);
      await first.fleetctl('deploy', 'catalog', '2.4.0');
      const { id } = (await postJson(`${first.ready.services.orders}/orders`, {
        customer: 'bjorn',
        sku: 'strainer'
      })) as { id: number };
      await first.stop();

      const second = await startFleet(state);
      expect(await getJson(`${second.ready.services.catalog}/version`)).toMatchObject({ version: '2.4.0' });
      expect(await getJson(`${second.ready.services.orders}/orders/${id}`)).toMatchObject({
        customer: 'bjorn'
      });
      await second.stop();
    } finally {
      rmSync(state, { recursive: true, force: true });
    }
  });
});

describe('a fleet leaves no process behind', () => {
  test('when its standard input closes', async () => {
    const fleet = await startFleet();
    const pids = await fleet.servicePids();
    expect(pids).toHaveLength(3);
    await fleet.stop();
    await waitUntilGone(fleet.ready.pid, ...pids);
  });

  test('when it is asked to stop', async () => {
    const fleet = await startFleet();
    const pids = await fleet.servicePids();
    const ended = once(fleet.process, 'exit');
    fleet.process.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    await waitUntilGone(fleet.ready.pid, ...pids);
    await fleet.stop();
  });

  test('when it is killed', async () => {
    const fleet = await startFleet();
    const pids = await fleet.servicePids();
    fleet.process.kill('SIGKILL');
    await waitUntilGone(fleet.ready.pid, ...pids);
    await fleet.stop();
  });

  test('when its starter is killed and nothing of its input closes', async () => {
    const state = await makeStateFolder();
    const starter = spawn(NODE, ['-e', STARTER, NODE, join(FLEET, 'fleet.ts'), state], {
      stdio: ['ignore', 'pipe', 'pipe']
    });
    const ready = await readReadyLine<FleetReady>(starter);
    const status = await runCommand(join(FLEET, 'bin', 'fleetctl'), ['status', '--json', '--state', state], {
      ...process.env,
      LAUNCHBOOK_NODE: NODE
    });
    const pids = (JSON.parse(status.stdout) as { pid: number }[]).map(({ pid }) => pid);
    expect([ready.pid, ...pids].map(isGone)).toEqual([false, false, false, false]);

    starter.kill('SIGKILL');
    await waitUntilGone(ready.pid, ...pids);
    rmSync(state, { recursive: true, force: true });
  });
});

test('the files of the fleet pass the type check', async () => {
  const tsc = join(ROOT, 'node_modules', 'typescript-native', 'bin', 'tsc');
  const { exitCode, stdout } = await runCommand(NODE, [tsc, '-p', join(FLEET, 'tsconfig.json')], process.env);
  expect(stdout).toBe('');
  expect(exitCode).toBe(0);
});

// A starter whose death closes nothing: the fleet reads from /dev/null and writes to what the test reads.
const STARTER = `
  const [node, fleet, state] = process.argv.slice(1);
  require('node:child_process').spawn(node, [fleet, 'start', '--state', state], { stdio: ['ignore', 'inherit', 'inherit'] });
`;

async function getJson(url: string): Promise<unknown> {
  return (await fetch(url)).json();
}

async function postJson(url: string, body: unknown): Promise<unknown> {
  return (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).json();
}
