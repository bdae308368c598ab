// fleetctl against a real fleet: deploys that work, deploys that fail, the way back, schema, data checks.
import { existsSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startFleet, type RunningFleet } from './start-fleet.js';
import { waitUntil } from './wait-until.js';

interface StatusRow {
  readonly service: string;
  readonly version: string;
  readonly health: string;
  readonly pid: number | null;
  readonly startedAt: string | null;
}

let fleet: RunningFleet;

beforeAll(async () => {
  fleet = await startFleet();
});

afterAll(async () => {
  await fleet.stop();
});

// Every test begins with the old versions on the old schema and without faults.
beforeEach(async () => {
  rmSync(join(fleet.ready.state, 'faults.json'), { force: true });
  await fleet.fleetctl('rollback', 'catalog', 'orders', 'payments', '--to', '2.3.1');
  if (count('SELECT max(version) FROM schema_migrations') !== 4) {
    await fleet.fleetctl('migrate', '--to', '4');
  }
});

describe('deploy', () => {
  test('builds the release folder, switches `current` and restarts the service', async () => {
    const [before] = await statusOf('catalog');
    const { exitCode, stdout, stderr } = await fleet.fleetctl('deploy', 'catalog', '2.4.0');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout.replaceAll(/\d+ (?=files|ms)|(?<=pid )\d+/g, 'N ').replaceAll(/N (?=\n)/g, 'N')).toBe(
      [
        'catalog: built release 2.4.0, N files',
        'catalog: stopping 2.3.1, pid N',
        'catalog: current is 2.4.0',
        'catalog: started 2.4.0, pid N',
        'catalog: healthy after N ms',
        ''
      ].join('\n')
    );

    const folder = join(fleet.ready.state, 'services', 'catalog');
    expect(readlinkSync(join(folder, 'current'))).toBe(join('releases', '2.4.0'));
    expect(readlinkSync(join(folder, 'previous'))).toBe(join('releases', '2.3.1'));
    expect(JSON.parse(readFileSync(join(folder, 'current', 'release.json'), 'utf8'))).toMatchObject({
      version: '2.4.0'
    });
    const [after] = await statusOf('catalog');
    expect(after).toMatchObject({ version: '2.4.0', health: 'healthy' });
    expect(after?.pid).not.toBe(before?.pid);
    expect(await versionOf('catalog')).toBe('2.4.0');
  });

  test('leaves alone what already runs the version, unless it is forced', async () => {
    const [before] = await statusOf('catalog');
    expect((await fleet.fleetctl('deploy', 'catalog', '2.3.1')).stdout).toBe(
      'catalog: 2.3.1 is already running and healthy\n'
    );
    expect((await statusOf('catalog'))[0]?.pid).toBe(before?.pid);
    expect((await fleet.fleetctl('deploy', 'catalog', '2.3.1', '--force')).exitCode).toBe(0);
    expect((await statusOf('catalog'))[0]?.pid).not.toBe(before?.pid);
  });

  test('stops at the first service that fails and says what was not deployed', async () => {
    const { exitCode, stderr } = await fleet.fleetctl(
      'deploy',
      'catalog',
      'orders',
      'payments',
      '--version',
      '2.4.0'
    );
    expect(exitCode).toBe(1);
    expect(stderr).toContain('fleetctl: not deployed: payments\n');
    expect(lastLine(stderr)).toBe(
      'fleetctl: deploy of orders 2.4.0 failed: the database has schema 4, orders 2.4.0 needs schema 5 or newer'
    );
    expect(
      (await statusOf()).map(({ service, version, health }) => `${service} ${version} ${health}`)
    ).toEqual(['catalog 2.4.0 healthy', 'orders 2.4.0 down', 'payments 2.3.1 healthy']);
  });

  test('`--inject-failure` lets this one deploy fail, the next one works', async () => {
    const failed = await fleet.fleetctl('deploy', 'payments', '2.4.0', '--inject-failure');
    expect(failed.exitCode).toBe(1);
    expect(failed.stderr).toContain('payments: 2.4.0 ended with exit code 1 after');
    expect(failed.stderr.split('\n').length).toBeGreaterThan(5);
    expect(lastLine(failed.stderr)).toBe(
      'fleetctl: deploy of payments 2.4.0 failed: setting PAYMENTS_SIGNING_KEY is missing; payments 2.4.0 cannot start without it'
    );
    const answer = await fetch(`${fleet.ready.services.payments}/health`);
    expect([answer.status, await answer.json()]).toEqual([503, { error: 'payments is not running' }]);

    expect((await fleet.fleetctl('deploy', 'payments', '2.4.0')).exitCode).toBe(0);
    expect(await versionOf('payments')).toBe('2.4.0');
  });

  test('fails with a planted fault until the fault is cleared, the command unchanged', async () => {
    await fleet.fleetctl('fault', 'add', 'payments', 'crash-on-start', '--version', '2.4.0');
    expect((await fleet.fleetctl('deploy', 'payments', '2.4.0')).exitCode).toBe(1);
    expect((await fleet.fleetctl('deploy', 'payments', '2.4.0')).exitCode).toBe(1);
    expect((await fleet.fleetctl('fault', 'list')).stdout).toContain('payments  crash-on-start  2.4.0');

    expect((await fleet.fleetctl('fault', 'clear', 'payments')).stdout).toBe('payments: 1 fault cleared\n');
    expect((await fleet.fleetctl('deploy', 'payments', '2.4.0')).exitCode).toBe(0);
    expect(await versionOf('payments')).toBe('2.4.0');
  });

  test('fails when the new version runs but does not become healthy in time', async () => {
    await fleet.fleetctl('fault', 'add', 'payments', 'failing-health', '--version', '2.4.0');
    const { exitCode, stderr } = await fleet.fleetctl('deploy', 'payments', '2.4.0', '--timeout', '1s');
    expect(exitCode).toBe(1);
    expect(lastLine(stderr)).toBe(
      'fleetctl: deploy of payments 2.4.0 failed: payments 2.4.0 is running but not healthy: cannot reach the message broker'
    );
    expect((await statusOf('payments'))[0]).toMatchObject({ version: '2.4.0', health: 'unhealthy' });
  });
});

