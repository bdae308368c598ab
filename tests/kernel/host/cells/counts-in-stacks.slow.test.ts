// A stack names a cell as people see it: by the count beside it.
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import { HeadlessFolder } from '../../../run/headless-folder.js';

let folder: HeadlessFolder;
afterEach(() => folder.remove());

test('the frames of a cell have its count, also of a function that an earlier cell declares', async () => {
  folder = new HeadlessFolder({
    one: 'function fail(): never {\n  throw new Error("cell-9.ts:1:1");\n}',
    two: '1',
    three: '\nfail()'
  });
  await folder.during(async run => {
    await run.execute('one');
    await run.execute('two');
    expect((await run.execute('three')).error?.message).toBe('cell-9.ts:1:1');
  });
  const text = readFileSync(folder.path('release.ipynb'), 'utf8');
  expect(text).toContain('at fail ([1]:2:9)');
  expect(text).toMatch(/at \[3\]:2:1/);
});
