// The command table: help, version, and wrong calls.
import { afterAll, describe, expect, test } from '@jest/globals';
import { LAUNCHBOOK_VERSION } from '../../contract/version.js';
import { makeSandbox } from './launchbook.js';

const sandbox = makeSandbox();
afterAll(() => sandbox.remove());

describe('`launchbook`', () => {
  test.each([
    [[]],
    [['init']],
    [['archive']],
    [['verify']],
    [['lint']],
    [['learn']],
    [['diff']],
    [['report']],
    [['new']],
    [['reset']],
    [['status']],
    [['install']]
  ])('%j --help shows examples and ends with 0', words => {
    const { code, stdout } = sandbox.launchbook(...words, '--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(/Examples:\n {2}launchbook /);
  });

  test('--version prints the version', () => {
    expect(sandbox.launchbook('--version')).toMatchObject({ code: 0, stdout: `${LAUNCHBOOK_VERSION}\n` });
  });

  test.each([
    [['neww'], /Did you mean new\?/],
    [['status'], /missing required argument 'run'/],
    [['install', '--prefix', 'a', '--user'], /name two places/],
    [['install', '--prefx', 'a'], /Did you mean --prefix\?/]
  ])('%j is a wrong call: exit code 2 and what to do', (args, reason) => {
    const { code, stdout, stderr } = sandbox.launchbook(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(reason);
  });
});
