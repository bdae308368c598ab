// A change under watch: it runs while the condition holds, and what a breach does to it.
import { beforeEach, describe, expect, test } from '@jest/globals';
import { $, display, guard, rollback } from '../../../runbook/index.js';
import { installFakePorts, type FakePorts } from '../fake-ports.js';

let ports: FakePorts;
beforeEach(() => {
  ports = installFakePorts();
});

const long = (): PromiseLike<unknown> => $`sleep 30`;
const endOf = (label: string): unknown => {
  const start = ports.entries.findIndex(entry => entry.kind === 'effect-started' && entry['label'] === label);
  return ports.entries.find(
    entry => entry.kind === 'effect-ended' && entry['effect'] === `id-${start + 1}`
  )?.['outcome'];
};

test('gives the value of the change when the condition held to its end', async () => {
  let looks = 0;
  const value = await guard('Canary', async () => (await $`sleep 0.3`, 7), {
    while: () => void (looks += 1),
    every: '100ms'
  });
  expect(value).toBe(7);
  expect(looks).toBeGreaterThan(1);
});

test('ends the change at the breach, records its end, and fails with what the condition said', async () => {
  const began = Date.now();
  await expect(
    guard('Canary', long, {
      while: ({ attempt }) => attempt < 2 || Promise.reject(new Error('7 % errors')),
      every: '50ms'
    })
  ).rejects.toMatchObject({ code: 'guard.breached', reason: '7 % errors', isRolledBack: false });
  expect(Date.now() - began).toBeLessThan(6000);
  expect(endOf('sleep 30')).toBe('inconclusive');
});

test('one failure is forgiven where two are asked for', async () => {
  const answers = [true, false, true, false, false];
  let looks = 0;
  await expect(
    guard('Canary', long, { while: () => answers[looks++] ?? true, every: '20ms', failures: 2 })
  ).rejects.toMatchObject({ code: 'guard.breached' });
  expect(looks).toBe(5);
});

test('rolls back what was registered since it began, and nothing from before', async () => {
  const undone: string[] = [];
  await rollback('before', () => undone.push('before'));
  const change = async (): Promise<void> => {
    await rollback('canary', () => undone.push('canary'));
    await long();
  };
  await expect(
    guard('Canary', change, { while: () => false, every: '50ms', onBreach: 'roll-back' })
  ).rejects.toMatchObject({ code: 'guard.breached', isRolledBack: true });
  expect(undone).toEqual(['canary']);
});

describe('with ask', () => {
  test('the change goes on when people let it', async () => {
    let looks = 0;
    await guard('Canary', () => $`sleep 0.4`, { while: () => looks++ > 0, every: '50ms', onBreach: 'ask' });
    expect(ports.asked).toMatchObject([{ name: 'Canary: go on?' }]);
  });

  test('a rejection stops it', async () => {
    installFakePorts({ people: { approve: () => Promise.reject(new Error('rejected')) } });
    await expect(guard('Canary', long, { while: () => false, onBreach: 'ask' })).rejects.toMatchObject({
      code: 'guard.breached'
    });
  });
});

test('an error of the change is its own, and ends the watch', async () => {
  let looks = 0;
  await expect(
    guard('Canary', () => $`false`, { while: () => void (looks += 1), every: '20ms' })
  ).rejects.toMatchObject({
    code: 'shell.failed'
  });
  const after = looks;
  await new Promise(done => setTimeout(done, 100));
  expect(looks).toBe(after);
});

test('a faulty call lists every fault and begins nothing', async () => {
  const call = guard('', 1 as never, { while: 2 as never, onBreach: 'explode' as never });
  await expect(call).rejects.toMatchObject({ code: 'usage.invalid' });
  expect(ports.entries).toEqual([]);
});

test('a watch is one output, however often it looks, with what its last look has shown', async () => {
  let looks = 0;
  await guard('Canary', () => $`sleep 0.3`, {
    while: () => display.table([{ errors: (looks += 1) }]),
    every: '20ms'
  });
  expect(looks).toBeGreaterThan(2);
  expect(ports.shown.filter(({ isUpdate }) => !isUpdate)).toHaveLength(1);
  expect(ports.shown.at(-1)!.bundle['text/plain']).toBe(
    `Watch of Canary: ${looks} looks\nerrors\n------\n${looks}`
  );
});
