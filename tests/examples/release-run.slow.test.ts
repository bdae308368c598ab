// The release runbook against a real fleet: the whole release, and the story of a deploy that fails.
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { rollback } from '../../runbook/index.js';
import { openNotebook, type NotebookRun } from './run-notebook.js';
import { ROOT, startFleet, type RunningFleet } from './start-fleet.js';

let fleet: RunningFleet;
let run: NotebookRun;

beforeEach(async () => {
  fleet = await startFleet();
  run = openNotebook(join(ROOT, 'examples', 'release.ipynb'), fleet.environment);
});

afterEach(async () => {
  await fleet.stop();
});

test('brings the whole fleet to the new version, with one approval and one checklist', async () => {
  for (const step of run.steps) {
    await run.runCell(step);
  }
  expect(await versions()).toEqual([
    'catalog 2.4.0 healthy',
    'orders 2.4.0 healthy',
    'payments 2.4.0 healthy'
  ]);
  expect(run.asked).toEqual(['QA sign-off', 'Closing']);
  expect(run.evidence.map(({ label }) => label)).toEqual(['Services', 'Data checks']);
  expect(run.evidence[0]?.text).toMatch(/catalog +2\.4\.0 +healthy/);
  expect(run.evidence[1]?.text).toContain('12 checks, 0 failed');
  expect(new Set(run.effects.map(({ outcome }) => outcome))).toEqual(new Set(['passed']));
  expect(run.output.at(-1)).toContain('Release 2.4.0 is live');
});

test('a failed deploy says why, passes unchanged once the cause is fixed, and can be rolled back', async () => {
  await fleet.fleetctl('fault', 'add', 'payments', 'crash-on-start', '--version', '2.4.0');
  const failing = run.steps.indexOf('deploy-second-batch');
  for (const step of run.steps.slice(0, failing)) {
    await run.runCell(step);
  }
  await expect(run.runCell('deploy-second-batch')).rejects.toMatchObject({
    name: 'CommandFailedError',
    message: expect.stringContaining('setting PAYMENTS_SIGNING_KEY is missing')
  });
  expect(await versions()).toEqual(['catalog 2.4.0 healthy', 'orders 2.4.0 healthy', 'payments 2.4.0 down']);

  await fleet.fleetctl('fault', 'clear', 'payments');
  await run.runCell('deploy-second-batch');
  await run.runCell('errors-after');
  expect(await versions()).toEqual([
    'catalog 2.4.0 healthy',
    'orders 2.4.0 healthy',
    'payments 2.4.0 healthy'
  ]);

  await rollback.run();
  expect(await versions()).toEqual([
    'catalog 2.3.1 healthy',
    'orders 2.3.1 healthy',
    'payments 2.3.1 healthy'
  ]);
  expect((await fleet.fleetctl('migrate', '--to', '4')).stdout).toContain('schema 4: nothing to do');
});

async function versions(): Promise<string[]> {
  const rows = JSON.parse((await fleet.fleetctl('status', '--json')).stdout) as Record<string, string>[];
  return rows.map(({ service, version, health }) => `${service} ${version} ${health}`);
}
