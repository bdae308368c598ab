// What launchbook.yml says to the kernel, and to the executor.
import { afterEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../../../contract/json.js';
import {
  outputLimitOf,
  readSettings,
  resolveProfile,
  typecheckOf,
  type ResolvedProfile
} from '../../../kernel/host/profile.js';

const folder = mkdtempSync(join(tmpdir(), 'profile-'));
afterEach(() => rmSync(join(folder, 'launchbook.yml'), { force: true }));

function resolve(text: string | null): Promise<ResolvedProfile> {
  if (text !== null) {
    writeFileSync(join(folder, 'launchbook.yml'), text);
  }
  return resolveProfile(folder, null);
}

test.each([
  [null, 'error', undefined],
  ['typecheck: off', 'off', undefined],
  ['typecheck: warn\noutput:\n  limit: 2 MiB\n', 'warn', 2 * 1024 ** 2],
  ['typecheck: sometimes', 'error', undefined],
  ['typecheck: off\ndefault: nowhere', 'error', undefined]
])('launchbook.yml %j checks cells as %s', async (text, typecheck, limit) => {
  const resolved = await resolve(text);
  expect(typecheckOf(resolved)).toBe(typecheck);
  expect(outputLimitOf(resolved)).toBe(limit);
});

test('a profile arrives in the executor, and the faults of a faulty one are thrown at its first use', async () => {
  const sent = async (text: string): Promise<Json> =>
    JSON.parse(JSON.stringify({ mode: 'dry-run', resolved: await resolve(text) })) as Json;
  const good = readSettings(await sent('default: staging\nenvironments:\n  staging:\n    vars: { a: 1 }\n'));
  expect(good.loadProfile()).toMatchObject({ name: 'staging', vars: { a: 1 } });
  const faulty = readSettings(await sent('typechek: off'));
  expect(faulty.loadProfile).toThrow(/typechek/);
  expect([good.mode, faulty.mode]).toEqual(['dry-run', 'dry-run']);
});
