import { beforeEach, describe, expect, test } from '@jest/globals';
import { $, rollback } from '../../runbook/index.js';
import { installFakePorts, type FakePorts } from './fake-ports.js';

let ports: FakePorts;
let done: string[];

beforeEach(() => {
  ports = installFakePorts();
  done = [];
});

async function register(...names: string[]): Promise<void> {
  for (const name of names) {
    await rollback(name, () => void done.push(name));
  }
}

describe('rollback', () => {
  test('plans in reverse order and does nothing by planning', async () => {
    await register('schema', 'catalog', 'payments');
    expect(rollback.plan().map(step => step.name)).toEqual(['payments', 'catalog', 'schema']);
    expect(done).toEqual([]);
    expect(ports.entries.map(entry => entry.kind)).toEqual(Array(3).fill('rollback-registered'));
  });

  test('runs in reverse order, each between its records, and is empty afterwards', async () => {
    await register('schema', 'catalog');
    await rollback.run();
    expect(done).toEqual(['catalog', 'schema']);
    expect(ports.entries.slice(2)).toEqual([
      { kind: 'rollback-started', rollback: 'id-2' },
      { kind: 'rollback-ended', rollback: 'id-2', outcome: 'passed' },
      { kind: 'rollback-started', rollback: 'id-1' },
      { kind: 'rollback-ended', rollback: 'id-1', outcome: 'passed' }
    ]);
    expect(rollback.plan()).toEqual([]);
  });

  test('shows the plan before anything runs, and follows it in the same place', async () => {
    await rollback('schema', () => void done.push(String(ports.shown[0]!.bundle['text/plain'])));
    await rollback.run();
    expect(done[0]).toContain('1  schema     planned');
    expect(new Set(ports.shown.map(shown => shown.displayId)).size).toBe(1);
    expect(ports.shown.at(-1)!.bundle['text/plain']).toMatch(/☑ passed \(\d+ ms\)/);
  });

  test('stops at the first that fails, says what remains, and goes on from there the next time', async () => {
    let isBroken = true;
    await register('schema');
    await rollback('catalog', () => {
      if (isBroken) {
        throw new Error('no disk');
      }
      done.push('catalog');
    });
    await register('payments');
    await expect(rollback.run()).rejects.toMatchObject({
      name: 'RollbackFailedError',
      code: 'rollback.failed',
      step: 'catalog',
      remaining: ['catalog', 'schema'],
      message: expect.stringContaining('no disk') as unknown
    });
    expect(done).toEqual(['payments']);
    expect(ports.entries.at(-1)).toMatchObject({
      kind: 'rollback-ended',
      outcome: 'failed',
      error: { message: 'no disk' }
    });
    expect(rollback.plan()).toEqual([
      { name: 'catalog', status: 'failed' },
      { name: 'schema', status: 'registered' }
    ]);
    isBroken = false;
    await rollback.run();
    expect(done).toEqual(['payments', 'catalog', 'schema']);
  });

  test('goes back to a named step, included', async () => {
    await register('a', 'b', 'c');
    await rollback.run({ to: 'b' });
    expect(done).toEqual(['c', 'b']);
    expect(rollback.plan().map(step => step.name)).toEqual(['a']);
  });

  test('an unknown name runs nothing', async () => {
    await register('schema');
    await expect(rollback.run({ to: 'shema' })).rejects.toThrow(
      /no undo step 'shema'\. Did you mean 'schema'\?/
    );
    expect(done).toEqual([]);
  });

  test('a name that is registered again replaces the earlier one and is the newest', async () => {
    await register('a', 'b', 'a');
    await rollback.run();
    expect(done).toEqual(['a', 'b']);
  });

  test('an undo that is interrupted is recorded as inconclusive and stays in the plan', async () => {
    await rollback('deploy', () => {
      ports.interrupt();
      throw new Error('stopped');
    });
    await expect(rollback.run()).rejects.toMatchObject({ code: 'rollback.failed' });
    expect(ports.entries.at(-1)).toMatchObject({ kind: 'rollback-ended', outcome: 'inconclusive' });
    expect(rollback.plan()).toEqual([{ name: 'deploy', status: 'failed' }]);
  });

  test('a command may be the undo, and its failure stops the rollback', async () => {
    await rollback('deploy', () => $`false`);
    await expect(rollback.run()).rejects.toMatchObject({
      code: 'rollback.failed',
      cause: expect.objectContaining({ code: 'shell.failed' }) as unknown
    });
  });

  test('nothing is undone when that cannot be recorded', async () => {
    await register('a');
    ports.refuseNext(new Error('disk full'));
    await expect(rollback.run()).rejects.toThrow('disk full');
    expect(done).toEqual([]);
  });

  test('an undo that is not a function is refused', async () => {
    await expect(rollback('a', $`true` as never)).rejects.toThrow(/The undo is a promise/);
  });
});
