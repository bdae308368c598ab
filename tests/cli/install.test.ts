// `launchbook install`: what lies where afterwards, and that installing again changes nothing.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { installInto, userDataFolder } from '../../kernel/kernelspec/install.js';
import { makeKernelspec } from '../../kernel/kernelspec/kernelspec.js';
import { root } from '../house/root.js';
import { makeSandbox, type Sandbox } from './launchbook.js';

let sandbox: Sandbox;

beforeEach(() => {
  sandbox = makeSandbox();
});

afterEach(() => sandbox.remove());

const kernelFolder = () => join(sandbox.folder, 'venv/share/jupyter/kernels/launchbook');

describe('`install --gateway`', () => {
  test('writes the kernel alone, with what gateways leave out of its environment, and says what is to be set', async () => {
    const other = makeSandbox({
      TZ: 'UTC',
      LANG: '',
      LC_ALL: '',
      SSH_AUTH_SOCK: '/run/agent',
      TOKEN: 'secret'
    });
    const { code, stdout } = other.spawn('install', '--prefix', 'venv', '--gateway');
    const data = join(other.folder, 'venv/share/jupyter');
    const spec = JSON.parse(readFileSync(join(data, 'kernels/launchbook/kernel.json'), 'utf8')) as {
      env: { [name: string]: string };
    };
    expect({ code, extension: existsSync(join(data, 'labextensions')) }).toEqual({
      code: 0,
      extension: false
    });
    expect(spec.env).toEqual({ PATH: process.env['PATH'], HOME: expect.any(String), TZ: 'UTC' });
    expect(stdout).toContain('the server in front: JUPYTER_GATEWAY_ALLOWED_ENVS=JPY_SESSION_NAME');
    other.remove();
  });
});

describe('`install --kernel-only`', () => {
  test('writes a kernelspec with absolute paths that exist, and its logos', async () => {
    const { code, stdout } = sandbox.spawn('install', '--prefix', 'venv', '--kernel-only');
    const spec = JSON.parse(readFileSync(join(kernelFolder(), 'kernel.json'), 'utf8')) as { argv: string[] };
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `kernelspec installed: ${kernelFolder()}\nNext: choose the kernel TypeScript (Launchbook).\n`
    });
    expect(spec).toEqual({
      argv: [
        expect.any(String),
        '--max-semi-space-size=2',
        '--heap-growing-percent=100',
        join(root, 'lib/kernel/main.js'),
        '{connection_file}'
      ],
      display_name: 'TypeScript (Launchbook)',
      language: 'typescript',
      interrupt_mode: 'message',
      metadata: { debugger: false, supported_encryption: ['curve'] }
    });
    expect(isAbsolute(spec.argv[0]!) && existsSync(spec.argv[0]!)).toBe(true);
    expect(readdirSync(kernelFolder()).sort()).toEqual([
      'kernel.json',
      'logo-32x32.png',
      'logo-64x64.png',
      'logo-svg.svg'
    ]);
  });

  test('leaves everything untouched the second time, and fixes what was spoilt', async () => {
    const install = async () =>
      (await sandbox.launchbook('install', '--prefix', 'venv', '--kernel-only')).stdout;
    await install();
    const before = statSync(join(kernelFolder(), 'kernel.json')).mtimeMs;
    expect(await install()).toMatch(/^kernelspec unchanged/);
    expect(statSync(join(kernelFolder(), 'kernel.json')).mtimeMs).toBe(before);
    writeFileSync(join(kernelFolder(), 'kernel.json'), '{}');
    expect(await install()).toMatch(/^kernelspec updated/);
    expect(readdirSync(join(kernelFolder(), '..'))).toEqual(['launchbook']);
  });

  test('takes the Node that LAUNCHBOOK_NODE names, and refuses one that does not exist', async () => {
    const named = makeSandbox({ LAUNCHBOOK_NODE: process.execPath });
    const missing = makeSandbox({ LAUNCHBOOK_NODE: '/no/such/node' });
    await named.launchbook('install', '--prefix', '.', '--kernel-only');
    const spec = readFileSync(join(named.folder, 'share/jupyter/kernels/launchbook/kernel.json'), 'utf8');
    expect((JSON.parse(spec) as { argv: string[] }).argv[0]).toBe(process.execPath);
    expect(await missing.launchbook('install', '--prefix', '.', '--kernel-only')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/LAUNCHBOOK_NODE names \/no\/such\/node/)
    });
    named.remove();
    missing.remove();
  });
});

describe('`install`', () => {
  test('says at its end what to do next, unless it prints JSON', async () => {
    const install = async (...args: string[]) =>
      (await sandbox.launchbook('install', '--prefix', 'venv', ...args)).stdout;
    expect(await install()).toMatch(
      /\nNext: start jupyter lab and choose the kernel TypeScript \(Launchbook\)\.\n$/
    );
    expect(Object.keys(JSON.parse(await install('--json')) as object)).toEqual(['folders']);
  });
});

describe('`installInto`', () => {
  function sourceWith(extension: string | null) {
    return { kernelspec: makeKernelspec('/n', '/m'), logos: join(root, 'kernel/kernelspec'), extension };
  }

  test('copies the extension with a record of its origin, and removes files of the version before', () => {
    const extension = join(sandbox.folder, 'extension');
    const target = join(sandbox.folder, 'data/labextensions/launchbook');
    mkdirSync(join(extension, 'static'), { recursive: true });
    writeFileSync(join(extension, 'package.json'), '{}');
    writeFileSync(join(extension, 'static', 'old.js'), '');
    expect(
      installInto(join(sandbox.folder, 'data'), sourceWith(extension)).map(folder => folder.change)
    ).toEqual(['installed', 'installed']);
    expect(JSON.parse(readFileSync(join(target, 'install.json'), 'utf8'))).toMatchObject({
      packageName: 'launchbook'
    });

    const newer = join(sandbox.folder, 'newer');
    mkdirSync(newer);
    writeFileSync(join(newer, 'package.json'), '{}');
    expect(installInto(join(sandbox.folder, 'data'), sourceWith(newer)).map(folder => folder.change)).toEqual(
      ['unchanged', 'updated']
    );
    expect(existsSync(join(target, 'static'))).toBe(false);
  });

  test('refuses an extension that is not built before it writes anything', () => {
    expect(() => installInto(join(sandbox.folder, 'data'), sourceWith(join(sandbox.folder, 'none')))).toThrow(
      expect.objectContaining({ code: 'install.not_built' })
    );
    expect(existsSync(join(sandbox.folder, 'data'))).toBe(false);
  });
});

describe('`userDataFolder`', () => {
  test.each([
    ['linux', { JUPYTER_DATA_DIR: '/data' }, /^\/data$/],
    ['linux', { XDG_DATA_HOME: '/x' }, /^\/x\/jupyter$/],
    ['linux', {}, /\.local\/share\/jupyter$/],
    ['darwin', {}, /Library\/Jupyter$/],
    ['win32', { APPDATA: '/roaming' }, /^\/roaming\/jupyter$/]
  ] as const)('follows Jupyter on %s with %j', (platform, environment, expected) => {
    expect(userDataFolder(environment, platform)).toMatch(expected);
  });
});
