// How a phase is run: in order, in batches, and no further than it may.
import { expect, test } from '@jest/globals';
import {
  FIRST_BATCH,
  LARGEST_BATCH,
  runSteps,
  type StepToRun
} from '../../../../labextension/phases/run-phase/run-steps.js';

function stepsOf(count: number, hold = -1): StepToRun[] {
  return Array.from({ length: count }, (_, index) => ({ id: String(index), isHold: index === hold }));
}

/** Runs the steps and tells which batches were handed over; the batch with `failing` does not pass. */
async function run(
  steps: readonly StepToRun[],
  failing = '',
  mayGoOn: (batches: number) => boolean = () => true,
  stepMs = 60_000
): Promise<{ batches: string[][]; hasPassed: boolean }> {
  const batches: string[][] = [];
  let now = 0;
  const hasPassed = await runSteps(steps, {
    run: async batch => {
      batches.push([...batch]);
      now += stepMs * batch.length;
      await Promise.resolve();
      return !batch.includes(failing);
    },
    mayGoOn: () => mayGoOn(batches.length),
    now: () => now
  });
  return { batches, hasPassed };
}

test('every step is handed over once and in order', async () => {
  const { batches, hasPassed } = await run(stepsOf(2 * FIRST_BATCH + 1));
  expect(hasPassed).toBe(true);
  expect(batches.map(batch => batch.length)).toEqual([FIRST_BATCH, FIRST_BATCH, 1]);
  expect(batches.flat()).toEqual(stepsOf(2 * FIRST_BATCH + 1).map(step => step.id));
});

test('short steps make the batches larger, up to a limit; a long one makes them small again', async () => {
  const { batches } = await run(stepsOf(400), '', () => true, 1);
  expect(batches.slice(0, 5).map(batch => batch.length)).toEqual([8, 16, 32, 64, 64]);
  expect(Math.max(...batches.map(batch => batch.length))).toBe(LARGEST_BATCH);
  const slow = await run(stepsOf(40), '', () => true, 150);
  expect(slow.batches.map(batch => batch.length)).toEqual([8, 16, 8, 8]);
});

test('nothing is handed over behind a failure', async () => {
  const { batches, hasPassed } = await run(stepsOf(3 * FIRST_BATCH), String(FIRST_BATCH));
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
  const { batches, hasPassed } = await run(stepsOf(3 * FIRST_BATCH), '', handed => handed < 1);
  expect(batches).toHaveLength(1);
  expect(hasPassed).toBe(false);
});

test('nothing to run has passed', async () => {
  expect(await run([])).toEqual({ batches: [], hasPassed: true });
});
