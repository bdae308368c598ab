// The gatekeeper may refuse a cell before it runs, and its record of the end stands before the reply.
import { expect, test } from '@jest/globals';
import { LaunchbookError } from '../../../contract/base/error.js';
import { cellErrorOf } from '../../../contract/base/cell-error.js';
import type { Cell, ExecuteOutcome } from '../../../kernel/core/ports/ports.js';
import { contentsOf, startKernel, typesOf } from './start-kernel.js';

const refusal = cellErrorOf(new LaunchbookError('Phase "Second batch" is locked', { code: 'phase.locked' }));

test('a refused cell does not run, is an `error`, and aborts the cells behind it', async () => {
  const settled: Cell[] = [];
  const { client, interpreter } = startKernel({
    gatekeeper: {
      admit: async () => ({ refusal }),
      settle: async cell => void settled.push(cell)
    }
  });
  const [first, second] = await Promise.all([client.execute('print a'), client.execute('print b')]);
  expect(first.reply.content).toMatchObject({ status: 'error', evalue: 'Phase "Second batch" is locked' });
  expect(typesOf(first.published)).toEqual(['busy', 'execute_input', 'error', 'idle']);
  expect(second.reply.content.status).toBe('aborted');
  expect(interpreter.executed).toEqual([]);
  expect(settled).toEqual([]);
});

test('a gatekeeper that throws refuses', async () => {
  const { client, interpreter } = startKernel({
    gatekeeper: {
      admit: async () => {
        throw new LaunchbookError('The journal is full', { code: 'journal.full' });
      },
      settle: async () => {}
    }
  });
  expect((await client.execute('print a')).reply.content).toMatchObject({
    status: 'error',
    evalue: 'The journal is full'
  });
  expect(interpreter.executed).toEqual([]);
});

test('a cell is admitted when its turn comes, not when it arrives', async () => {
  const admitted: string[] = [];
  const { client, interpreter } = startKernel({
    gatekeeper: {
      admit: async cell => {
        admitted.push(cell.code);
        return { refusal: null };
      },
      settle: async () => {}
    }
  });
  const both = Promise.all([client.execute('wait'), client.execute('print b')]);
  await interpreter.whenWaiting();
  expect(admitted).toEqual(['wait']);
  interpreter.release();
  await both;
  expect(admitted).toEqual(['wait', 'print b']);
});

test('the reply waits until the outcome is settled', async () => {
  let finish = (): void => {};
  const settling = Promise.withResolvers<ExecuteOutcome>();
  const { client, seen } = startKernel({
    gatekeeper: {
      admit: async () => ({ refusal: null }),
      settle: (_cell, outcome) => {
        settling.resolve(outcome);
        return new Promise(resolve => (finish = resolve));
      }
    }
  });
  const exchange = client.execute('print a');
  expect(await settling.promise).toMatchObject({ status: 'ok' });
  expect(typesOf(seen).includes('idle')).toBe(false);
  finish();
  expect((await exchange).reply.content.status).toBe('ok');
});

test('a cell whose outcome cannot be recorded has failed', async () => {
  const { client } = startKernel({
    gatekeeper: {
      admit: async () => ({ refusal: null }),
      settle: async () => {
        throw new LaunchbookError('No space left', { code: 'journal.write_failed' });
      }
    }
  });
  const { reply, published } = await client.execute('print a');
  expect(reply.content).toMatchObject({ status: 'error', evalue: 'No space left' });
  expect(contentsOf(published, 'error')).toHaveLength(1);
});

test('an interrupt while a cell waits for admission keeps it from running', async () => {
  let admit = (): void => {};
  const asked = Promise.withResolvers<void>();
  const outcomes: ExecuteOutcome[] = [];
  const { client, interpreter } = startKernel({
    gatekeeper: {
      admit: () => {
        asked.resolve();
        return new Promise(resolve => (admit = () => resolve({ refusal: null })));
      },
      settle: async (_cell, outcome) => void outcomes.push(outcome)
    }
  });
  const exchange = client.execute('print a');
  await asked.promise;
  await client.request('interrupt_request', {}, { channel: 'control' });
  admit();
  expect((await exchange).reply.content).toMatchObject({ status: 'error' });
  expect(interpreter.executed).toEqual([]);
  expect(outcomes).toMatchObject([{ status: 'error', error: { record: { code: 'cell.interrupted' } } }]);
});

test('a cell that is being admitted when the kernel is shut down does not begin, and its attempt has an end', async () => {
  const admission = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const settled: ExecuteOutcome[] = [];
  const { client, interpreter, kernel } = startKernel({
    gatekeeper: {
      admit: async () => {
        asked.resolve();
        await admission.promise;
        return { refusal: null };
      },
      settle: async (_cell, outcome) => void settled.push(outcome)
    }
  });
  const exchange = client.execute('print a');
  await asked.promise;
  const ending = kernel.shutdown(true);
  admission.resolve();
  await ending;
  expect((await exchange).reply.content).toMatchObject({
    status: 'error',
    evalue: 'The kernel was shut down before the cell began; nothing of it has run'
  });
  expect(interpreter.executed).toEqual([]);
  expect(settled).toMatchObject([{ status: 'error', error: { record: { code: 'executor.died' } } }]);
});
