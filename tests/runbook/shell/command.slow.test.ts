import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { $ } from '../../../runbook/index.js';
import type { CommandFailedError } from '../../../runbook/index.js';
import { installFakePorts, journalText, PROFILE, type FakePorts } from '../fake-ports.js';
import { fixturePath } from '../fixture-path.js';
import { isRunning } from '../is-running.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder();
const node = process.execPath;
const printArguments = fixturePath('print-arguments.mjs');
let ports: FakePorts;

beforeEach(() => {
  ports = installFakePorts();
});

async function failureOf(command: PromiseLike<unknown>): Promise<CommandFailedError> {
  try {
    await command;
  } catch (error) {
    return error as CommandFailedError;
  }
  throw new Error('The command did not fail.');
}

describe('a command that succeeds', () => {
  test('gives its result and shows its output', async () => {
    const result = await $`${node} ${printArguments} ${'a b'}`;
    expect(result).toMatchObject({
      exitCode: 0,
      signal: null,
      stdout: '["a b"]',
      stderr: '',
      failed: false,
      attempts: 1
    });
    expect(ports.written('stdout')).toBe('["a b"]\n');
  });

  test('`.json()`, `.text()` and `.lines()` give stdout as a value and do not print it', async () => {
    expect(await $`${node} ${printArguments} x`.json()).toEqual(['x']);
    expect(await $`printf ${'\uFEFF[1]'}`.json()).toEqual([1]);
    expect(await $`printf ${'a\nb\n'}`.lines()).toEqual(['a', 'b']);
    expect(await $`printf ${'a\n\n'}`.text()).toBe('a\n');
    expect(await $`true`.lines()).toEqual([]);
    expect(ports.written('stdout')).toBe('');
  });

  test('runs once however often it is awaited, and also when nobody awaits it', async () => {
    const log = join(folder, 'once');
    const command = $`${node} ${fixturePath('fail-until.mjs')} ${log} 1`;
    await Promise.all([command, command, command.text()]);
    expect(readFileSync(log, 'utf8')).toBe('called\n');
    void $`touch ${join(folder, 'unawaited')}`;
    await $`${node} -e ${'const fs = require("fs"); const t = setInterval(() => fs.existsSync(process.argv[1]) && clearInterval(t), 5)'} ${join(folder, 'unawaited')}`;
  });

  test('gets stdin, environment and folder from the options', async () => {
    const shell = $({ stdin: 'hello', env: { GREETING: 'hi' } })({ cwd: folder });
    expect(await shell`sh -c ${'cat; echo " $GREETING"; pwd'}`.lines()).toEqual(['hello hi', folder]);
  });

  test('without stdin option reads an empty input instead of waiting', async () => {
    expect(await $`cat`.text()).toBe('');
  });

  test('text that is split in the middle of a character arrives whole', async () => {
    const code =
      "const b = Buffer.from('☑'); process.stdout.write(b.subarray(0, 1)); setTimeout(() => process.stdout.write(b.subarray(1)), 50)";
    await $`${node} -e ${code}`;
    expect(ports.written('stdout')).toBe('☑');
  });

  test('is over when it ends, although a background process keeps its output open', async () => {
    const pid = Number(await $`${node} ${fixturePath('start-background.mjs')} 60`.text());
    expect(process.kill(pid, 'SIGKILL')).toBe(true);
  });

  test('leaves no timer behind when its output was closed first: it would keep the process from ending', async () => {
    const timers = (): number => process.getActiveResourcesInfo().filter(name => name === 'Timeout').length;
    const before = timers();
    for (let turn = 0; turn < 5; turn += 1) {
      await $`true`;
      await $`echo out`.pipe`cat`;
    }
    // An output that the system closes after it has told the exit has one for a moment; they were one for nearly every command.
    expect(timers() - before).toBeLessThan(5);
  });
});

