// The scripts in a fresh clone, before anything is installed: each can be asked what it does.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './root.js';

let clone: string;

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'launchbook-clone-'));
  for (const part of ['package.json', 'scripts', 'bench']) {
    cpSync(join(root, part), join(clone, part), { recursive: true });
  }
});

afterAll(() => rmSync(clone, { recursive: true, force: true }));

test.each(['start', 'test', 'prove', 'bench', 'bench-lab'])('`%s` explains itself', script => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(clone, 'scripts', `${script}.mjs`), '--help'],
    { encoding: 'utf8' }
  );
  expect({ status, text: stdout + stderr }).toEqual({
    status: 0,
    text: expect.stringMatching(/^Usage: npm /m)
  });
});
