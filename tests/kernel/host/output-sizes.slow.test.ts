// What a run leaves behind when its cell prints what JSON makes many times as long: notebook and journal are about as large as the limit.
import { statSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import { HeadlessFolder } from '../../run/headless-folder.js';

const LIMIT_BYTES = 1024 ** 2;
const REST_BYTES = 100_000;

let folder: HeadlessFolder;
afterEach(() => folder.remove());

test.each([
  ['NULs', '\\0'],
  ['empty lines', '\\n'],
  ['short lines', 'y\\n']
])('8 MiB of %s', async (_what, text) => {
  folder = new HeadlessFolder(
    { one: `for (let i = 0; i < 128; i++) process.stdout.write('${text}'.repeat(65536));` },
    'environments: { staging: {} }\noutput: { limit: 1 MiB }\ntypecheck: off\n'
  );
  await folder.during(async run => expect((await run.execute('one')).status).toBe('ok'));
  const sizeOf = (name: string): number => statSync(folder.path(name)).size;
  expect(sizeOf('release.ipynb')).toBeLessThan(LIMIT_BYTES + REST_BYTES);
  expect(sizeOf('release.ipynb')).toBeGreaterThan(LIMIT_BYTES * 0.9);
  expect(sizeOf('release.journal.jsonl')).toBeLessThan(LIMIT_BYTES + REST_BYTES);
});
