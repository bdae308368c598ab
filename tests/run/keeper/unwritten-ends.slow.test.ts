// A disk that refuses, at every write of a small run: nothing is done twice, nothing is done without a record, and the run can go on.
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { HeadlessRun } from '../../../kernel/host/headless/headless-run.js';
import { rounds } from '../../proof.js';
import { FailingDisk } from './failing-disk.js';
import { interruptedOrOpen } from './open-effects.js';
import { HeadlessFolder } from '../headless-folder.js';

const SHELL = (word: string): string => `await $\`sh -c \${'echo ${word} >> done.txt'}\``;
const STEPS = {
  one: `${SHELL('a')}\nawait checkpoint('after a')`,
  two: `const seen = await record('look', () => 7)\n${SHELL('b')}`
};

/** In `npm test` every third write fails once; the proof tries all of them. */
const EVERY = rounds({ inTest: 3, inProof: 1 });
const every = (step: number, last: number): number[] =>
  Array.from({ length: Math.floor(last / step) }, (_, index) => (index + 1) * step);

let disk: FailingDisk;
let folder: HeadlessFolder;

beforeAll(async () => {
  disk = await FailingDisk.make();
});
beforeEach(() => {
  folder = new HeadlessFolder(STEPS);
});
afterEach(() => {
  disk.heal();
  folder.remove();
});

/** As a person goes on: what is asked is looked up in the world. */
async function toItsEnd(run: HeadlessRun): Promise<void> {
  for (let tries = 0; tries < 6; tries++) {
    if (run.state.recovery) {
      await run.command('%resume');
    }
    for (const { id, label } of interruptedOrOpen(run.state)) {
      const isDone = folder.lines('done.txt').some(word => label.includes(`echo ${word} `));
      expect(
        (await run.command(`%judge ${id} ${isDone ? 'passed' : 'again'} seen in done.txt`)).error
      ).toBeNull();
    }
    if ((await run.proceed()).outcome === 'passed') {
      return;
    }
  }
  throw new Error('The run did not come to its end.');
}

function expectDoneOnce(): void {
  expect(folder.lines('done.txt')).toEqual(['a', 'b']);
  const records = folder.records();
  expect(records.map(({ seq }) => seq)).toEqual(records.map((_, index) => index + 1));
}

function expectRecorded(): void {
  const started = folder.records().filter(record => record.kind === 'effect-started');
  expect(started.filter(({ label }) => label.includes('echo')).length).toBeGreaterThanOrEqual(
    folder.lines('done.txt').length
  );
}

describe.each([
  ['appendFile', 'ENOSPC', Infinity],
  ['datasync', 'EIO', 1]
] as const)('%s fails with %s, %d times', (method, code, times) => {
  test.each(every(EVERY, 18))('from write %d on', async nth => {
    const fault = disk.failAt(method, nth, times, code);
    await folder
      .during(async run => {
        await run.proceed();
        disk.heal();
        expectRecorded();
        // The same kernel goes on as soon as the disk does.
        await toItsEnd(run);
      })
      .catch(error => {
        // The journal could not even be begun.
        expect(error).toMatchObject({ code: expect.stringMatching(/^journal\./) as unknown });
        expect(folder.lines('done.txt')).toEqual([]);
        disk.heal();
        return folder.during(toItsEnd);
      });
    expectDoneOnce();
    expect(fault.hasFailed || nth > 14).toBe(true);
  });

  test.each(every(EVERY, 12).filter(nth => nth >= 8))(
    'from write %d on, and the kernel ends before the disk is back',
    async nth => {
      disk.failAt(method, nth, times === 1 ? 1 : Infinity, code);
      await folder.during(run => run.proceed()).catch(() => undefined);
      disk.heal();
      expectRecorded();
      await folder.during(toItsEnd);
      expectDoneOnce();
    }
  );
});
