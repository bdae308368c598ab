// What a cell's value is and how it is shown.
import { afterAll, expect, test } from '@jest/globals';
import { TestExecutor } from './start-executor.js';

const executor = new TestExecutor();
let second: TestExecutor | undefined;
afterAll(() => Promise.all([executor.close(), second?.close()]));

test.each([
  ['6 * 7', '42'],
  ["'text'", "'text'"],
  ['-0', '-0'],
  ['NaN', 'NaN'],
  ['10n', '10n'],
  ['null', 'null'],
  ["Symbol('mark')", 'Symbol(mark)'],
  ['({ a: 1 })', '{ a: 1 }'],
  ['new Map([[1, { deep: [1, 2] }]])', 'Map(1) { 1 => { deep: [ 1, 2 ] } }'],
  ['await Promise.resolve(5)', '5'],
  ['let total = 0; for await (const n of [1, 2]) { total += n; } total', '3']
])('%s shows %s', async (js, shown) => {
  expect(await executor.value(js)).toBe(shown);
});

test('undefined shows nothing', async () => {
  expect((await executor.run('undefined')).outputs).toEqual([]);
});

test('a cell whose last statement is hidden shows nothing', async () => {
  expect((await executor.run('6 * 7', { showsResult: false })).outputs).toEqual([]);
});

test('later cells see and may redeclare what earlier cells declared', async () => {
  await executor.run(
    'const first = 1; let second = { mark: first }; class Third {}; function add(n) { return first + n; }'
  );
  expect(await executor.value('add(second.mark)')).toBe('2');
  await executor.run('const first = 10; class Third { now = 3 }');
  expect(await executor.value('add(new Third().now)')).toBe('13');
});

test('a constant stays constant', async () => {
  await executor.run('const fixed = 1');
  const { error } = await executor.run('fixed = 2');
  expect(error).toMatchObject({ ename: 'TypeError', evalue: 'Assignment to constant variable.' });
});

test('a value with the display protocol shows its own bundle, and plain text beside it', async () => {
  const { result } = await executor.run(
    `({ [Symbol.for('Jupyter.display')]: async () => ({ 'text/html': '<b>ready</b>' }), [require('node:util').inspect.custom]: () => 'ready' })`
  );
  expect(result).toEqual({ 'text/html': '<b>ready</b>', 'text/plain': 'ready' });
});

test('a display method returning no bundle is an error that says what was expected', async () => {
  const { error } = await executor.run('({ $display: () => 7 })');
  expect(error?.evalue).toContain('returned 7; expected an object of MIME types');
});

test('user expressions are answered after the cell, each with its own end', async () => {
  const { userExpressions } = await executor.run('let level = 4', {
    userExpressions: { next: 'level + 1', wrong: 'nowhere' }
  });
  expect(userExpressions).toMatchObject({
    next: { status: 'ok', data: { 'text/plain': '5' } },
    wrong: { status: 'error', ename: 'ReferenceError', evalue: 'nowhere is not defined' }
  });
});

test('a cell that shadows globals and breaks a prototype does not break the executor', async () => {
  const breaking = (second = new TestExecutor());
  await breaking.run(
    'let process = 1, Buffer = 2, JSON = 3, Object = 4, Array = 5; Set.prototype.add = () => { throw 1; };'
  );
  const { stdout, result } = await breaking.run("console.log('still here'); process + Buffer");
  expect({ stdout, result }).toEqual({ stdout: 'still here\n', result: { 'text/plain': '3' } });
});
