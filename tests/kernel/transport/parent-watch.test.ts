// A kernel notices the end of the process that started it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { parentPidOf, watchParent } from '../../../kernel/transport/parent-watch.js';

test('the watch calls once when the process has ended', async () => {
  const parent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(parent, 'spawn');
  const gone = new Promise<void>(resolve => {
    watchParent(parent.pid!, resolve);
    setTimeout(() => {}, 10_000).unref();
  });
  const ended = once(parent, 'exit');
  parent.kill('SIGKILL');
  await ended;
  // The watch alone does not keep a process alive.
  const alive = setInterval(() => {}, 1_000);
  await gone;
  clearInterval(alive);
});

test.each([
  [{ JPY_PARENT_PID: '4711' }, 4711],
  [{ JPY_PARENT_PID: '1' }, null],
  [{ JPY_PARENT_PID: 'x' }, null],
  [{}, null]
])('%j names the parent %j', (environment, pid) => {
  expect(parentPidOf(environment)).toBe(pid);
});
