// Packages that bring a service: installed as root on somebody's machine, none of it may be left running.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { root } from './root.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quiet-'));
  program(
    'apt-get',
    `echo "apt-get $*" >> ${folder}/log; ${policy()}; echo "policy: $?" >> ${folder}/log; exit \${APT_EXIT:-0}`
  );
  program('systemctl', `echo "systemctl $*" >> ${folder}/log; exit 1`);
});
afterEach(() => rmSync(folder, { recursive: true }));

test('while the package is installed nothing may be started, and its units are off afterwards', async () => {
  expect(await install()).toBe(0);
  expect(log()).toEqual([
    'apt-get install --yes --no-install-recommends openssh-server',
    'policy: 101',
    'systemctl disable --now ssh.service',
    'systemctl disable --now ssh.socket'
  ]);
  expect(existsSync(policy())).toBe(false);
});

test('a policy of the machine stays as it is', async () => {
  program('policy-rc.d', 'exit 104');
  expect(await install()).toBe(0);
  expect(log()).toContain('policy: 104');
  expect(readFileSync(policy(), 'utf8')).toContain('exit 104');
});

test('an installation that fails leaves no policy behind', async () => {
  expect(await install({ APT_EXIT: '100' })).toBe(100);
  expect(existsSync(policy())).toBe(false);
});

async function install(more: Record<string, string> = {}): Promise<number | null> {
  const { quietInstall } = (await import(join(root, 'scripts/set-up/quiet-install.mjs'))) as {
    quietInstall(packages: string[], units: string[], policy: string): string;
  };
  const script = quietInstall(['openssh-server'], ['ssh.service', 'ssh.socket'], policy());
  const env = { PATH: `${folder}:${process.env['PATH']}`, ...more };
  return spawnSync('sh', ['-c', script], { env }).status;
}

function policy(): string {
  return join(folder, 'policy-rc.d');
}

function program(name: string, script: string): void {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

function log(): string[] {
  return readFileSync(join(folder, 'log'), 'utf8').trim().split('\n');
}
