// The command line of fleetctl: what it refuses, with help, and what it explains.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startFleet, type RunningFleet } from './start-fleet.js';

let fleet: RunningFleet;

beforeAll(async () => {
  fleet = await startFleet();
});

afterAll(async () => {
  await fleet.stop();
});

describe('the command line', () => {
  test.each([
    [[], 'fleetctl: expected a command'],
    [['frobnicate'], 'fleetctl: unknown command "frobnicate"'],
    [['deploy', 'catalog'], 'fleetctl: "catalog" is not a version: expected three numbers, such as 2.4.0'],
    [['deploy', 'teapot', '2.4.0'], 'fleetctl: unknown service teapot: expected catalog, orders, payments'],
    [['deploy', 'catalog', '2.4'], 'fleetctl: "2.4" is not a version: expected three numbers, such as 2.4.0'],
    [['rollback'], 'fleetctl: expected at least one service: catalog, orders, payments'],
    [['migrate', '--to', '99'], 'fleetctl: --to 99 is not a schema: expected a number from 0 to 5'],
    [['migrate', '5'], 'fleetctl: unexpected argument "5"; the number follows --to'],
    [
      ['fault', 'add', 'orders', 'gremlins'],
      'fleetctl: unknown fault "gremlins": expected crash-on-start, failing-health, failing-requests, slow-start'
    ],
    [['status', '--jsn'], "fleetctl: Unknown option '--jsn'"]
  ])('%j is refused with help and exit code 2', async (args, problem) => {
    const { exitCode, stdout, stderr } = await fleet.fleetctl(...args);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^Usage: fleetctl/);
    expect(lastLine(stderr)).toContain(problem);
  });

  test.each([['deploy'], ['rollback'], ['status'], ['migrate'], ['validate'], ['releases'], ['fault']])(
    '`%s --help` shows examples',
    async command => {
      const { exitCode, stdout } = await fleet.fleetctl(command, '--help');
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(
        new RegExp(`^Usage: fleetctl ${command} [\\s\\S]*Examples:\\n  fleetctl ${command}\\b`)
      );
    }
  );

  test('says which fleet is not there', async () => {
    const folder = join(fleet.ready.state, 'nowhere');
    const { exitCode, stderr } = await fleet.fleetctl('status', '--state', folder);
    expect([exitCode, stderr]).toEqual([
      1,
      `fleetctl: no fleet runs in ${folder}: ${join(folder, 'fleet.json')} is not there\n`
    ]);
    expect(existsSync(folder)).toBe(false);
  });
});

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
