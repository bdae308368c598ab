// How a phase is run: in order, in batches, and no further than it may.
import { expect, test } from '@jest/globals';
import { BATCH, runSteps, type StepToRun } from '../../../labextension/phases/run-steps.js';

function stepsOf(count: number, hold = -1): StepToRun[] {
  return Array.from({ length: count }, (_, index) => ({ id: String(index), isHold: index === hold }));
}

/** Runs the steps and tells which batches were handed over; the batch with `failing` does not pass. */
async function run(
  steps: readonly StepToRun[],
  failing = '',
  mayGoOn: (batches: number) => boolean = () => true
): Promise<{ batches: string[][]; hasPassed: boolean }> {
  const batches: string[][] = [];
  const hasPassed = await runSteps(steps, {
    run: async batch => {
      batches.push([...batch]);
      await Promise.resolve();
      return !batch.includes(failing);
    },
    mayGoOn: () => mayGoOn(batches.length)
  });
  return { batches, hasPassed };
}

test('every step is handed over once and in order', async () => {
  const { batches, hasPassed } = await run(stepsOf(2 * BATCH + 1));
  expect(hasPassed).toBe(true);
  expect(batches.map(batch => batch.length)).toEqual([BATCH, BATCH, 1]);
  expect(batches.flat()).toEqual(stepsOf(2 * BATCH + 1).map(step => step.id));
});

test('nothing is handed over behind a failure', async () => {
  const { batches, hasPassed } = await run(stepsOf(3 * BATCH), String(BATCH));
  expect(hasPassed).toBe(false);
  expect(batches).toHaveLength(2);
});

test('a hold point is the last step of its batch, so nothing waits behind it in the queue', async () => {
  const { batches } = await run(stepsOf(5, 2));
  expect(batches).toEqual([
    ['0', '1', '2'],
    ['3', '4']
  ]);
  expect((await run(stepsOf(5, 2), '2')).batches).toHaveLength(1);
});

test('a closed notebook gets nothing more', async () => {
  const { batches, hasPassed } = await run(stepsOf(3 * BATCH), '', handed => handed < 1);
  expect(batches).toHaveLength(1);
  expect(hasPassed).toBe(false);
});

test('nothing to run has passed', async () => {
  expect(await run([])).toEqual({ batches: [], hasPassed: true });
});
