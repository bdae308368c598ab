// Every example without its people: as a dry run, which changes nothing, and in a terminal, which stops where people are asked.
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { journalPathOf } from '../../contract/notebook/notebook.js';
import { readRun } from '../../lifecycle/notebook/read-run.js';
import { rounds } from '../proof.js';
import { openExample, runExample, type ExampleRun } from './run-example.js';
import { ROOT, startFleet, type RunningFleet } from './start-fleet.js';

/** A machine that does much else at the same time needs several times of what a run takes. */
const MOST_MS = 240_000;

jest.setTimeout(MOST_MS);

let fleet: RunningFleet;
let run: ExampleRun | undefined;

beforeAll(async () => {
  fleet = await startFleet();
});

afterEach(async () => {
  await run?.remove();
  run = undefined;
});

afterAll(() => fleet.stop());

describe.each(names())('%s', name => {
  test('has no effect as a dry run', async () => {
    const before = await picture();
    run = await runExample(name, { fleet, mode: 'dry-run' });
    expect(await picture()).toEqual(before);
    const kinds = readFileSync(journalPathOf(run.path, true), 'utf8').match(/"kind":"[a-z-]+"/g) ?? [];
    expect(kinds.filter(kind => /effect-planned/.test(kind)).length).toBeGreaterThan(3);
    expect(kinds.filter(kind => /effect-started|approval-requested|tasks-assigned/.test(kind))).toEqual([]);
  });
});

/** In `npm test` one of them; the proof takes all. */
const IN_TERMINAL = rounds({ inTest: 1, inProof: names().length });

describe.each(names().slice(-IN_TERMINAL))('%s', name => {
  test('runs in a terminal up to where people are asked, and not beyond', async () => {
    run = await openExample(name, { fleet });
    await run.close();
    const { code, stdout } = run.box.spawn('run', run.path);
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
  const database = new DatabaseSync(join(fleet.ready.state, 'shop.sqlite'), { readOnly: true });
  try {
    return database
      .prepare("SELECT name FROM pragma_table_info('payments')")
      .all()
      .map(({ name }) => String(name));
  } finally {
    database.close();
  }
}
