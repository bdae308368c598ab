// `launchbook uninstall`: what `launchbook install` wrote goes, everything else stays.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { installInto } from '../../kernel/kernelspec/install.js';
import { makeKernelspec } from '../../kernel/kernelspec/kernelspec.js';
import { root } from '../house/root.js';
import { makeSandbox, type Sandbox } from './launchbook.js';

let sandbox: Sandbox;
let data: string;

beforeEach(() => {
  sandbox = makeSandbox();
  data = join(sandbox.folder, 'venv', 'share', 'jupyter');
});

afterEach(() => sandbox.remove());

function install(): void {
  const extension = join(sandbox.folder, 'built');
  sandbox.write('built/package.json', { name: 'launchbook', version: '0.1.0' });
  installInto(data, {
    kernelspec: makeKernelspec(process.execPath, join(root, 'lib', 'kernel', 'main.js')),
    logos: join(root, 'kernel', 'kernelspec'),
    extension
  });
}

test('leaves nothing of an installation, and other kernels alone', () => {
  install();
  mkdirSync(join(data, 'kernels', 'python3'));
  const { code, stdout } = sandbox.spawn('uninstall', '--prefix', 'venv');
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: `kernelspec removed: ${join(data, 'kernels/launchbook')}\nextension removed: ${join(data, 'labextensions/launchbook')}\n`
  });
  expect([readdirSync(join(data, 'kernels')), readdirSync(join(data, 'labextensions'))]).toEqual([
    ['python3'],
    []
  ]);
});

test('says so where nothing is there', async () => {
  const { code, stdout } = await sandbox.launchbook('uninstall', '--prefix', 'venv', '--json');
  const { folders } = JSON.parse(stdout) as { folders: { change: string }[] };
  expect({ code, changes: folders.map(({ change }) => change) }).toEqual({
    code: 0,
    changes: ['absent', 'absent']
  });
});

test('what came with pip is left to pip, and what is of another program to it', async () => {
  const kernel = 'venv/share/jupyter/kernels/launchbook/kernel.json';
  const extension = 'venv/share/jupyter/labextensions/launchbook/install.json';
  const changes = async () => {
    const { stdout } = await sandbox.launchbook('uninstall', '--prefix', 'venv', '--json');
    return (JSON.parse(stdout) as { folders: { change: string }[] }).folders.map(({ change }) => change);
  };
  sandbox.write(kernel, { argv: ['{resource_dir}/../../../../bin/launchbook-kernel', '{connection_file}'] });
  sandbox.write(extension, { packageManager: 'python', packageName: 'launchbook' });
  expect(await changes()).toEqual(['pip', 'pip']);
  sandbox.write(kernel, { argv: ['other-program'] });
  sandbox.write(extension, { packageManager: 'npm', packageName: 'another' });
  expect(await changes()).toEqual(['not ours', 'not ours']);
  expect(existsSync(join(sandbox.folder, kernel))).toBe(true);
});

test('--purge takes the history of cells, the settings in JupyterLab and the cache, not what lies beside them', async () => {
  const environment = {
    XDG_CACHE_HOME: join(sandbox.folder, 'cache'),
    XDG_STATE_HOME: join(sandbox.folder, 'state'),
    LAUNCHBOOK_HISTORY: join(sandbox.folder, 'kept', 'history.jsonl'),
    JUPYTER_CONFIG_DIR: join(sandbox.folder, 'jupyter')
  };
  const other = makeSandbox(environment);
  sandbox.write('cache/launchbook/compiled/x', 'x');
  sandbox.write('cache/launchbook/runs/x.json', '{}');
  sandbox.write('state/launchbook/snapshots/x.json', '{}');
  sandbox.write('cache/other/x', 'x');
  sandbox.write('kept/history.jsonl', '{}');
  sandbox.write('kept/another-file', 'x');
  sandbox.write('jupyter/lab/user-settings/launchbook/help.jupyterlab-settings', '{}');
  sandbox.write('jupyter/lab/user-settings/other/x.jupyterlab-settings', '{}');
  other.write('runs/1/release.journal.jsonl', '{}');
  const { code } = await other.launchbook('uninstall', '--prefix', 'venv', '--purge');
  expect(code).toBe(0);
  expect(existsSync(join(sandbox.folder, 'cache/launchbook/compiled'))).toBe(false);
  expect(existsSync(join(sandbox.folder, 'cache/launchbook/runs'))).toBe(false);
  expect(existsSync(join(sandbox.folder, 'state/launchbook/snapshots'))).toBe(false);
  expect(existsSync(join(sandbox.folder, 'kept/history.jsonl'))).toBe(false);
  expect(existsSync(join(sandbox.folder, 'kept/another-file'))).toBe(true);
  expect(readdirSync(join(sandbox.folder, 'jupyter/lab/user-settings'))).toEqual(['other']);
  expect(existsSync(join(sandbox.folder, 'cache/other/x'))).toBe(true);
  expect(existsSync(join(other.folder, 'runs/1/release.journal.jsonl'))).toBe(true);
  other.remove();
});
