// A cell ends when all that it has begun has ended, awaited or not, and is then what the worst of it is.
import { afterAll, expect, test } from '@jest/globals';
import { TestExecutor, until } from './start-executor.js';

const executor = new TestExecutor();
afterAll(() => executor.close());

/** `work(ms, error)` stands for a helper: it takes a while, then passes or fails. */
const WORK = `globalThis.work = (label, ms, error) => link.during(label, () => new Promise((pass, fail) => {
  const signal = link.signal();
  const timer = setTimeout(() => { signal.removeEventListener('abort', stop); log.push('ended ' + label); error ? fail(new Error(error)) : pass(label); }, ms);
  const stop = () => { clearTimeout(timer); log.push('stopped ' + label); fail(signal.reason); };
  signal.addEventListener('abort', stop);
})); globalThis.log = [];`;

test('work that is not awaited and fails makes the cell fail, saying which call', async () => {
  await executor.run(WORK);
  const { status, error } = await executor.run(`work('deploy orders', 30, 'exit code 1'); 'done'`);
  expect(status).toBe('error');
  expect(error).toMatchObject({ ename: 'NotAwaitedError', record: { code: 'effect.not_awaited' } });
  expect(error?.evalue).toBe('“deploy orders” was not awaited, and it failed: exit code 1');
});

test('work that is not awaited and passes is waited for, with a warning', async () => {
  const { status, stderr } = await executor.run(
    `log.length = 0; work('build', 40); work('test', 60); undefined`
  );
  expect(status).toBe('ok');
  expect(stderr).toBe(
    '[launchbook] “build”, “test” were not awaited; the step has waited for them. Write await before the call.\n'
  );
  expect(await executor.value('log.join()')).toBe("'ended build,ended test'");
});

test('work that begins as soon as other work has ended belongs to the cell too', async () => {
  await executor.run(
    `log.length = 0; (async () => { await work('one', 20); await work('two', 20); })(); undefined`
  );
  expect(await executor.value('log.join()')).toBe("'ended one,ended two'");
});

test('a failure that the cell has handled is none', async () => {
  expect((await executor.run(`work('probe', 20, 'no').catch(() => 0); 0`)).status).toBe('ok');
  expect((await executor.run(`try { await work('probe', 20, 'no'); } catch {} 0`)).status).toBe('ok');
});

test('a cell that fails ends what still runs, and ends after it', async () => {
  const { error } = await executor.run(
    `log.length = 0; await Promise.all([work('deploy', 60_000), work('watch', 20, 'the error rate is 7 %')])`
  );
  expect(error?.evalue).toBe('the error rate is 7 %');
  expect(await executor.value('log.join()')).toBe("'ended watch,stopped deploy'");
});

test('an interrupted cell ends after what it had begun has ended, and says that it waits', async () => {
  await executor.run(`globalThis.stubborn = () => link.during('sleep 9', () => new Promise((pass, fail) =>
    link.signal().addEventListener('abort', () => setTimeout(() => { log.push('ended at last'); fail(new Error('killed')); }, 500))))`);
  const { error, stderr } = await executor.interrupted(
    `log.length = 0; console.log('started'); await stubborn()`
  );
  expect(error?.ename).toBe('KeyboardInterrupt');
  expect(stderr).toContain('Interrupted; waiting until this has ended: “sleep 9”');
  expect(await executor.value('log.join()')).toBe("'ended at last'");
});

test('an interrupt that had to cut off a loop of microtasks is never told as passed, and nothing of the cell goes on', async () => {
  for (let turn = 0; turn < 3; turn += 1) {
    const { status, error } = await executor.interrupted(`
      globalThis.went = false; console.log('started');
      function f() { Promise.resolve().then(f); } f();
      await new Promise(r => setTimeout(r, 100)); went = true`);
    expect([status, error?.ename]).toEqual(['error', 'KeyboardInterrupt']);
    expect(await executor.value('went')).toBe('false');
  }
});

test('a call of a cell that has ended is told as late', async () => {
  const late: boolean[] = [];
  executor.onCall = ({ isLate }) => {
    late.push(isLate);
    return Promise.resolve(null);
  };
  await executor.run(`globalThis.next = Promise.withResolvers();
    next.promise.then(() => link.call('effect.start', null)); await link.call('effect.start', null)`);
  await executor.run('next.resolve()');
  await until(() => late.length === 2);
  expect(late).toEqual([false, true]);
});
