// Every example from top to bottom in the real kernel, against a real fleet, with the answers of its people.
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { journalPathOf } from '../../contract/notebook/notebook.js';
import { expectArchive } from './expect-archive.js';
import { testInProof } from '../test-in-proof.js';
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
    await expectArchive(run, fleet);
  });

  testInProof('works as a scratch notebook too, whose journal is under .launchbook/', async () => {
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
  testInProof(
    'moves every payment, those of customers who pay meanwhile too, and deletes the old column',
    async () => {
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
      await expectArchive(run, fleet);
    }
  );

  testInProof('goes back without loss before the point of no return', async () => {
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

  testInProof('goes back behind it too, to the last backup', async () => {
    run = await runExample('database-migration', { fleet, parameters: SOAK });
    expect(await run.say('await rollback.run()')).toMatchObject({ status: 'ok' });
    expect(columns()).toEqual(['id', 'order_id', 'amount_cents', 'captured_at']);
    expect((await fleet.fleetctl('validate')).exitCode).toBe(0);
    expect(await versions()).toEqual(['catalog 2.3.1', 'orders 2.3.1', 'payments 2.3.1']);
  });
});

describe('many-services', () => {
  testInProof(
    'brings all services to the new release after each team has done its task and said go',
    async () => {
      run = await runExample('many-services', { fleet, parameters: SOAK });
      expect(run.people.asked).toEqual(['Ready for the release', 'Go or no-go', 'Closing']);
      expect(await versions()).toEqual(['catalog 2.4.0', 'orders 2.4.0', 'payments 2.4.0']);
      const [taskList] = Object.values(run.state.taskLists);
      expect(taskList?.tasks.map(({ status, heard }) => `${status} by ${heard?.by.username}`)).toEqual([
        'done by catalog-team',
        'done by orders-team',
        'done by payments-team',
        'done by support'
      ]);
      expect(run.shown('deploy')).toContain('Item');
      expect(run.shown('compare')).toMatch(/Before “Deployment”[\s\S]*After “Deployment”/);
      expect(run.shown('begin')).toContain('Slack (off');
      await expectArchive(run, fleet);
    }
  );

  testInProof('goes back to the checkpoint behind the schema update, and on from there', async () => {
    run = await openExample('many-services', { fleet, parameters: SOAK });
    await run.proceed('deploy');
    expect(await run.say('%rewind "schema updated" "orders is slow"')).toMatchObject({ status: 'ok' });
    expect(await versions()).toEqual(['catalog 2.3.1', 'orders 2.3.1', 'payments 2.3.1']);
    expect(run.state.steps['schema-migrate']?.status).toBe('passed');
    expect(run.state.steps['deploy']?.status).toBe('stale');
    expect(await run.proceed()).toEqual({ step: null, error: null });
    expect(await versions()).toEqual(['catalog 2.4.0', 'orders 2.4.0', 'payments 2.4.0']);
  });

  testInProof('ends with nothing changed when a team says no', async () => {
    const rejections = { 'Go or no-go': 'the payment provider has an outage' };
    run = await openExample('many-services', { fleet, parameters: SOAK, rejections });
    expect(await run.proceed()).toMatchObject({ step: 'go' });
    expect(run.state.steps['go']?.status).toBe('rejected');
    expect(await versions()).toEqual(['catalog 2.3.1', 'orders 2.3.1', 'payments 2.3.1']);
  });
});

describe('incident-rollback', () => {
  testInProof(
    'finds the version that fails its customers, takes it back and proves that the errors have ended',
    async () => {
      run = await runExample('incident-rollback', { fleet, parameters: ['watchTime=1s'] });
      expect(run.people.asked).toEqual(['Rollback', 'After the incident']);
      expect(run.shown('errors')).toMatch(/catalog +│? *2\.4\.0/);
      expect(run.shown('services')).toMatch(/catalog +2\.4\.0 +healthy/);
      expect(run.shown('summary')).toContain('request failed (catalog 2.4.0)');
      expect(await versions()).toEqual(['catalog 2.3.1', 'orders 2.3.1', 'payments 2.3.1']);
      expect((await fleet.fleetctl('fault', 'list')).stdout).toBe('no faults\n');
      await expectArchive(run, fleet);
    }
  );
});

describe('release', () => {
  testInProof('brings the whole fleet to the new version', async () => {
    run = await runExample('release', { fleet });
    expect(run.people.asked).toEqual(['QA sign-off', 'Closing']);
    expect(await versions()).toEqual(['catalog 2.4.0', 'orders 2.4.0', 'payments 2.4.0']);
    await expectArchive(run, fleet);
  });
});

test('every example has its story here', () => {
  const names = readdirSync(join(ROOT, 'examples')).filter(name => name.endsWith('.ipynb'));
  expect(names.map(name => basename(name, '.ipynb')).sort()).toEqual([
    'database-migration',
    'first-steps',
    'incident-rollback',
    'many-services',
    'release'
  ]);
});

async function versions(): Promise<string[]> {
  const rows = JSON.parse((await fleet.fleetctl('status', '--json')).stdout) as Record<string, string>[];
  return rows.map(({ service, version }) => `${service} ${version}`);
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
