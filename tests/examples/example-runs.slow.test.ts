// Every example from top to bottom in the real kernel, against a real fleet, with the answers of its people.
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { journalPathOf } from '../../contract/notebook.js';
import { readRun } from '../../lifecycle/notebook/read-run.js';
import { openExample, runExample, type ExampleRun } from './run-example.js';
import { ROOT, startFleet, type RunningFleet } from './start-fleet.js';

const SOAK = ['soakTime=1s'];
/** A machine that does much else at the same time needs several times of what a run takes. */
const MOST_MS = 240_000;

jest.setTimeout(MOST_MS);

let fleet: RunningFleet;
let run: ExampleRun | undefined;

beforeEach(async () => {
  fleet = await startFleet();
});

afterEach(async () => {
  await run?.remove();
  run = undefined;
  await fleet.stop();
});

describe('first-steps', () => {
  test('has every idea once, as a run, and leaves the fleet as it was', async () => {
    run = await runExample('first-steps', { fleet });
    expect(run.people.asked).toEqual(['Ready', 'Change of the catalog']);
    expect(run.shown('deploy')).toContain('catalog: healthy after');
    expect(run.shown('undo')).toContain('catalog back to 2.3.1');
    expect(await versions()).toEqual(['catalog 2.3.1', 'orders 2.3.1', 'payments 2.3.1']);
    expect(run.state.notes.map(({ text }) => text)).toEqual(['My first run of a runbook']);
    expect(existsSync(journalPathOf(run.path, true))).toBe(true);
  });

  test('works as a scratch notebook too, whose journal is under .launchbook/', async () => {
    run = await runExample('first-steps', { fleet, mode: 'scratch' });
    const journals = readdirSync(join(run.box.folder, '.launchbook'), { recursive: true }).map(String);
    expect(journals.filter(name => name.endsWith('.jsonl'))).toHaveLength(1);
    expect(await versions()).toEqual(['catalog 2.3.1', 'orders 2.3.1', 'payments 2.3.1']);
  });

  test('refuses the misspelt name that it invites to write, and nothing of the cell has run', async () => {
    run = await openExample('first-steps', { fleet });
    await run.proceed('services');
    const { cells } = JSON.parse(readFileSync(run.path, 'utf8')) as {
      cells: { id: string; source: string[] }[];
    };
    const source = cells.find(({ id }) => id === 'version')!.source.join('');
    const { error, outputs } = await run.say(source.replace('${version}', '${versoin}'));
    expect(error?.message).toMatch(/versoin.*Did you mean 'version'/s);
    expect(JSON.stringify(outputs)).not.toContain('GET');
  });
});

describe('database-migration', () => {
  test('moves every payment, those of customers who pay meanwhile too, and deletes the old column', async () => {
    run = await runExample('database-migration', { fleet, parameters: SOAK });
    expect(run.people.asked).toEqual(['Changeover', 'Point of no return', 'Closing']);
    expect(columns()).toEqual(['id', 'order_id', 'amount_cents', 'captured_ms']);
    expect(await versions()).toEqual(['catalog 2.3.1', 'orders 2.3.1', 'payments 2.5.0']);
    expect((await fleet.fleetctl('validate')).exitCode).toBe(0);
    const evidence = Object.values(run.state.approvals)[0]!.request.evidence;
    const rows = Object.fromEntries(evidence.map(({ label, text }) => [label, paymentsIn(text)]));
    expect(rows['Rows before']).toBeGreaterThanOrEqual(120);
    expect(rows['Rows in the restored backup']).toBeGreaterThanOrEqual(rows['Rows before']!);
    expect(rows['Rows now']).toBeGreaterThanOrEqual(rows['Rows in the restored backup']!);
    expect(evidence.find(({ label }) => label === 'Differences')?.text).toBe('0');
  });

  test('goes back without loss before the point of no return', async () => {
    run = await openExample('database-migration', {
      fleet,
      parameters: SOAK,
      rejections: { 'Point of no return': 'accounting is not ready' }
    });
    expect(await run.proceed()).toMatchObject({ step: 'approve-contract' });
    const before = count('payments');
    expect(await run.say('await rollback.run()')).toMatchObject({ status: 'ok' });
    expect(columns()).toEqual(['id', 'order_id', 'amount_cents', 'captured_at']);
    expect(count('payments')).toBeGreaterThanOrEqual(before);
    expect(await versions()).toEqual(['catalog 2.3.1', 'orders 2.3.1', 'payments 2.3.1']);
  });

  test('goes back behind it too, to the last backup', async () => {
    run = await runExample('database-migration', { fleet, parameters: SOAK });
    expect(await run.say('await rollback.run()')).toMatchObject({ status: 'ok' });
    expect(columns()).toEqual(['id', 'order_id', 'amount_cents', 'captured_at']);
    expect((await fleet.fleetctl('validate')).exitCode).toBe(0);
    expect(await versions()).toEqual(['catalog 2.3.1', 'orders 2.3.1', 'payments 2.3.1']);
  });
});

