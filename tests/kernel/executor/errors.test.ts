// How errors of cells look: name, message, the author's own frames with paths relative to the notebook, cause and hint.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { TestExecutor, until } from './start-executor.js';

const executor = new TestExecutor();
afterAll(() => executor.close());

test('an error has its name, its message and the frames of the cells it went through', async () => {
  const { key: first } = await executor.run('function check() {\n  throw new TypeError("no build");\n}');
  const { key: second, status, error } = await executor.run('1;\ncheck()');
  expect(status).toBe('error');
  expect(error).toMatchObject({
    ename: 'TypeError',
    evalue: 'no build',
    record: { code: 'foreign.error', message: 'no build' }
  });
  expect(error?.traceback).toEqual([
    'TypeError: no build',
    `    at check (${first}.ts:2:9)`,
    `    at ${second}.ts:2:1`
  ]);
});

test('a syntax error names its place', async () => {
  const { key, error } = await executor.run('const fine = 1;\nlet broken = ;');
  expect(error?.traceback).toEqual(["SyntaxError: Unexpected token ';'", `    at ${key}.ts:2:14`]);
});

test('frames of local modules are kept, frames of the executor and of Node are not', async () => {
  writeFileSync(join(executor.folder, 'gate.mjs'), 'export function gate() { throw new Error("closed"); }\n');
  const { error } = await executor.run(`const { gate } = await __launchbookImport('./gate.mjs'); gate()`);
  expect(error?.traceback[1]).toContain('at gate (gate.mjs:1:');
  expect(error?.traceback.join('\n')).not.toMatch(/node:internal|kernel\/executor/);
});

test('no frame of Node is shown when one of its emitters or functions called or threw', async () => {
  const { error } = await executor.run(
    `const emitter = new (require('node:events'))(); emitter.on('told', () => require('node:fs').readFileSync('/no/such/file')); emitter.emit('told')`
  );
  expect(error?.ename).toBe('Error');
  expect(error?.traceback.join('\n')).toMatch(/-\d+\.ts:1:/);
  expect(error?.traceback.join('\n')).not.toContain('node:');
});

test('causes and the errors of an AggregateError are shown', async () => {
  const { error } = await executor.run(
    `throw new AggregateError([new Error('disk'), new Error('net')], 'both', { cause: new RangeError('root') })`
  );
  const text = error?.traceback.join('\n') ?? '';
  expect(text).toMatch(
    /^AggregateError: both\n[^]*1 of 2: Error: disk\n[^]*2 of 2: Error: net\n[^]*Caused by: RangeError: root\n/
  );
});

test('an error that causes itself is shown once', async () => {
  const { error } = await executor.run(`const round = new Error('round'); round.cause = round; throw round`);
  expect(error?.traceback.filter(line => line.includes('round'))).toEqual(['Error: round']);
});

test('fields that Node puts on an error are shown', async () => {
  const { error } = await executor.run(`require('node:fs').readFileSync('/no/such/file')`);
  expect(error?.traceback.map(line => line.trim())).toContain("code: 'ENOENT'");
});

test('a thrown value that is no error is shown as such', async () => {
  const { error } = await executor.run('throw { reason: 7 }');
  expect(error).toMatchObject({
    ename: 'NonError',
    evalue: 'A value that is not an error was thrown: { reason: 7 }'
  });
});

test('an error that cannot be read does not hang the cell', async () => {
  const { error } = await executor.run(
    `throw Object.defineProperty(new Error(), 'message', { get() { throw 1; } })`
  );
  expect(error?.ename).toBe('UnprintableError');
});

test('an error of Launchbook shows its hint and keeps its code', async () => {
  executor.onCall = () => Promise.reject(Object.assign(new Error('x'), {}));
  const { error } = await executor.run(`
    class LockedError extends Error {
      name = 'LockedError'; code = 'journal.locked'; hint = 'Shut the other kernel down.';
      [Symbol.for('launchbook.error')] = true;
    }
    throw new LockedError('The journal is open elsewhere.');`);
  expect(error).toMatchObject({
    ename: 'LockedError',
    record: { code: 'journal.locked', hint: 'Shut the other kernel down.' }
  });
  expect(error?.traceback.slice(-2)).toEqual([
    'Hint: Shut the other kernel down.',
    'More: launchbook explain journal.locked'
  ]);
});

test('a rejection nobody awaits makes its cell fail, with the place where it was made', async () => {
  const { status, error, key } = await executor.run(`Promise.reject(new Error('lost')); 0`);
  expect(status).toBe('error');
  expect(error).toMatchObject({ ename: 'NotAwaitedError', record: { code: 'cell.unheard' } });
  expect(error?.traceback.join('\n')).toContain(`Error: lost\n      at ${key}.ts:1:16`);
});

test('a rejection that somebody catches later in the cell, and one after its end, leave it passed', async () => {
  expect(
    (await executor.run(`const p = Promise.reject(new Error('heard')); p.catch(() => 0); 0`)).status
  ).toBe('ok');
  const { status, key } = await executor.run(
    `setTimeout(() => Promise.reject(new Error('afterwards')), 20); 0`
  );
  expect(status).toBe('ok');
  await executor.run('await new Promise(done => setTimeout(done, 60))');
  expect(
    executor
      .outputsOf(key)
      .map(output => (output.kind === 'stream' ? output.text : ''))
      .join('')
  ).toContain('A promise that nobody awaits was rejected:\nError: afterwards');
});

test('an error in a timer is reported on stderr of its cell, also while another one runs, and state is kept', async () => {
  const { key } = await executor.run(`let kept = 1; setTimeout(() => { throw new Error('late'); }, 20); 0`);
  await executor.run('await new Promise(done => setTimeout(done, 60))');
  await until(() => JSON.stringify(executor.outputsOf(key)).includes('Error: late'));
  expect(await executor.value('kept')).toBe('1');
});
