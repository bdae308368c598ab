import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { $, note, secret } from '../../../runbook/index.js';
import type { SecretSource } from '../../../runbook/ports.js';
import { installFakePorts, journalText, PROFILE, type FakePorts } from '../fake-ports.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder();
const VALUE = "open 'sesame' & 4711";
let ports: FakePorts;

function install(secrets: { readonly [name: string]: SecretSource } = {}): void {
  ports = installFakePorts({ profile: { ...PROFILE, secrets } });
}

beforeEach(() => {
  install();
  process.env['LAUNCHBOOK_TEST_SECRET'] = VALUE;
});

afterEach(() => {
  delete process.env['LAUNCHBOOK_TEST_SECRET'];
});

describe('reading a secret', () => {
  test('takes the environment variable of its name, and tells the host before it can be used', async () => {
    const token = await secret('LAUNCHBOOK_TEST_SECRET');
    expect(token.reveal()).toBe(VALUE);
    expect(ports.learned).toEqual([{ name: 'LAUNCHBOOK_TEST_SECRET', value: VALUE }]);
    expect(ports.entries).toEqual([]);
  });

  test('takes the source that launchbook.yml names', async () => {
    const file = join(folder, 'token');
    writeFileSync(file, 'from-a-file\n');
    install({
      A: { env: 'LAUNCHBOOK_TEST_SECRET' },
      B: { file },
      C: { command: ['printf', '%s-%s', 'from', 'command'] }
    });
    const read = async (name: string): Promise<string> => (await secret(name)).reveal();
    expect([await read('A'), await read('B'), await read('C')]).toEqual([
      VALUE,
      'from-a-file',
      'from-command'
    ]);
  });

  test('reads a file or a command on the spot', async () => {
    const file = join(folder, 'on-the-spot');
    writeFileSync(file, 'line 1\nline 2\n');
    expect((await secret.file(file)).reveal()).toBe('line 1\nline 2');
    const printed = await secret.command`printf ${'a b'}`.catch((error: unknown) => error);
    expect(printed).toMatchObject({ code: 'secret.unusable' });
    expect((await secret.command`printf %s ${'to print'}`).reveal()).toBe('to print');
  });

  test('says what is missing and never what was read', async () => {
    await expect(secret('LAUNCHBOOK_TEST_SECRT')).rejects.toMatchObject({
      name: 'SecretUnavailableError',
      code: 'secret.missing',
      message: expect.stringContaining("Did you mean 'LAUNCHBOOK_TEST_SECRET'?") as unknown
    });
    await expect(secret.file('/no/such/file')).rejects.toMatchObject({ code: 'secret.unreadable' });
    mkdirSync(join(folder, 'a-folder'), { recursive: true });
    await expect(secret.file(join(folder, 'a-folder'))).rejects.toMatchObject({ code: 'secret.unreadable' });
    await expect(secret.command`no-such-program-here`).rejects.toMatchObject({
      code: 'secret.command_failed',
      message: expect.stringContaining("there is no program 'no-such-program-here'") as unknown
    });
    await expect(secret.command`sh -c ${'echo sign in first >&2; exit 3'}`).rejects.toMatchObject({
      code: 'secret.command_failed',
      message: expect.stringMatching(/exit code 3\.\nsign in first$/) as unknown
    });
    process.env['LAUNCHBOOK_TEST_SECRET'] = 'abc';
    await expect(secret('LAUNCHBOOK_TEST_SECRET')).rejects.toMatchObject({
      code: 'secret.unusable',
      message: expect.stringMatching(/has 3 characters, at least 4 are needed/) as unknown
    });
    await expect(secret('')).rejects.toMatchObject({ code: 'usage.invalid' });
    expect(ports.learned).toEqual([]);
  });
});

describe('a secret', () => {
  test('prints as its name everywhere', async () => {
    const token = await secret('LAUNCHBOOK_TEST_SECRET');
    const shown = [
      String(token),
      `${token}`,
      '' + (token as unknown as string),
      inspect(token, { showHidden: true, depth: 9 }),
      inspect({ token }),
      JSON.stringify({ token }),
      JSON.stringify(Object.entries(token)),
      JSON.stringify(structuredClone({ ...token }))
    ];
    expect(shown.join('\n')).not.toContain('sesame');
    expect(shown.slice(0, 4)).toEqual(Array(4).fill('«secret LAUNCHBOOK_TEST_SECRET»'));
  });

  test('is an argument, a variable or the input of a command, and is never seen', async () => {
    const token = await secret('LAUNCHBOOK_TEST_SECRET');
    const shell = $({ env: { TOKEN: token }, stdin: token });
    const code = 'test "$TOKEN" = "$1" && test "$(cat)" = "$1" && echo "same: $1" && echo "$1" >&2';
    const result = await shell`sh -c ${code} sh ${token}`;
    expect(result.stdout).toBe(`same: ${VALUE}`);
    expect(ports.written('stdout')).toBe('same: «secret LAUNCHBOOK_TEST_SECRET»\n');
    expect(ports.written('stderr')).toBe('«secret LAUNCHBOOK_TEST_SECRET»\n');
    expect(journalText(ports)).not.toContain('sesame');
    expect(journalText(ports)).toContain('«secret LAUNCHBOOK_TEST_SECRET»');
  });

  test('is masked in notes, and in the errors of commands', async () => {
    const token = await secret('LAUNCHBOOK_TEST_SECRET');
    await note(`it is ${token.reveal()}`);
    const error = await $`sh -c ${'echo "$1" >&2; exit 1'} sh ${token}`.catch((thrown: unknown) => thrown);
    expect((error as Error).message).not.toContain('sesame');
    expect(journalText(ports)).not.toContain('sesame');
  });

  test('makes a longer text a secret too', async () => {
    const token = await secret('LAUNCHBOOK_TEST_SECRET');
    const header = await secret.text`Bearer ${token}`;
    expect(header.reveal()).toBe(`Bearer ${VALUE}`);
    expect(String(header)).toBe('«secret LAUNCHBOOK_TEST_SECRET»');
    await expect(secret.text`Bearer ${'no secret'}`).rejects.toThrow('It holds no secret.');
    await expect(secret.text`Bearer ${{} as never} ${token}`).rejects.toThrow(
      /Value 1 is \{\} \(an object\)/
    );
  });

  test('that is still a promise is refused by name', async () => {
    await expect($`echo ${secret('LAUNCHBOOK_TEST_SECRET') as never}`).rejects.toThrow(
      /a promise \(is an await missing\?\)/
    );
  });
});
