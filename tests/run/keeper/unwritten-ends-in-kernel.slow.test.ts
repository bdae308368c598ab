// What could not be recorded is told as what it is: not begun, or done without an end. Nothing else begins meanwhile.
import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { lastAttemptOf } from '../../../contract/state/state.js';
import { HeadlessFolder } from '../headless-folder.js';
import { FailingDisk } from './failing-disk.js';
import { interruptedOrOpen } from './open-effects.js';

const SHELL = (word: string): string => `await $\`sh -c \${'echo ${word} >> done.txt'}\``;

let disk: FailingDisk;
let folder: HeadlessFolder;
beforeAll(async () => {
  disk = await FailingDisk.make();
});
beforeEach(() => {
  folder = new HeadlessFolder({
    one: SHELL('a'),
    caught: `try { ${SHELL('b')} } catch {}\nfor (let i = 0; i < 3; i++) { try { ${SHELL('b')} } catch {} }`
  });
});
afterEach(() => {
  disk.heal();
  folder.remove();
});

test('the end of an effect that cannot be written: it was done, the attempt is inconclusive, and a person is asked', async () => {
  await folder.during(async run => {
    disk.failFrom('effect-ended');
    const { outcome, error } = await run.proceed();
    expect({ outcome, code: error?.code }).toEqual({
      outcome: 'inconclusive',
      code: 'journal.end_unrecorded'
    });
    expect(error?.message).toContain('was done: it ended (passed), and its end could not be recorded');
    expect(error?.message).toContain('no room is left (ENOSPC)');
    expect(lastAttemptOf(run.state, 'one')?.outcome).toBe('inconclusive');
    // The disk is still full: nothing begins.
    expect((await run.execute('caught')).error?.code).toBe('journal.disk_full');
    expect((await run.execute('one')).error?.code).toBe('effect.inconclusive');
    disk.heal();
    const asked = await run.execute('one');
    expect(asked.error?.code).toBe('effect.inconclusive');
    const [open] = interruptedOrOpen(run.state);
    await run.command(`%judge ${open!.id} passed seen in done.txt`);
    expect((await run.execute('one')).status).toBe('ok');
    expect(folder.lines('done.txt')).toEqual(['a']);
  });
});

test('a cell that catches the error does not pass, and tries nothing again', async () => {
  await folder.during(async run => {
    await run.execute('one');
    disk.failAt('datasync', 3, 1, 'EIO');
    const { status, error } = await run.execute('caught');
    expect({ status, code: error?.code }).toEqual({ status: 'error', code: 'journal.end_unrecorded' });
    expect(lastAttemptOf(run.state, 'caught')?.outcome).toBe('inconclusive');
    expect((await run.execute('caught')).error?.code).toBe('effect.inconclusive');
    expect(folder.lines('done.txt')).toEqual(['a', 'b']);
  });
});

test('the end of an attempt that cannot be written: the step goes on, and nothing of it is done again', async () => {
  await folder.during(async run => {
    disk.failFrom('attempt-ended');
    const { status, error } = await run.execute('one');
    expect({ status, code: error?.code }).toEqual({ status: 'error', code: 'journal.end_unrecorded' });
    expect(lastAttemptOf(run.state, 'one')?.outcome).toBe('inconclusive');
    disk.heal();
    expect((await run.execute('one')).status).toBe('ok');
    expect(folder.lines('done.txt')).toEqual(['a']);
  });
  expect(folder.records().filter(({ kind }) => kind === 'attempt-ended')).toHaveLength(2);
});

test.each(['attempt-started', 'effect-started'])(
  '%s that cannot be written: nothing was done',
  async kind => {
    await folder.during(async run => {
      disk.failFrom(kind);
      expect((await run.execute('one')).error?.code).toMatch(/^journal\./);
      expect(folder.lines('done.txt')).toEqual([]);
      disk.heal();
      expect((await run.execute('one')).status).toBe('ok');
      expect(folder.lines('done.txt')).toEqual(['a']);
    });
  }
);
