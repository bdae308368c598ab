// What keeps a command, or a pipe of them, from starting: found before anything is, and told with its reason.
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { $ } from '../../../runbook/index.js';
import type { Command, CommandFailedError } from '../../../runbook/index.js';
import { installFakePorts, type FakePorts } from '../fake-ports.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder();
let ports: FakePorts;

beforeEach(() => {
  ports = installFakePorts();
});

async function failureOf(command: PromiseLike<unknown>): Promise<CommandFailedError> {
  return command.then(
    () => Promise.reject(new Error('The command did not fail.')),
    (error: unknown) => error as CommandFailedError
  );
}

describe('a faulty command of a pipe keeps all of it from starting', () => {
  const made = join(folder, 'made');
  const first = (): Command => $`touch ${made}`;
  const lost = join(folder, 'lost');

  test.each<[string, () => Command, string | RegExp]>([
    ['a template', () => first().pipe`cat > y`, /character > redirects/],
    ['a command', () => first().pipe($`cat > y`), /character > redirects/],
    ['the third', () => first().pipe`cat`.pipe`cat | cat`, /character \| pipes/],
    ['the first', () => $`cat > y`.pipe(first()), /character > redirects/],
    ['options', () => first().pipe($({ tiemout: '1s' } as object)`cat`), /'tiemout' is not an option/],
    ['an address', () => first().pipe($.ssh('-x')`cat`), /The host is '-x'/],
    ['options of ssh', () => first().pipe($.ssh('web-1', { port: 0 })`cat`), /'port' is 0/],
    ['a value', () => first().pipe`grep ${undefined as never}`, /Value 1 is undefined/],
    ['no command', () => first().pipe(Promise.resolve() as never), /a promise/],
    ['a folder', () => first().pipe($({ cwd: lost })`cat`), /is not a folder/]
  ])('%s, before anything is announced', async (_, call, message) => {
    await expect(call()).rejects.toMatchObject({
      code: 'usage.invalid',
      message: expect.stringMatching(message) as unknown
    });
    expect(existsSync(made)).toBe(false);
    expect(ports.entries).toEqual([]);
  });

  test.each<[string, () => Command, string]>([
    ['the last', () => first().pipe`jqq .`, "there is no program 'jqq' on the PATH"],
    ['the second of three', () => first().pipe`jqq .`.pipe`cat`, "there is no program 'jqq' on the PATH"],
    [
      'two of three',
      () => $`aqq`.pipe(first()).pipe`jqq`,
      "there is no program 'aqq' on the PATH; there is no program 'jqq' on the PATH"
    ],
    [
      'with another PATH',
      () => first().pipe($({ env: { PATH: lost } })`cat`),
      "there is no program 'cat' on the PATH"
    ],
    ['with retries', () => $({ retry: 3 })`touch ${made}`.pipe`jqq`, "there is no program 'jqq' on the PATH"]
  ])('a missing program is named alone: %s', async (_, call, words) => {
    const error = await failureOf(call());
    expect(error).toMatchObject({ code: 'shell.not_found', isNotFound: true, exitCode: null });
    expect(error.message).toContain(`Command was not started: ${words}:`);
    expect(existsSync(made)).toBe(false);
    expect(ports.entries.map(({ kind }) => kind)).toEqual(['effect-started', 'effect-ended']);
  });
});

describe('what cannot be started has its reason', () => {
  const file = (name: string, text: string | Buffer, mode = 0o755): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  };

  test.each<[string, () => Command, string]>([
    ['a file that is no program', () => $`/etc/passwd`, 'permission denied: /etc/passwd is not executable'],
    ['a folder', () => $`/tmp`, 'permission denied: /tmp is a folder, not a program'],
    ['a device', () => $`/dev/null`, 'permission denied: /dev/null is not a regular file'],
    ['a missing file', () => $`./nothing-here`, 'there is no program '],
    ['something below a file', () => $`/etc/passwd/x`, 'there is no program /etc/passwd/x'],
    [
      'a program on the PATH without its bit',
      () => $({ env: { PATH: folder } })`${basename(file('bare', '', 0o644))}`,
      'bare is not executable'
    ],
    ['no PATH', () => $({ env: { PATH: '' } })`cat`, "there is no program 'cat': the PATH is empty"],
    [
      'a missing interpreter',
      () => $`${file('script', '#!/no/such/python -u\n')}`,
      'script names the program /no/such/python, which does not exist'
    ],
    [
      'an interpreter with the line end of Windows',
      () => $`${file('windows', '#!/bin/sh\r\necho\r\n')}`,
      'names the program /bin/sh, which does not exist (the line ends as on Windows'
    ],
    [
      'an interpreter that is no program',
      () => $`${file('odd', '#!/etc/passwd\n')}`,
      'names the program /etc/passwd, and permission denied'
    ],
    [
      'one argument that is too long',
      () => $`true ${'x'.repeat(131_072)}`,
      'longer than the system allows (E2BIG)'
    ],
    [
      'too many arguments',
      () => $`true ${Array<string>(100).fill('x'.repeat(100_000))}`,
      'longer than the system allows (E2BIG)'
    ],
    [
      'a variable that is too long',
      () => $({ env: { LONG: 'x'.repeat(140_000) } })`true`,
      'longer than the system allows (E2BIG)'
    ],
    [
      'the second of a pipe',
      () => $`true`.pipe`/etc/passwd`,
      'permission denied: /etc/passwd is not executable'
    ],
    [
      'a command for another machine that is too long',
      () => $.ssh('web-1')`true ${'x'.repeat(140_000)}`,
      'longer than the system allows (E2BIG)'
    ]
  ])('%s', async (_, call, words) => {
    const error = await failureOf(call());
    expect(error.message).toMatch(/^Command was not started: /);
    expect(error.message).toContain(words);
    expect(error.message).not.toContain('null after');
    expect(['shell.not_started', 'shell.not_found']).toContain(error.code);
  });

  test('a text without a first line that names a program is run by sh, as bash does', async () => {
    expect(await $`${file('plain', 'echo by sh\n')}`.text()).toBe('by sh');
  });

  test('something that is no program at all fails with what sh says of it', async () => {
    const error = await failureOf($`${file('junk', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3]))}`);
    expect(error.message).toMatch(/exit code \d+[^]*junk/);
  });

  test('a folder that goes away between two attempts is the reason of the second', async () => {
    const gone = join(folder, 'gone');
    mkdirSync(gone);
    const error = await failureOf($({ cwd: gone, retry: 1 })`sh -c ${`rmdir ${gone}; exit 1`}`);
    expect(error).toMatchObject({ code: 'shell.not_started', attempts: 2 });
    expect(error.message).toContain(`its folder ${gone} does not exist`);
  });
});