describe('many-services', () => {
  test('brings all services to the new release after each team has done its task and said go', async () => {
    run = await runExample('many-services', { fleet, parameters: SOAK });
    expect(run.people.asked).toEqual(['Ready for the release', 'Go or no-go', 'Closing']);
    expect(await versions()).toEqual(['catalog 2.4.0', 'orders 2.4.0', 'payments 2.4.0']);
    const [board] = Object.values(run.state.boards);
    expect(board?.tasks.map(({ status, heard }) => `${status} by ${heard?.by.username}`)).toEqual([
      'done by catalog-team',
      'done by orders-team',
      'done by payments-team',
      'done by support'
    ]);
    expect(run.shown('deploy')).toContain('Item');
    expect(run.shown('compare')).toMatch(/Before “Deployment”[\s\S]*After “Deployment”/);
    expect(run.shown('begin')).toContain('Slack (off');
  });

  test('goes back to the checkpoint behind the schema update, and on from there', async () => {
    run = await openExample('many-services', { fleet, parameters: SOAK });
    await run.proceed('deploy');
    expect(await run.say('%rewind "schema updated" "orders is slow"')).toMatchObject({ status: 'ok' });
    expect(await versions()).toEqual(['catalog 2.3.1', 'orders 2.3.1', 'payments 2.3.1']);
    expect(run.state.steps['schema-migrate']?.status).toBe('passed');
    expect(run.state.steps['deploy']?.status).toBe('stale');
    expect(await run.proceed()).toEqual({ step: null, error: null });
    expect(await versions()).toEqual(['catalog 2.4.0', 'orders 2.4.0', 'payments 2.4.0']);
  });

  test('ends with nothing changed when a team says no', async () => {
    const rejections = { 'Go or no-go': 'the payment provider has an outage' };
    run = await openExample('many-services', { fleet, parameters: SOAK, rejections });
    expect(await run.proceed()).toMatchObject({ step: 'go' });
    expect(run.state.steps['go']?.status).toBe('rejected');
    expect(await versions()).toEqual(['catalog 2.3.1', 'orders 2.3.1', 'payments 2.3.1']);
  });
});

describe('incident-rollback', () => {
  test('finds the version that fails its customers, takes it back and proves that the errors have ended', async () => {
    run = await runExample('incident-rollback', { fleet, parameters: ['watchTime=1s'] });
    expect(run.people.asked).toEqual(['Rollback', 'After the incident']);
    expect(run.shown('errors')).toMatch(/catalog +│? *2\.4\.0/);
    expect(run.shown('services')).toMatch(/catalog +2\.4\.0 +healthy/);
    expect(run.shown('summary')).toContain('request failed (catalog 2.4.0)');
    expect(await versions()).toEqual(['catalog 2.3.1', 'orders 2.3.1', 'payments 2.3.1']);
    expect((await fleet.fleetctl('fault', 'list')).stdout).toBe('no faults\n');
  });
});

describe.each(names())('%s', name => {
  test('has no effect as a dry run', async () => {
    const before = await picture();
    run = await runExample(name, { fleet, mode: 'dry-run' });
    expect(await picture()).toEqual(before);
    const kinds = readFileSync(journalPathOf(run.path, true), 'utf8').match(/"kind":"[a-z-]+"/g) ?? [];
    expect(kinds.filter(kind => /effect-planned/.test(kind)).length).toBeGreaterThan(3);
    expect(kinds.filter(kind => /effect-started|approval-requested|tasks-assigned/.test(kind))).toEqual([]);
  });

  test('runs in a terminal up to where people are asked, and not beyond', async () => {
    run = await openExample(name, { fleet });
    await run.close();
    const { code, stdout } = run.box.launchbook('run', run.path);
    expect([code, stdout]).toEqual([3, expect.stringContaining('◔ held at')]);
    const approvals = Object.values(readRun(run.path).state.approvals);
    expect(approvals.map(({ status }) => status).filter(status => status === 'approved')).toEqual([]);
  });
});

function names(): string[] {
  return readdirSync(join(ROOT, 'examples'))
    .filter(name => name.endsWith('.ipynb'))
    .map(name => basename(name, '.ipynb'));
}

async function versions(): Promise<string[]> {
  const rows = JSON.parse((await fleet.fleetctl('status', '--json')).stdout) as Record<string, string>[];
  return rows.map(({ service, version }) => `${service} ${version}`);
}

/** What a step could have changed: what runs as which process, the schema, the files beside the database. */
async function picture(): Promise<unknown> {
  const { stdout } = await fleet.fleetctl('status', '--json');
  return {
    services: JSON.parse(stdout) as unknown,
    columns: columns(),
    files: readdirSync(fleet.ready.state).sort()
  };
}

function columns(): string[] {
  return query("SELECT name FROM pragma_table_info('payments')").map(({ name }) => String(name));
}

function count(table: string): number {
  return Number(query(`SELECT count(*) AS rows FROM ${table}`)[0]!['rows']);
}

function query(sql: string): Record<string, unknown>[] {
  const database = new DatabaseSync(join(fleet.ready.state, 'shop.sqlite'), { readOnly: true });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}

function paymentsIn(evidence: string): number {
  return Number(/payments\D+(\d+)/.exec(evidence)?.[1]);
}