test('one change at a time: a second one is refused and names the first, whose lock ends with it', async () => {
  await fleet.fleetctl('fault', 'add', 'payments', 'slow-start', '--version', '2.4.0');
  const first = fleet.fleetctl('deploy', 'payments', '2.4.0');
  const lock = join(fleet.ready.state, 'change.lock');
  await waitUntil('the first deploy holds the lock', () => existsSync(lock));
  const second = await fleet.fleetctl('deploy', 'payments', '2.5.0');
  expect(second.exitCode).toBe(1);
  expect(second.stderr).toMatch(
    /^fleetctl: another change is under way: fleetctl deploy payments 2\.4\.0, process \d+; wait/
  );

  expect((await first).exitCode).toBe(0);
  expect(existsSync(lock)).toBe(false);
  expect(await versionOf('payments')).toBe('2.4.0');
});

test('the lock of a change that was killed is taken over', async () => {
  writeFileSync(
    join(fleet.ready.state, 'change.lock'),
    JSON.stringify({ pid: 2 ** 22 + 1, command: 'fleetctl migrate' })
  );
  expect((await fleet.fleetctl('migrate', '--dry-run')).exitCode).toBe(0);
  expect(existsSync(join(fleet.ready.state, 'change.lock'))).toBe(false);
});

describe('rollback', () => {
  test('brings the version before a failed deploy back, once', async () => {
    await fleet.fleetctl('deploy', 'payments', '2.4.0', '--inject-failure');
    await fleet.fleetctl('deploy', 'payments', '2.4.0', '--inject-failure');
    const { exitCode, stdout } = await fleet.fleetctl('rollback', 'payments');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('payments: current is 2.3.1 again\n');
    expect(await versionOf('payments')).toBe('2.3.1');

    const again = await fleet.fleetctl('rollback', 'payments');
    expect([again.exitCode, again.stderr]).toEqual([
      1,
      'fleetctl: rollback of payments failed: there is no version before 2.3.1\n'
    ]);
  });

  test('`--to` may be repeated and leaves alone what already runs the version', async () => {
    await fleet.fleetctl('deploy', 'catalog', '2.4.0');
    const first = await fleet.fleetctl('rollback', 'catalog', 'orders', '--to', '2.3.1');
    expect(first.exitCode).toBe(0);
    expect(first.stdout).toMatch(
      /^orders: 2\.3\.1 is already running and healthy\ncatalog: stopping 2\.4\.0/
    );
    const second = await fleet.fleetctl('rollback', 'catalog', 'orders', '--to', '2.3.1');
    expect(second.stdout).toBe(
      'orders: 2.3.1 is already running and healthy\ncatalog: 2.3.1 is already running and healthy\n'
    );
  });

  test('tries every service even when one cannot go back', async () => {
    await fleet.fleetctl('deploy', 'catalog', '2.4.0');
    const { exitCode, stderr } = await fleet.fleetctl('rollback', 'catalog', 'orders');
    expect([exitCode, stderr]).toEqual([
      1,
      'fleetctl: rollback of orders failed: there is no version before 2.3.1\n'
    ]);
    expect(await versionOf('catalog')).toBe('2.3.1');
  });

  test('refuses a version that was never built', async () => {
    const { exitCode, stderr } = await fleet.fleetctl('rollback', 'orders', '--to', '1.0.0');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^fleetctl: rollback of orders failed: release 1\.0\.0 was never built; built are 2\.3\.1/
    );
  });
});

