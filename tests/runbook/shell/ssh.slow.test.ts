import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { $, secret } from '../../../runbook/index.js';
import type { CommandFailedError, HostsFailedError } from '../../../runbook/index.js';
import { installFakePorts, journalText, type FakePorts } from '../fake-ports.js';
import { fixturePath } from '../fixture-path.js';
import { HOSTILE_TEXTS } from '../hostile-texts.js';
import { isRunning } from '../is-running.js';
import { temporaryFolder } from '../temporary-folder.js';
import { startSshServer, type SshServer } from './ssh-server.js';

const folder = temporaryFolder();
const node = process.execPath;
const printArguments = fixturePath('print-arguments.mjs');
let server: SshServer;
let ports: FakePorts;
let web: ReturnType<typeof $.ssh>;

beforeAll(async () => {
  server = await startSshServer(folder);
});

afterAll(() => void server.process.kill());

beforeEach(() => {
  ports = installFakePorts();
  web = $.ssh('web-1', { configFile: server.configFile });
});

async function failureOf<E>(command: PromiseLike<unknown>): Promise<E> {
  try {
    await command;
  } catch (error) {
    return error as E;
  }
  throw new Error('The command did not fail.');
}

describe('a command on another machine', () => {
  test('gives its result, shows its output and is recorded with its host', async () => {
    expect(await web`echo ${'a  b'}`).toMatchObject({
      command: "ssh web-1 echo 'a  b'",
      exitCode: 0,
      stdout: 'a  b'
    });
    expect(ports.written('stdout')).toBe('a  b\n');
    expect(ports.entries[0]).toMatchObject({
      label: "ssh web-1 echo 'a  b'",
      request: { args: ['echo', 'a  b'], host: 'web-1', cwd: null }
    });
    expect(await web`sh -c ${'echo "$SSH_CONNECTION"'}`.text()).toMatch(/^127\.0\.0\.1 /);
  });

  test('every value is one argument there, whatever it holds', async () => {
    expect(HOSTILE_TEXTS.length).toBeGreaterThanOrEqual(200);
    const perCall = 100;
    for (let from = 0; from < HOSTILE_TEXTS.length; from += perCall) {
      const texts = HOSTILE_TEXTS.slice(from, from + perCall);
      expect(await web`${node} ${printArguments} ${texts}`.json()).toEqual(texts);
    }
  });

  test('environment, folder and input are those of the other machine, whatever they hold', async () => {
    const TEXT = `it's "$HOME" \\ \`x\`\n2`;
    const shell = web({ env: { TEXT }, cwd: folder, stdin: TEXT });
    expect(await shell`sh -c ${'printf "%s|" "$TEXT"; cat; printf "|"; pwd'}`.text()).toBe(
      `${TEXT}|${TEXT}|${folder}`
    );
    expect(await web`cat`.text()).toBe('');
    expect(await failureOf(web({ cwd: '/no/such/folder' })`true`)).toMatchObject({
      code: 'shell.failed',
      stderr: expect.stringContaining('/no/such/folder') as unknown
    });
  });

  test('an exit code, a missing program and a signal there are failures here', async () => {
    expect(await failureOf(web`sh -c ${'echo why >&2; exit 7'}`)).toMatchObject({
      exitCode: 7,
      stderr: 'why'
    });
    expect(await failureOf(web`no-such-program-here`)).toMatchObject({ code: 'shell.failed', exitCode: 127 });
    expect(await failureOf(web`sh -c ${'kill -KILL $$'}`)).toMatchObject({ exitCode: 137 });
  });

  test('a machine that does not answer has its own code', async () => {
    const away = $.ssh('web-3', { configFile: server.configFile });
    const error = await failureOf<CommandFailedError>(away`true`);
    expect(error).toMatchObject({ code: 'shell.unreachable', exitCode: 255 });
    expect(error.message).toMatch(/did not run on web-3: ssh ended with exit code 255/);
    expect(error.message).toContain('Connection refused');
  });

  test('a pipe may begin there and end here', async () => {
    expect(await web`printf ${'b\na\n'}`.pipe`sort`.lines()).toEqual(['a', 'b']);
    expect(await $`printf ${'b\na\n'}`.pipe(web`sort`).lines()).toEqual(['a', 'b']);
  });

  test('a secret reaches it and is never shown', async () => {
    process.env['LAUNCHBOOK_SSH_SECRET'] = "open 'sesame' 6";
    const token = await secret('LAUNCHBOOK_SSH_SECRET');
    expect((await web`echo ${token}`).stdout).toBe("open 'sesame' 6");
    expect(journalText(ports) + ports.written()).not.toContain('sesame');
  });

  test('an interrupt ends the process group there, not the connection alone', async () => {
    const failure = failureOf(web`sh -c ${'sleep 60 & echo "$$ $!"; wait'}`);
    while (!ports.written('stdout').includes('\n')) {
      await sleep(10);
    }
    const pids = ports.written('stdout').trim().split(' ').map(Number);
    expect(pids.map(isRunning)).toEqual([true, true]);
    ports.interrupt();
    expect(await failure).toMatchObject({ code: 'shell.interrupted', isInterrupted: true });
    while (pids.some(isRunning)) {
      await sleep(10);
    }
    expect(ports.entries.at(-1)).toMatchObject({ kind: 'effect-ended', outcome: 'inconclusive' });
  });

  test('an address that is an option of ssh is refused, with every other fault', async () => {
    await expect(
      $.ssh('-oProxyCommand=touch x', { port: 0, user: '-x', prot: 1 } as object)`true`
    ).rejects.toThrow(
      /The host is '-oProxyCommand[\s\S]*'prot' is not an option\. Did you mean 'port'\?[\s\S]*'user' is '-x'[\s\S]*'port' is 0/
    );
  });
});