describe('a command that fails', () => {
  test('throws with exit code, duration, command, the last lines of stderr, and a hint', async () => {
    const error = await failureOf($`${node} ${fixturePath('fail-with.mjs')} 7`);
    expect(error).toMatchObject({
      name: 'CommandFailedError',
      code: 'shell.failed',
      exitCode: 7,
      failed: true,
      timedOut: false,
      isSilent: false,
      isInterrupted: false
    });
    expect(error.message).toMatch(
      /^Command failed with exit code 7 after [\d.]+ m?s: .*fail-with\.mjs 7\nLast lines of stderr:\n {2}problem 6\n/
    );
    expect(error.message).toMatch(/problem 15$/);
    expect(error.hint).toContain('Fix the cause');
    expect(error.stderr).toContain('problem 1\n');
  });

  test('has the same fields as one that succeeds', async () => {
    const result = await $`true`;
    const error = await failureOf($`false`);
    expect(Object.keys(error)).toEqual(expect.arrayContaining(Object.keys(result)));
  });

  test('an unknown program has its own code', async () => {
    expect(await failureOf($`no-such-program-here`)).toMatchObject({
      code: 'shell.not_found',
      isNotFound: true,
      exitCode: null
    });
  });

  test('a signal is named', async () => {
    const error = await failureOf($`sh -c ${'kill -KILL $$'}`);
    expect(error).toMatchObject({ code: 'shell.failed', signal: 'SIGKILL' });
    expect(error.message).toContain('was ended by SIGKILL');
  });

  test('a time-out ends the whole process group', async () => {
    const error = await failureOf($({ timeout: '200ms' })`sh -c ${'sleep 60 & echo $!; wait'}`);
    expect(error).toMatchObject({ code: 'shell.timed_out', timedOut: true });
    expect(isRunning(Number(error.stdout))).toBe(false);
  });

  test('a command that prints goes on; one that is silent for too long is ended with its group', async () => {
    const chatty = 'for i in 1 2 3 4 5; do echo $i; sleep 0.2; done; sleep 60 & echo $!; wait';
    const error = await failureOf($({ silence: '700ms' })`sh -c ${chatty}`);
    expect(error).toMatchObject({ code: 'shell.silent', isSilent: true, timedOut: false });
    expect(error.message).toContain('printed nothing for 700 ms and was stopped after');
    const lines = error.stdout.split('\n');
    expect(lines.slice(0, 5)).toEqual(['1', '2', '3', '4', '5']);
    expect(isRunning(Number(lines[5]))).toBe(false);
  });

  test('what is printed to stderr, and by an earlier command of a pipe, is no silence', async () => {
    const slow = 'for i in 1 2 3 4; do echo $i >&2; sleep 0.3; done; echo done';
    expect(await $({ silence: '900ms' })`sh -c ${slow}`.pipe`cat`.text()).toBe('done');
  });

  test('output that is not JSON is refused with its beginning', async () => {
    await expect($`echo hello`.json()).rejects.toMatchObject({
      code: 'shell.not_json',
      message: expect.stringContaining('hello') as unknown
    });
  });
});

describe('the option expect', () => {
  test('other exit codes can be fine', async () => {
    expect(await $({ expect: [0, 1] })`false`).toMatchObject({ exitCode: 1, failed: false });
  });

  test('a pattern must be in the output, also one with the flag g', async () => {
    const shell = $({ expect: /healthy/g });
    await shell`echo healthy`;
    await shell`echo healthy`;
    expect(await failureOf(shell`echo broken`)).toMatchObject({
      code: 'shell.unexpected_output',
      exitCode: 0
    });
  });
});

describe('the option retry', () => {
  test('repeats until it succeeds, and journals every attempt', async () => {
    const log = join(folder, 'retried');
    expect(await $({ retry: 2 })`${node} ${fixturePath('fail-until.mjs')} ${log} 2`).toMatchObject({
      attempts: 2,
      stdout: 'call 2'
    });
    expect(
      ports.entries.filter(entry => entry.kind === 'effect-ended').map(entry => entry['outcome'])
    ).toEqual(['failed', 'passed']);
    expect(ports.written('stderr')).toContain('Attempt 1 failed');
    rmSync(log);
  });

  test('does not repeat what cannot become better', async () => {
    await failureOf($({ retry: 3 })`no-such-program-here`);
    expect(ports.entries.filter(entry => entry.kind === 'effect-started')).toHaveLength(1);
  });
});

