// What launchbook.yml says to the kernel, and to the executor.
import { afterEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../../../contract/base/json.js';
import { readSettings } from '../../../run/profile/executor-settings.js';
import { readProfile, type Profile } from '../../../run/profile/profile.js';

const folder = mkdtempSync(join(tmpdir(), 'profile-'));
afterEach(() => rmSync(join(folder, 'launchbook.yml'), { force: true }));

function resolve(text: string | null): Profile {
  if (text !== null) {
    writeFileSync(join(folder, 'launchbook.yml'), text);
  }
  return readProfile(folder, null);
}

test.each([
  [null, 'error', undefined],
  ['typecheck: off', 'off', undefined],
  ['typecheck: warn\noutput:\n  limit: 2 MiB\n', 'warn', 2 * 1024 ** 2],
  ['typecheck: sometimes', 'error', undefined],
  ['typecheck: off\ndefault: nowhere', 'error', undefined]
])('launchbook.yml %j checks cells as %s', (text, typecheck, limit) => {
  expect(resolve(text)).toMatchObject({ typecheck, outputLimitBytes: limit });
});

test('a profile arrives in the executor, and the faults of a faulty one are thrown at its first use', () => {
  const sent = (text: string): Json => {
    const { loaded, fault } = resolve(text);
    return JSON.parse(JSON.stringify({ mode: 'dry-run', profile: loaded, fault })) as Json;
  };
  const good = readSettings(sent('default: staging\nenvironments:\n  staging:\n    vars: { a: 1 }\n'));
  expect(good.loadProfile()).toMatchObject({ name: 'staging', vars: { a: 1 } });
  const faulty = readSettings(sent('typechek: off'));
  expect(faulty.loadProfile).toThrow(/typechek/);
  expect([good.mode, faulty.mode]).toEqual(['dry-run', 'dry-run']);
});

test.each([
  ['of the environment that was resolved', 'default: staging\n', 2],
  ['of a scratch notebook without one', '', undefined]
])('the policy %s is read again without the variables of the environment', (_name, head, required) => {
  const rules = (count: number): string =>
    `${head}environments: { staging: { policy: { approvals: { required: ${count} } } } }\n`;
  const { file, read } = resolve(rules(1)).policy;
  expect(file).toBe(join(folder, 'launchbook.yml'));
  writeFileSync(file!, rules(2).replace('{ policy', "{ vars: { a: '${NOT_SET_ANYWHERE}' }, policy"));
  expect(read().approvals.required).toBe(required);
  writeFileSync(file!, 'environments: [');
  expect(read).toThrow('launchbook.yml has');
});

test('a policy that was faulty when the kernel started stays so', () => {
  const { file, read } = resolve('typecheck: sometimes').policy;
  expect(file).toBeNull();
  expect(read).toThrow('launchbook.yml has');
});

test('a token that is a word of the record is a fault of the profile, and is not told', () => {
  process.env['PROFILE_TEST_TOKEN'] = 'approved';
  const slack = "slack: { token: '${PROFILE_TEST_TOKEN}', channel: '#releases' }";
  const { fault, mayBeProduction } = resolve(`default: staging\nenvironments: { staging: { ${slack} } }\n`);
  delete process.env['PROFILE_TEST_TOKEN'];
  expect(fault).toMatchObject({ code: 'secret.unusable' });
  expect(fault?.message).toContain("'slack.token' cannot be used");
  expect(fault?.message).not.toContain('approved');
  expect(mayBeProduction).toBe(true);
});