describe('releases', () => {
  test('`releases` lists what is built and which one is current', async () => {
    await fleet.fleetctl('deploy', 'catalog', '2.4.0');
    expect(JSON.parse((await fleet.fleetctl('releases', 'catalog', '--json')).stdout)).toEqual([
      { service: 'catalog', version: '2.3.1', role: 'previous' },
      { service: 'catalog', version: '2.4.0', role: 'current' }
    ]);
  });
});

describe('migrate', () => {
  test('goes up and down again without losing data', async () => {
    const orders = count('SELECT count(*) FROM orders WHERE id <= 120');
    const up = await fleet.fleetctl('migrate', '--to', '5');
    expect(up.stdout).toMatch(/^up 005-add-delivery-windows: done in \d+ ms\nschema is 5\n$/);
    expect(count('SELECT count(*) FROM delivery_windows')).toBe(3);

    const down = await fleet.fleetctl('migrate', '--to', '4');
    expect(down.stdout).toMatch(/^down 005-add-delivery-windows: done in \d+ ms\nschema is 4\n$/);
    expect(count("SELECT count(*) FROM sqlite_schema WHERE name = 'delivery_windows'")).toBe(0);
    expect(count('SELECT count(*) FROM orders WHERE id <= 120')).toBe(orders);
    expect((await fleet.fleetctl('migrate', '--to', '4')).stdout).toBe(
      'schema 4: nothing to do\nschema is 4\n'
    );
  });

  test('`--dry-run` shows the statements and changes nothing', async () => {
    const { exitCode, stdout } = await fleet.fleetctl('migrate', '--dry-run');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('would run up 005-add-delivery-windows:\n  CREATE TABLE delivery_windows (');
    expect(lastLine(stdout)).toBe('schema stays 4 (dry run)');
    expect(count("SELECT count(*) FROM sqlite_schema WHERE name = 'delivery_windows'")).toBe(0);
  });

  test('takes a step that fails back as a whole', async () => {
    withDatabase(database => database.exec('ALTER TABLE orders ADD COLUMN delivery_window TEXT'));
    const { exitCode, stderr } = await fleet.fleetctl('migrate');
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      'fleetctl: up 005-add-delivery-windows failed and was taken back; the schema is 4\nfleetctl: duplicate column name: delivery_window\n'
    );
    expect(count("SELECT count(*) FROM sqlite_schema WHERE name = 'delivery_windows'")).toBe(0);
    withDatabase(database => database.exec('ALTER TABLE orders DROP COLUMN delivery_window'));
  });

  test('a service whose schema was taken away becomes unhealthy', async () => {
    await fleet.fleetctl('migrate');
    await fleet.fleetctl('deploy', 'orders', '2.4.0');
    await fleet.fleetctl('migrate', '--to', '4');
    expect(await (await fetch(`${fleet.ready.services.orders}/health`)).json()).toMatchObject({
      status: 'unhealthy',
      problem: 'schema 4 is older than 5'
    });
  });
});

describe('validate', () => {
  test('passes on whole data, before and after the migration', async () => {
    const before = await fleet.fleetctl('validate');
    expect([before.exitCode, lastLine(before.stdout)]).toEqual([0, '11 checks, 0 failed']);
    await fleet.fleetctl('migrate');
    const after = await fleet.fleetctl('validate');
    expect([after.exitCode, lastLine(after.stdout)]).toEqual([0, '12 checks, 0 failed']);
  });

  test('finds orphans and wrong amounts, and names them', async () => {
    withDatabase(database => {
      database.exec('PRAGMA foreign_keys = OFF');
      database.exec("INSERT INTO order_lines VALUES (999999, 'no-such-tea', 1, 100)");
      database.exec('UPDATE payments SET amount_cents = amount_cents + 1 WHERE order_id IN (3, 4)');
    });
    const { exitCode, stderr } = await fleet.fleetctl('validate', 'orders', 'payments');
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      'fleetctl: orders: lines without an order or product: found 2, expected 0\n' +
        'fleetctl: payments: payments that differ from their order: found 2, expected 0\n'
    );
    const json = await fleet.fleetctl('validate', 'catalog', '--json');
    expect(
      (JSON.parse(json.stdout) as { outcome: string }[]).every(({ outcome }) => outcome === 'passed')
    ).toBe(true);
  });
});

async function statusOf(...services: string[]): Promise<StatusRow[]> {
  return JSON.parse((await fleet.fleetctl('status', ...services, '--json')).stdout) as StatusRow[];
}

async function versionOf(service: 'catalog' | 'orders' | 'payments'): Promise<string> {
  const answer = await fetch(`${fleet.ready.services[service]}/version`);
  return ((await answer.json()) as { version: string }).version;
}

function count(sql: string): number {
  return withDatabase(database => Number(Object.values(database.prepare(sql).get() ?? {})[0]));
}

function withDatabase<T>(use: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(join(fleet.ready.state, 'shop.sqlite'), { timeout: 5_000 });
  try {
    return use(database);
  } finally {
    database.close();
  }
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