describe('a pipe', () => {
  test('gives the output of each command to the next, written as a template or as a command', async () => {
    const upper = $`tr a-z A-Z`;
    expect(await $`printf ${'b\na\n'}`.pipe`sort`.pipe(upper).lines()).toEqual(['A', 'B']);
    expect(await upper).toMatchObject({ command: "printf 'b\na\n' | sort | tr a-z A-Z", stdout: 'A\nB' });
    expect(ports.written('stdout')).toBe('');
    expect(ports.entries.map(({ kind }) => kind)).toEqual(['effect-started', 'effect-ended']);
    expect(ports.entries[0]).toMatchObject({
      label: "printf 'b\na\n' | sort | tr a-z A-Z",
      request: { args: ['printf', 'b\na\n'], pipe: [{ args: ['sort'] }, { args: ['tr', 'a-z', 'A-Z'] }] }
    });
  });

  test('fails when any of its commands fails, with what that one said', async () => {
    const error = await failureOf($`sh -c ${'echo partial; echo broken >&2; exit 4'}`.pipe`cat`);
    expect(error).toMatchObject({ code: 'shell.failed', exitCode: 4, stderr: 'broken', stdout: 'partial' });
    expect(await failureOf($`echo a`.pipe`no-such-program-here`)).toMatchObject({ code: 'shell.not_found' });
    expect(await failureOf($`no-such-program-here`.pipe`cat`)).toMatchObject({ code: 'shell.not_found' });
  });

  test('ends a command without end when the next one has read enough', async () => {
    expect(await $`yes`.pipe`head -n ${2}`.lines()).toEqual(['y', 'y']);
    expect(ports.written('stderr')).toBe('');
  });

  test('carries more than any buffer holds, unchanged', async () => {
    const code = "process.stdout.write('x'.repeat(20_000_000))";
    expect(await $`${node} -e ${code}`.pipe`wc -c`.text()).toMatch(/^\s*20000000$/);
  });

  test('is stopped as a whole by its time-out, and repeated as a whole', async () => {
    const error = await failureOf(
      $({ timeout: '200ms' })`sleep 60`.pipe`sh -c ${'echo $$ >&2; exec sleep 60'}`
    );
    expect(error).toMatchObject({ code: 'shell.timed_out', timedOut: true });
    const log = join(folder, 'piped');
    expect(await $({ retry: 1 })`${node} ${fixturePath('fail-until.mjs')} ${log} 2`.pipe`cat`).toMatchObject({
      attempts: 2,
      stdout: 'call 2'
    });
  });

  test('takes options where they mean something, and runs nothing otherwise', async () => {
    await expect($({ expect: /x/ })`echo x`.pipe`cat`).rejects.toThrow(
      /'expect' of a command before a pipe is a pattern/
    );
    await expect($`echo x`.pipe($({ timeout: '1s', stdin: 'y' })`cat`)).rejects.toThrow(
      /'timeout' of a command after a pipe[\s\S]*'stdin' of a command after a pipe/
    );
    await expect($`echo x`.pipe('cat' as never)).rejects.toThrow(
      /The next command of the pipe is 'cat' \(a string\)/
    );
    expect(ports.entries).toEqual([]);
  });

  test('is not joined to what runs already, and says so', async () => {
    const running = $`true`;
    await running;
    const next = $`touch ${join(folder, 'joined')}`;
    await expect(running.pipe(next)).rejects.toMatchObject({
      message: expect.stringContaining('true runs already') as unknown,
      hint: expect.stringContaining('Nothing more was started') as unknown
    });
    await expect(next).rejects.toThrow(/runs already/);
    expect(existsSync(join(folder, 'joined'))).toBe(false);
  });
});

