// Output: complete, in order, and with the cell that caused it, whatever way it takes.
import { afterAll, expect, test } from '@jest/globals';
import type { CellOutput } from '../../../contract/notebook/output.js';
import { TestExecutor, until } from './start-executor.js';

const executor = new TestExecutor();
afterAll(() => executor.close());

const INHERIT = `{ stdio: 'inherit' }`;

function texts(outputs: readonly CellOutput[]): string {
  return outputs
    .map(output => (output.kind === 'stream' ? `${output.name}:${output.text}` : output.kind))
    .join('|');
}

test('console methods and stream writes arrive on their streams in order', async () => {
  const { outputs } = await executor.run(`
    console.log('a', { b: 1 }); console.error('c'); process.stdout.write('d\\n'); process.stderr.write(Buffer.from('é\\n')); console.warn('%d', 7); 'done'`);
  expect(texts(outputs)).toMatch(
    /^stdout:a \{ b: 1 \}\n\|stderr:c\n\|stdout:d\n\|stderr:é\n(\|stderr:)?7\n\|result$/
  );
});

test('console.trace shows where the author stands, and nothing of the kernel', async () => {
  const { stderr } = await executor.run(`function look() { console.trace('at %d %%', 7); }\nlook()`);
  expect(stderr).toMatch(/^Trace: at 7 %\n    at look \(cell-\d+\.ts:1:27\)\n    at cell-\d+\.ts:2:1\n$/);
});

test('20,000 lines arrive completely and in order before the cell ends', async () => {
  const { stdout } = await executor.run(`for (let i = 0; i < 20000; i++) console.log('line', i)`);
  expect(stdout).toBe(Array.from({ length: 20_000 }, (_, index) => `line ${index}\n`).join(''));
});

test('a long text arrives in one piece', async () => {
  const { stdout } = await executor.run(`process.stdout.write('€'.repeat(1_000_000))`, {
    showsResult: false
  });
  expect(stdout.length).toBe(1_000_000);
});

test('output of a blocking child process keeps its place among the output of the cell', async () => {
  const { outputs } = await executor.run(`
    const { execSync } = require('node:child_process');
    console.log('before'); execSync('echo out; echo err >&2', ${INHERIT}); console.log('after'); execSync('echo again', ${INHERIT}); undefined`);
  expect(texts(outputs)).toBe('stdout:before\n|stdout:out\n|stderr:err\n|stdout:after\n|stdout:again\n');
});

test('a child process that the cell waits for has printed everything before the cell ends', async () => {
  const { stdout } = await executor.run(`
    const { spawn } = require('node:child_process');
    console.log('before');
    await new Promise(done => spawn('seq', ['1', '100000'], ${INHERIT}).on('exit', done));
    console.log('after')`);
  const numbers = Array.from({ length: 100_000 }, (_, index) => `${index + 1}\n`).join('');
  expect(stdout).toBe(`before\n${numbers}after\n`);
});

test('what is written past the console is all there before the cell ends, and under its own cell', async () => {
  for (let round = 0; round < 20; round += 1) {
    const { stderr } = await executor.run(
      `process._rawDebug('${round} '.repeat(50000) + 'last'); console.error('end')`
    );
    expect(stderr.replace('end\n', '')).toBe(`${`${round} `.repeat(50_000)}last\n`);
  }
});

test('console.clear asks to empty the outputs in its place among the text', async () => {
  const { outputs } = await executor.run(`console.log('before'); console.clear(); console.log('after')`);
  expect(texts(outputs)).toBe('stdout:before\n|clear|stdout:after\n');
});

test('synchronous writes to descriptors 1 and 2 arrive', async () => {
  const { stdout, stderr } = await executor.run(`
    const fs = require('node:fs'); fs.writeSync(1, 'one\\n'); fs.writeSync(2, Buffer.from('xtwo\\n'), 1, 4); fs.writeFileSync('/dev/fd/1', ''); undefined`);
  expect({ stdout, stderr }).toEqual({ stdout: 'one\n', stderr: 'two\n' });
});

test('a line printed just before a loop that never ends arrives while it loops', async () => {
  const { stdout, how } = await executor.interrupted(`console.log('started'); while (true) {}`);
  expect({ stdout, how }).toEqual({ stdout: 'started\n', how: 'stopped' });
});

test('output of timers and of promises nobody awaits keeps its own cell', async () => {
  const { key: first } = await executor.run(`setTimeout(() => console.log('from a timer'), 30); 0`);
  const { key: second } = await executor.run(
    `(async () => { await new Promise(done => setTimeout(done, 30)); console.log('from a promise'); })(); 0`
  );
  const { stdout } = await executor.run(
    `await new Promise(done => setTimeout(done, 80)); console.log('own')`
  );
  expect(stdout).toBe('own\n');
  await until(
    () =>
      texts(executor.outputsOf(first)).includes('timer') &&
      texts(executor.outputsOf(second)).includes('promise')
  );
  expect(texts(executor.outputsOf(first))).toBe('result|stdout:from a timer\n');
  expect(texts(executor.outputsOf(second))).toBe('result|stdout:from a promise\n');
});

test('the callback of a stream write is called', async () => {
  expect(
    await executor.value(`await new Promise(done => process.stdout.write('x', () => done('called')))`)
  ).toBe("'called'");
});
