// Effects whose end is in the journal already: the same answer as before, and nothing is done.
import { expect, test } from '@jest/globals';
import { record } from '../../../runbook/index.js';
import { installFakePorts } from '../../runbook/fake-ports.js';

test('an effect that ended before gives its recorded result, and its act is not called', async () => {
  const ports = installFakePorts({ recorded: [{ outcome: 'passed', result: 'CHG-4711' }] });
  let calls = 0;
  expect(await record('change number', () => `CHG-${++calls}`)).toBe('CHG-4711');
  expect(calls).toBe(0);
  expect(ports.entries).toEqual([]);
});

test('an effect that threw before throws the recorded error under its name and code', async () => {
  const error = { name: 'TicketError', code: 'foreign.error', message: 'The change is closed.' };
  installFakePorts({ recorded: [{ outcome: 'failed', result: { error } }] });
  await expect(record('change number', () => 'CHG-1')).rejects.toMatchObject(error);
});

test('effects behind the recorded ones are announced and done', async () => {
  const ports = installFakePorts({ recorded: [{ outcome: 'passed', result: 1 }] });
  expect([await record('first', () => 7), await record('second', () => 8)]).toEqual([1, 8]);
  expect(ports.entries.map(({ kind, label }) => [kind, label])).toEqual([
    ['effect-started', 'second'],
    ['effect-ended', undefined]
  ]);
});

test('a mode that nobody knows connects nothing', () => {
  const profile = { name: 'staging', isProduction: false, vars: {}, splunk: null };
  expect(() => installFakePorts({ profile: { ...profile, mode: 'dryrun' as 'dry-run' } })).toThrow(
    "The mode of the run is 'dryrun' (a string), expected one of live, rehearsal, dry-run."
  );
});