describe('a command on several machines', () => {
  test('gives a result for each, and names the host before every line', async () => {
    const results = await $.on(['web-1', 'web-2'], { configFile: server.configFile })`printf ${'1\n2'}`;
    expect(results.map(({ host, result, error }) => [host, result?.stdout, error])).toEqual([
      ['web-1', '1\n2', null],
      ['web-2', '1\n2', null]
    ]);
    const lines = ports.written('stdout').trimEnd().split('\n');
    expect(lines.sort()).toEqual(['web-1 | 1', 'web-1 | 2', 'web-2 | 1', 'web-2 | 2']);
    expect(ports.entries.filter(({ kind }) => kind === 'effect-started')).toHaveLength(2);
    expect(ports.shown.at(-1)!.bundle['text/plain']).toMatch(/web-2\s+☑ passed/);
  });

  test('a failure on one is told after all have ended, with what the others gave', async () => {
    const hosts = ['web-1', 'web-3', 'web-2'];
    const error = await failureOf<HostsFailedError>(
      $.on(hosts, { configFile: server.configFile, concurrency: 1 })`echo fine`
    );
    expect(error).toMatchObject({
      code: 'shell.hosts_failed',
      fields: { failed: ['web-3'], passed: ['web-1', 'web-2'] },
      message: expect.stringMatching(/failed on 1 of 3 hosts:\n {2}web-3: Command did not run/) as unknown
    });
    expect(error.hosts.map(({ result }) => result?.stdout ?? null)).toEqual(['fine', null, 'fine']);
  });

  test('at most as many as asked work at a time', async () => {
    const script = `const fs = require('fs'); const [, dir, host] = process.argv; const mark = dir + '/' + process.pid;
      fs.writeFileSync(mark, ''); const most = fs.readdirSync(dir).length; setTimeout(() => { fs.unlinkSync(mark); console.log(most); }, 100);`;
    const { mkdtempSync } = await import('node:fs');
    const marks = mkdtempSync(`${folder}/marks-`);
    const results = await $.on(['web-1', 'web-2'], {
      configFile: server.configFile,
      concurrency: 1
    })`${node} -e ${script} ${marks}`;
    expect(results.map(({ result }) => result?.stdout)).toEqual(['1', '1']);
  });

  test('faulty hosts are listed, and nothing runs', () => {
    expect(() => $.on(['web-1', '-x', 'web-1'], { concurrency: 0 })).toThrow(
      /Host 2 is '-x'[\s\S]*'web-1' is named twice[\s\S]*'concurrency' is 0/
    );
    expect(() => $.on([])).toThrow(/expected a list of at least one/);
    expect(ports.entries).toEqual([]);
  });
});
