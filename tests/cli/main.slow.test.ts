// The command table: help, version, and wrong calls.
import { afterAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { LAUNCHBOOK_VERSION } from '../../contract/base/version.js';
import { root } from '../house/root.js';
import { makeSandbox } from './launchbook.js';

const sandbox = makeSandbox();
afterAll(() => sandbox.remove());

describe('`launchbook`', () => {
  test.each([
    [[]],
    ...'init lint new reset run resume rollback status approve board archive verify report diff learn merge install'
      .split(' ')
      .map(name => [[name]])
  ])('%j --help shows examples and ends with 0', async words => {
    const { code, stdout } = await sandbox.launchbook(...words, '--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(/Examples:\n {2}launchbook /);
  });

  test.each(['board', 'diff', 'learn', 'merge'])('%s --help is the same as a process', async name => {
    expect(sandbox.spawn(name, '--help')).toEqual(await sandbox.launchbook(name, '--help'));
  });

  test("is run again by the kernel's Node when the one of the shell is older, and ends as that does", () => {
    const kernelNode = sandbox.write('node', '#!/bin/sh\necho "$@"\nexit 4\n');
    chmodSync(kernelNode, 0o755);
    const old = "data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '20.19.0' })";
    const main = join(root, 'lib', 'cli', 'main.js');
    const { status, stdout } = spawnSync(process.execPath, ['--import', old, main, 'status', 'RUN.ipynb'], {
      encoding: 'utf8',
      env: { ...process.env, LAUNCHBOOK_NODE: kernelNode }
    });
    expect([status, stdout]).toEqual([4, `${main} status RUN.ipynb\n`]);
  });

  test('--version prints the version', async () => {
    expect(await sandbox.launchbook('--version')).toMatchObject({
      code: 0,
      stdout: `${LAUNCHBOOK_VERSION}\n`
    });
  });

  test.each([
    [['neww'], /Did you mean new\?/],
    [['status'], /missing required argument 'run'/],
    [['install', '--prefix', 'a', '--user'], /name two places/],
    [['install', '--prefx', 'a'], /Did you mean --prefix\?/]
  ])('%j is a wrong call: exit code 2 and what to do', async (args, reason) => {
    const { code, stdout, stderr } = await sandbox.launchbook(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(reason);
  });
});
