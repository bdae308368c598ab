// The helper library's way to the supervisor and back.
import { afterAll, expect, test } from '@jest/globals';
import { LaunchbookError } from '../../../../contract/base/error.js';
import { TestExecutor } from '../start-executor.js';

const executor = new TestExecutor();
afterAll(() => executor.close());

test('a call is answered, and tells which cell it came from', async () => {
  executor.onCall = ({ cell, method, params }) => Promise.resolve({ cell, method, params });
  const { key, result } = await executor.run(`await link.call('journal.append', { n: 1 })`);
  expect(result).toEqual({ 'text/plain': `{ cell: '${key}', method: 'journal.append', params: { n: 1 } }` });
});

test('a refusal arrives as an error with its name, code and hint', async () => {
  class RefusedError extends LaunchbookError {}
  executor.onCall = () =>
    Promise.reject(new RefusedError('Not now.', { code: 'test.refused', hint: 'Wait.' }));
  const { error } = await executor.run(`await link.call('ask', null)`);
  expect(error).toMatchObject({
    ename: 'RefusedError',
    evalue: 'Not now.',
    record: { code: 'test.refused', hint: 'Wait.' }
  });
});

test('many calls at once are answered each with its own', async () => {
  executor.onCall = ({ params }) => new Promise(done => setTimeout(() => done(params), Number(params) % 3));
  const answers = await executor.value(
    `(await Promise.all(Array.from({ length: 50 }, (_, n) => link.call('echo', n)))).every((answer, n) => answer === n)`
  );
  expect(answers).toBe('true');
});

test('an interrupt cancels the call on both sides', async () => {
  const aborted = new Promise(done => {
    executor.onCall = (_call, signal) => new Promise(() => signal.addEventListener('abort', done));
  });
  const { error } = await executor.interrupted(`
    console.log('started'); try { await link.call('approve', null); } catch (thrown) { globalThis.seen = thrown.code; throw thrown; }`);
  await aborted;
  expect(error?.ename).toBe('KeyboardInterrupt');
  expect(await executor.value('seen')).toBe("'cell.interrupted'");
});

test('a call after the interrupt of its cell is refused at once', async () => {
  executor.onCall = () => Promise.resolve('answered');
  await executor.interrupted(`
    link.signal().addEventListener('abort', () => { globalThis.late = link.call('deploy', null).catch(thrown => thrown.code); });
    console.log('started'); await new Promise(() => {})`);
  expect(await executor.value('await late')).toBe("'cell.interrupted'");
});

test('the end of what has begun can be told after the interrupt of its cell', async () => {
  executor.onCall = ({ cell, method }) => Promise.resolve(`${String(cell)} ${method}`);
  const { key } = await executor.interrupted(`
    link.signal().addEventListener('abort', () => { globalThis.told = link.tell('effect.end', null); });
    console.log('started'); await new Promise(() => {})`);
  expect(await executor.value('await told')).toBe(`'${key} effect.end'`);
});

test('notices arrive in order', async () => {
  for (const n of [1, 2, 3]) {
    executor.process.notify('released', n);
  }
  expect(await executor.value(`notices.map(notice => notice.method + notice.params).join()`)).toBe(
    "'released1,released2,released3'"
  );
});

test('displays, updates and clears arrive as outputs of the cell', async () => {
  const { outputs } = await executor.run(`
    link.display({ 'text/plain': 'one' }, { displayId: 'd', metadata: { a: 1 } }); link.update('d', { 'text/plain': 'two' });
    link.clear(true); link.write('stderr', 'note'); undefined`);
  expect(outputs).toEqual([
    { kind: 'display', data: { 'text/plain': 'one' }, metadata: { a: 1 }, displayId: 'd' },
    { kind: 'update', data: { 'text/plain': 'two' }, metadata: {}, displayId: 'd' },
    { kind: 'clear', wait: true },
    { kind: 'stream', name: 'stderr', text: 'note' }
  ]);
});