describe('a long output', () => {
  test('is shown whole and kept by its beginning and end', async () => {
    const code = "for (let line = 0; line < 100_000; line++) console.log('line ' + line)";
    const result = await $`${node} -e ${code}`;
    expect(result.isTruncated).toBe(true);
    expect(result.stdout.length).toBeLessThan(330_000);
    expect(result.stdout).toMatch(
      /^line 0\nline 1\n[\s\S]*\n… [\d,]+ characters left out …\n[\s\S]*line 99999$/
    );
    expect(ports.written('stdout').split('\n')).toHaveLength(100_001);
    expect(ports.entries.at(-1)).toMatchObject({ result: { stdout: result.stdout, isTruncated: true } });
  });

  test('is a whole value up to 8,388,608 characters, and refused beyond', async () => {
    const print = (length: number): Promise<string> =>
      $`${node} -e ${`process.stdout.write('x'.repeat(${length}))`}`.text();
    expect(await print(8_388_608)).toHaveLength(8_388_608);
    await expect(print(10_000_000)).rejects.toMatchObject({ code: 'shell.too_much_output' });
  });
});

describe('an interrupt', () => {
  test('ends a group that ignores SIGTERM, children included, and says so', async () => {
    const command = $`${node} ${fixturePath('ignore-sigterm.mjs')}`;
    const failure = failureOf(command);
    while (!ports.written('stdout').includes('ready')) {
      await sleep(10);
    }
    ports.interrupt();
    expect(await failure).toMatchObject({ code: 'shell.interrupted', isInterrupted: true });
    const pids = ports.written('stdout').match(/\d+/g)!.map(Number);
    for (const pid of pids) {
      expect(isRunning(pid)).toBe(false);
    }
  });

  test('stops the pauses between attempts', async () => {
    const failure = failureOf($({ retry: 50 })`false`);
    while (!ports.written('stderr').includes('Attempt 1 failed')) {
      await sleep(5);
    }
    ports.interrupt();
    expect(await failure).toMatchObject({ code: 'shell.failed' });
  });
});

describe('the journal', () => {
  test('has the command before it runs and its result after', async () => {
    await $`echo ${'two words'}`;
    expect(ports.entries).toMatchObject([
      {
        kind: 'effect-started',
        helper: 'shell',
        label: "echo 'two words'",
        request: { args: ['echo', 'two words'] }
      },
      { kind: 'effect-ended', outcome: 'passed', result: { exitCode: 0, stdout: 'two words' } }
    ]);
  });

  test('nothing is run when the command cannot be announced', async () => {
    const file = join(folder, 'must-not-exist');
    ports.refuseNext(new Error('disk full'));
    await expect($`touch ${file}`).rejects.toThrow('disk full');
    await expect($`test -e ${file}`).rejects.toMatchObject({ exitCode: 1 });
  });

  test('values of environment variables and of stdin are not recorded', async () => {
    await $({ env: { TOKEN: 'open-sesame-1' }, stdin: 'open-sesame-2' })`true`;
    expect(journalText(ports)).not.toContain('open-sesame');
  });

  test('a known secret is masked in command, output, error and record, also across chunks', async () => {
    const splunk = {
      url: 'http://s',
      web: 'http://s',
      token: 'very-secret-token',
      index: null,
      app: 'search'
    };
    ports = installFakePorts({ profile: { ...PROFILE, splunk } });
    const code =
      "process.stdout.write('very-sec'); setTimeout(() => { console.log('ret-token'); console.error(process.argv[1]); process.exit(3) }, 50)";
    const error = await failureOf($`${node} -e ${code} very-secret-token`);
    for (const text of [
      error.message,
      error.command,
      error.stdout,
      error.stderr,
      ports.written(),
      journalText(ports)
    ]) {
      expect(text).not.toContain('very-secret-token');
    }
    expect(ports.written('stdout')).toBe('«secret splunk.token»\n');
  });
});

describe('a wrong call', () => {
  test('lists every fault of options and template, and runs nothing', async () => {
    const call = $({ tiemout: '1s', retry: -1, cwd: 3 } as object)`ls *`;
    await expect(call).rejects.toThrow(/'tiemout' is not an option\. Did you mean 'timeout'\?/);
    await expect(call).rejects.toThrow(/'retry' is -1 \(a number\), expected a whole number from 0/);
    await expect(call).rejects.toThrow(/'cwd' is 3 \(a number\)[^]*character \*/);
    expect(ports.entries).toEqual([]);
  });

  test('a folder that does not exist is refused before anything is announced', async () => {
    await expect($({ cwd: '/no/such/folder' })`true`).rejects.toMatchObject({ code: 'usage.invalid' });
    expect(ports.entries).toEqual([]);
  });
});
