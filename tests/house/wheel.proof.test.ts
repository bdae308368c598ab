// The Python wheel for real: built, installed into an empty environment, its kernel started by Jupyter's own client.
import { afterAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './root.js';

const folder = mkdtempSync(join(tmpdir(), 'launchbook-wheel-'));
const python = join(folder, 'venv', 'bin', 'python');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CLIENT = `
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="launchbook", startup_timeout=60)
reply = client.execute_interactive("const half: number = 21; console.log(half * 2)", timeout=60)
client.stop_channels()
manager.shutdown_kernel()
print(reply["content"]["status"])
`;

function run(program: string, ...args: string[]) {
  // The environment's own files decide, not what this machine has configured for Jupyter or Node.
  const env = {
    ...process.env,
    LAUNCHBOOK_NODE: '',
    JUPYTER_PATH: '',
    JUPYTER_DATA_DIR: join(folder, 'data')
  };
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8', env });
  return { code: status, stdout, stderr };
}

describe('The wheel', () => {
  test('brings command, kernel, extension and Node into an empty environment', () => {
    const built = spawnSync(process.execPath, [join(root, 'scripts', 'wheel.mjs')], {
      cwd: root,
      encoding: 'utf8'
    });
    const wheel = built.stdout.trim().split('\n').at(-1)!;
    expect(wheel).toMatch(/^dist\/launchbook-.*-py3-none-.*\.whl$/);

    expect(run('python3', '-m', 'venv', join(folder, 'venv')).code).toBe(0);
    const installed = run(
      python,
      '-m',
      'pip',
      'install',
      '--quiet',
      '--retries',
      '1',
      join(root, wheel),
      'jupyter_client'
    );
    expect({ code: installed.code, stderr: installed.code === 0 ? '' : installed.stderr }).toEqual({
      code: 0,
      stderr: ''
    });

    expect(run(join(folder, 'venv', 'bin', 'launchbook'), '--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(run(python, '-c', CLIENT)).toMatchObject({ code: 0, stdout: '42\nok\n' });
  }, 240_000);
});
