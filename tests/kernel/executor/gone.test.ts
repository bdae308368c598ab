// The executor tells when nothing of a cell lives any more, so that nobody has to remember it for ever.
import { afterAll, expect, test } from '@jest/globals';
import { TestExecutor } from './start-executor.js';

const executor = new TestExecutor();
afterAll(() => executor.close());

const COLLECT = `require('node:v8').setFlagsFromString('--expose-gc'); require('node:vm').runInNewContext('gc')();`;

test('a cell is gone when its timers and promises are, and not before', async () => {
  const ticking = await executor.run(`
    globalThis.ticks = 0; globalThis.ticking = setInterval(() => console.log('tick', ++ticks), 5); undefined`);
  const over = await executor.run('1 + 1');
  while (!executor.gone.includes(over.key)) {
    await executor.run(COLLECT);
  }
  expect(executor.gone).not.toContain(ticking.key);
  await executor.run('clearInterval(ticking); delete globalThis.ticking');
  while (!executor.gone.includes(ticking.key)) {
    await executor.run(COLLECT);
  }
});
