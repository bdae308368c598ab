// Work in the background: it has a name, an end that is recorded, and somebody who ends it.
import { beforeEach, expect, test } from '@jest/globals';
import { $, background } from '../../../runbook/index.js';
import { endBackground } from '../../../runbook/background/background.js';
import { installFakePorts, PROFILE, type FakePorts } from '../fake-ports.js';

let ports: FakePorts;
beforeEach(() => {
  ports = installFakePorts();
});

const ends = (): unknown[] =>
  ports.entries.filter(({ kind }) => kind === 'effect-ended').map(entry => entry['result']);

test('goes on after it was begun, and ends by its handle, with what ended it on record', async () => {
  const work = await background('forward', () => $`sleep 30`);
  expect(work.isRunning).toBe(true);
  expect(ports.entries[0]).toMatchObject({ kind: 'effect-started', helper: 'background', label: 'forward' });
  await work.end();
  expect(work.isRunning).toBe(false);
  expect(ends()).toContainEqual({ endedBy: 'the runbook' });
  await work.end();
});

test('ends by its name, from wherever', async () => {
  const work = await background('forward', () => $`sleep 30`);
  await background.end('forward');
  expect(work.isRunning).toBe(false);
  await expect(background.end('forwrad')).rejects.toMatchObject({ code: 'usage.invalid' });
});

test('a name is taken only once at a time', async () => {
  const work = await background('forward', () => $`sleep 30`);
  await expect(background('forward', () => $`sleep 30`)).rejects.toMatchObject({ code: 'usage.invalid' });
  await work.end();
  await (await background('forward', () => $`sleep 30`)).end();
});

test('its own end is recorded, and a failure is shown', async () => {
  await background('short', () => $`true`);
  await background('broken', () => $`sh -c ${'echo no >&2; exit 3'}`);
  while (ends().length < 4) {
    await new Promise(done => setTimeout(done, 20));
  }
  expect(ends()).toContainEqual({ endedBy: 'itself' });
  expect(ports.written('stderr')).toContain('“broken” in the background has failed');
});

test('what a roll back names is ended', async () => {
  const one = await background('one', () => $`sleep 30`);
  const two = await background('two', () => $`sleep 30`);
  await endBackground(['one', 'unknown']);
  expect([one.isRunning, two.isRunning]).toEqual([false, true]);
  await two.end();
});

test('a record that has its end begins nothing anew', async () => {
  ports = installFakePorts({ recorded: [{ outcome: 'passed', result: { endedBy: 'the runbook' } }] });
  let calls = 0;
  const work = await background('forward', () => (calls += 1));
  expect([calls, work.isRunning]).toEqual([0, false]);
  await background.end('forward');
});

test('in a dry run it is not begun, and its end is nothing to do', async () => {
  installFakePorts({ profile: { ...PROFILE, mode: 'dry-run' } });
  const work = await background('forward', () => $`sleep 30`);
  expect(work.isRunning).toBe(false);
  await background.end('forward');
});
