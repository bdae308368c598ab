// Every kind of cell that does not end by itself is stopped, and its variables are kept unless nothing else helps.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { isAlive, TestExecutor, until } from './start-executor.js';

const executor = new TestExecutor();
beforeAll(() =>
  executor.run(
    `let kept = 41; const { execSync, spawn } = require('node:child_process'); const sleep = ms => new Promise(done => setTimeout(done, ms));`
  )
);
let stubborn: TestExecutor | undefined;
afterAll(() => Promise.all([executor.close(), stubborn?.close()]));

test.each([
  ['a synchronous loop', `console.log('started'); while (true) {}`],
  ['a loop after an await', `await sleep(1); console.log('started'); while (true) {}`],
  [
    'a loop in a timer',
    `setTimeout(() => { console.log('started'); while (true) {} }, 1); await new Promise(() => {})`
  ],
  [
    'a loop in an interval',
    `setInterval(() => { console.log('started'); while (true) {} }, 1); await new Promise(() => {})`
  ],
  [
    'a loop in a promise reaction',
    `Promise.resolve().then(() => { console.log('started'); while (true) {} }); await 1`
  ],
  [
    'a loop that catches everything',
    `console.log('started'); while (true) { try { while (true) {} } catch {} }`
  ],
  [
    'a loop of microtasks',
    `console.log('started'); for await (const n of (async function* () { while (true) yield 1; })()) {}`
  ],
  [
    'a loop of macrotasks',
    `console.log('started'); while (true) await new Promise(done => setImmediate(done))`
  ],
  ['a loop that prints', `console.log('started'); while (true) console.log('and on')`],
  [
    'a loop that prints and waits',
    `console.log('started'); while (true) { console.log('x'); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1); }`
  ],
  ['an await that never ends', `console.log('started'); await new Promise(() => {})`],
  ['a sleep', `console.log('started'); await sleep(3_600_000)`],
  ['a catastrophic regular expression', `console.log('started'); /^(a+)+$/.test('a'.repeat(50) + 'b')`],
  ['a blocking wait', `console.log('started'); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)`],
  ['a blocking child process', `console.log('started'); execSync('sleep 3600')`],
  ['a call of the supervisor that is not answered', `console.log('started'); await link.call('never', null)`]
])('%s is stopped and state is kept', async (_title, js) => {
  executor.onCall = () => new Promise(() => {});
  const { how, status, error } = await executor.interrupted(js);
  expect({ how, status, ename: error?.ename }).toEqual({
    how: 'stopped',
    status: 'error',
    ename: 'KeyboardInterrupt'
  });
  expect(error?.record.code).toBe('cell.interrupted');
  expect(await executor.value('kept')).toBe('41');
});

test('a blocking child that ignores SIGINT is killed and state is kept', async () => {
  const { how } = await executor.interrupted(
    `console.log('started'); execSync('trap "" INT; sleep 3600; sleep 3600')`
  );
  expect(how).toBe('stopped');
  expect(await executor.value('kept')).toBe('41');
});

test('children of the interrupted cell get SIGINT, those of earlier cells go on', async () => {
  const server = Number(await executor.value(`spawn('sleep', ['3600']).pid`));
  const { key } = await executor.interrupted(`
    const child = spawn('sh', ['-c', 'trap "echo told; exit 0" INT; echo started; while :; do sleep 0.01; done'], { stdio: 'inherit' });
    await new Promise(done => child.on('exit', done));`);
  await until(() => JSON.stringify(executor.published).includes('told'));
  expect(executor.outputsOf(key)).toContainEqual({ kind: 'stream', name: 'stdout', text: 'told\n' });
  expect(isAlive(server)).toBe(true);
  process.kill(server, 'SIGKILL');
});

test('a server of an earlier cell survives the interrupt of a blocking child', async () => {
  const server = Number(await executor.value(`spawn('sleep', ['3600']).pid`));
  await executor.interrupted(`console.log('started'); execSync('sleep 3600')`);
  expect(isAlive(server)).toBe(true);
  process.kill(server, 'SIGKILL');
});

test('what an interrupted cell would have done next is not done', async () => {
  await executor.interrupted(`console.log('started'); await sleep(100); kept = 0`);
  expect(await executor.value('await sleep(200); kept')).toBe('41');
});

test('abort listeners of the cell run, and what they print belongs to it', async () => {
  const { stdout } = await executor.interrupted(`
    link.signal().addEventListener('abort', () => console.log('tidied up')); console.log('started'); await new Promise(() => {})`);
  expect(stdout).toBe('started\ntidied up\n');
});

test('a loop left behind by a cell that has ended is stopped without a running cell', async () => {
  const { key } = await executor.run(`setInterval(() => { console.log('started'); while (true) {} }, 1); 0`);
  await until(() => executor.outputsOf(key).length > 1);
  expect(await executor.process.interrupt()).toBe('stopped');
  expect(await executor.value('kept')).toBe('41');
});

test('an interrupt while nothing runs changes nothing', async () => {
  expect(await executor.process.interrupt()).toBe('stopped');
  expect(await executor.value('kept')).toBe('41');
});

test('memory of interrupted cells may be collected without harm', async () => {
  await executor.run(
    `require('node:v8').setFlagsFromString('--expose-gc'); const collect = require('node:vm').runInNewContext('gc'); 0`
  );
  await executor.interrupted(
    `Promise.resolve().then(() => { console.log('started'); while (true) {} }); await 1`
  );
  await executor.interrupted(`console.log('started'); await new Promise(() => {})`);
  expect(await executor.value('collect(); collect(); kept')).toBe('41');
  expect(executor.exits).toEqual([]);
});

test('an executor that cannot be stopped is replaced, and the cell says that variables are lost', async () => {
  stubborn = new TestExecutor();
  await stubborn.run('let lost = 1');
  const { how, error } = await stubborn.interrupted(
    `console.log('started'); process.kill(process.pid, 'SIGSTOP')`
  );
  expect(how).toBe('replaced');
  expect(error).toMatchObject({ ename: 'ExecutorDied', record: { code: 'executor.died' } });
  expect(error?.evalue).toContain('did not stop within 5 s');
  expect(await stubborn.value('typeof lost')).toBe("'undefined'");
  expect(stubborn.exits).toEqual([{ reason: 'replaced', code: null, signal: 'SIGKILL' }]);
});
