// The scripts in a fresh clone, before anything is installed: each can be asked what it does.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
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

/** All but the parts of the build, which is what people call. */
const SCRIPTS = readdirSync(join(root, 'scripts')).filter(
  name => name.endsWith('.mjs') && !/^(bundle|run-rspack)/.test(name)
);

function call(script: string, option: string): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(clone, 'scripts', script), option], {
    encoding: 'utf8'
  });
  return { status, text: stdout + stderr };
}

test.each(SCRIPTS)('%s explains itself', script => {
  expect(call(script, '--help')).toEqual({
    status: 0,
    text: expect.stringMatching(/^Usage: (npm|node) /m)
  });
});

test.each(SCRIPTS)('%s does nothing with an option that it does not know', script => {
  const { status, text } = call(script, '--wat');
  expect(status).not.toBe(0);
  expect(text).toMatch(/--wat|^Usage: /m);
});
