// When the executor process dies the cell learns why, a new process serves the next cell, and nothing is left behind.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { isAlive, TestExecutor, until } from './start-executor.js';

let executor: TestExecutor;
afterEach(() => executor.close());

test('process.exit in a cell ends it with an error that says so, after its output', async () => {
  executor = new TestExecutor();
  const { error, stdout } = await executor.run(`let gone = 1; console.log('last line'); process.exit(3)`);
  expect(stdout).toBe('last line\n');
  expect(error?.ename).toBe('ExecutorDied');
  expect(error?.evalue).toContain('because process.exit(3) was called. A new one has been started');
  expect(executor.process.generation).toBe(2);
  expect(await executor.value('typeof gone')).toBe("'undefined'");
  expect(executor.exits).toEqual([{ reason: 'exited', code: 3, signal: null }]);
});

test('process.exit says nothing on stderr, also after an interrupt of a busy cell', async () => {
  executor = new TestExecutor();
  await executor.interrupted(`console.log('started'); while (true) {}`);
  const { stderr } = await executor.run(`process.stderr.write('own\\n'); process.exit(3)`);
  expect(stderr).toBe('own\n');
});

test('a signal from outside ends the running cell with an error that names it', async () => {
  executor = new TestExecutor();
  const { error, stdout } = await executor.run(
    `console.log('last line'); process.kill(process.pid, 'SIGKILL'); await new Promise(() => {})`
  );
  expect(stdout).toBe('last line\n');
  expect(error?.evalue).toContain('ended unexpectedly by signal SIGKILL');
  expect(executor.exits).toEqual([{ reason: 'died', code: null, signal: 'SIGKILL' }]);
  expect(await executor.value('1 + 1')).toBe('2');
});

test('a heap that is full is named as the cause', async () => {
  executor = new TestExecutor('plain-entry.mjs', process.execPath, {
    NODE_OPTIONS: '--max-old-space-size=30'
  });
  const { error } = await executor.run('const all = []; while (true) all.push(new Array(1000).fill({}))');
  expect(error?.evalue).toContain('ran out of memory');
});

test('a death does not wait for children that hold the output open', async () => {
  executor = new TestExecutor();
  const { error, stdout } = await executor.run(`
    const child = require('node:child_process').spawn('sleep', ['3600'], { detached: true, stdio: 'inherit' });
    console.log(child.pid);
    process.exit(0)`);
  process.kill(Number(stdout));
  expect(error?.evalue).toContain('process.exit(0)');
});

test('calls that were open when the executor died are aborted', async () => {
  executor = new TestExecutor();
  const aborted = new Promise(done => {
    executor.onCall = (_call, signal) => new Promise(() => signal.addEventListener('abort', done));
  });
  await executor.run(
    `link.call('ask', null); setTimeout(() => process.exit(1), 20); await new Promise(() => {})`
  );
  await aborted;
});

test('an executor whose set-up fails says what it printed', async () => {
  executor = new TestExecutor('failing-entry.mjs');
  await expect(executor.process.start()).rejects.toThrow('Its set-up failed.\nError: no library here');
  const { error } = await executor.run('1');
  expect(error?.evalue).toContain('could not be started: Its set-up failed.\nError: no library here');
});

test('a Node binary that is not there is named', async () => {
  executor = new TestExecutor('plain-entry.mjs', '/no/such/node');
  const { error } = await executor.run('1');
  expect(error?.evalue).toContain('/no/such/node');
});

test('kill ends the process and its children, and the running cell', async () => {
  executor = new TestExecutor();
  const children = await executor.value(
    `[process.pid, require('node:child_process').spawn('sleep', ['3600']).pid]`
  );
  const pids = JSON.parse(String(children)) as number[];
  const running = executor.run('while (true) {}');
  await executor.process.kill();
  expect((await running).error?.evalue).toBe('The process that runs the cells was shut down.');
  await until(() => !pids.some(isAlive));
  expect(executor.exits.map(exit => exit.reason)).toEqual(['killed']);
});

test('a cell that comes after kill does not run, and no process is started for it', async () => {
  executor = new TestExecutor();
  await executor.run('1');
  await executor.process.kill();
  const { error, stdout } = await executor.run(`console.log('again')`);
  expect(error?.evalue).toBe('The process that runs the cells was shut down.');
  expect(error?.record.code).toBe('executor.died');
  expect(stdout).toBe('');
  await expect(executor.process.start()).rejects.toThrow('was shut down');
  expect(executor.process.generation).toBe(1);
});

test.each(['await new Promise(() => {})', 'while (true) {}'])(
  'the executor ends with its supervisor during %s',
  async js => {
    executor = new TestExecutor();
    const fixtures = resolve(import.meta.dirname, '../../../../tests/fixtures/executor');
    const supervisor = spawn(process.execPath, [resolve(fixtures, 'supervisor.mjs'), js], {
      stdio: ['ignore', 'pipe', 'inherit']
    });
    const [line] = (await once(supervisor.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    expect(isAlive(pid)).toBe(true);
    supervisor.kill('SIGKILL');
    await until(() => !isAlive(pid));
  }
);

/** A supervisor of its own that runs `js`; gives the pids that the cell printed. */
async function superviseElsewhere(js: string): Promise<{ kill(): void; readonly pids: readonly number[] }> {
  const fixtures = resolve(import.meta.dirname, '../../../../tests/fixtures/executor');
  const supervisor = spawn(process.execPath, [resolve(fixtures, 'supervisor.mjs'), js], {
    stdio: ['ignore', 'pipe', 'inherit']
  });
  let printed = '';
  supervisor.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await until(() => printed.includes('started'));
  return { kill: () => void supervisor.kill('SIGKILL'), pids: (printed.match(/\d+/g) ?? []).map(Number) };
}

test('a command that ignores every signal but KILL ends with the killed supervisor', async () => {
  const { kill, pids } = await superviseElsewhere(`
    const child = require('node:child_process').spawn('sh', ['-c', "trap '' INT TERM HUP; while :; do sleep 0.1; done"],
      { detached: true, stdio: 'ignore' });
    link.ownGroup(child.pid); console.log(child.pid, 'started'); await new Promise(() => {})`);
  expect(pids).toHaveLength(2);
  expect(pids.every(isAlive)).toBe(true);
  kill();
  await until(() => !pids.some(isAlive));
});

test('a stopped executor ends with its killed supervisor', async () => {
  const { kill, pids } = await superviseElsewhere(
    `console.log('started'); await new Promise(done => setTimeout(done, 500)); process.kill(process.pid, 'SIGSTOP')`
  );
  await new Promise(done => setTimeout(done, 800));
  kill();
  await until(() => !pids.some(isAlive));
});

test('a command that has ended is forgotten, and one that has not ends with a killed executor', async () => {
  executor = new TestExecutor();
  const { stdout } = await executor.run(`
    const start = () => require('node:child_process').spawn('sleep', ['3600'], { detached: true, stdio: 'ignore' });
    globalThis.kept = start(); globalThis.owned = start();
    link.ownGroup(kept.pid)(); link.ownGroup(owned.pid);
    console.log(kept.pid, owned.pid)`);
  const [kept = 0, owned = 0] = (stdout.match(/\d+/g) ?? []).map(Number);
  expect(kept > 0 && owned > 0).toBe(true);
  await executor.run(`process.kill(process.pid, 'SIGKILL')`);
  await until(() => !isAlive(owned));
  expect(isAlive(kept)).toBe(true);
  process.kill(kept);
});
