// Whatever user code gives back or writes: the cell ends, says why, and the next cell runs.
import { afterAll, expect, test } from '@jest/globals';
import { TestExecutor } from './start-executor.js';

const executor = new TestExecutor();
afterAll(() => executor.close());

const display = (bundle: string): string => `({ [Symbol.for('Jupyter.display')]: () => (${bundle}) })`;

const VALUES: readonly (readonly [string, string])[] = [
  ['a bigint', display(`{ 'text/plain': 'x', 'application/json': { total: 10n } }`)],
  [
    'a cycle',
    display(`(() => { const a = { 'application/json': {} }; a['application/json'].self = a; return a; })()`)
  ],
  ['a getter that throws', display(`{ get 'text/plain'() { throw new Error('no'); } }`)],
  ['a toJSON that throws', display(`{ 'application/json': { toJSON() { throw new Error('no'); } } }`)],
  [
    'a revoked proxy',
    display(`(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()`)
  ],
  ['a proxy without keys', display(`new Proxy({}, { ownKeys() { throw new Error('no'); } })`)],
  ['a function', display(`{ 'application/json': () => 1 }`)],
  ['300 MB', display(`{ 'text/plain': 'x'.repeat(300 * 1024 * 1024) }`)],
  ['an inspect that throws', `({ [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('no'); } })`],
  ['a proxy that throws at every touch', `new Proxy({}, new Proxy({}, { get() { throw new Error('no'); } }))`]
];

test.each(VALUES)('a result that is or holds %s ends its cell, and the next one runs', async (_what, js) => {
  const { status, error, result } = await executor.run(js);
  expect(status === 'error' ? typeof error?.evalue : typeof result?.['text/plain']).toBe('string');
  expect(await executor.value('6 * 7')).toBe('42');
});

test.each([
  ['of Object', 'Object.prototype'],
  ['of Array', 'Array.prototype'],
  ['of String', 'String.prototype']
])('a toJSON on the prototype %s changes nothing of what the kernel hears', async (_what, prototype) => {
  await executor.run(
    `Object.defineProperty(${prototype}, 'toJSON', { value: () => { throw new Error('no'); }, configurable: true }); 0`
  );
  const { status, stdout } = await executor.run(`console.log('here'); 0`);
  expect([status, stdout]).toEqual(['ok', 'here\n']);
  await executor.run(`delete ${prototype}.toJSON; 0`);
});

test('a call whose parameters cannot be written is refused in the cell', async () => {
  const { error } = await executor.run(`await link.call('ask', { n: 1n })`);
  expect(error?.evalue).toContain('BigInt');
  expect(await executor.value('6 * 7')).toBe('42');
});

test.each([
  ['bytes that are no frame', `Buffer.from('hello, this is text')`],
  ['a frame of absurd length', `Buffer.from([0xff, 0xff, 0xff, 0xff, 0])`],
  ['a message that is not JSON', `Buffer.from([2, 0, 0, 0, 0, 123, 123])`],
  ['a message that is null', `Buffer.from([4, 0, 0, 0, 0, 110, 117, 108, 108])`]
])(
  '%s on the executor’s own pipe end the cell with the reason, and a new process takes the next',
  async (_what, bytes) => {
    const { error } = await executor.run(
      `require('node:fs').writeSync(3, ${bytes}); await new Promise(() => {})`
    );
    expect(error).toMatchObject({ ename: 'ExecutorDied', evalue: expect.stringContaining('descriptor 3') });
    expect(await executor.value('6 * 7')).toBe('42');
  }
);
