// A stack names a cell as people see it: by the count beside it.
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import { HeadlessFolder } from '../../../run/headless-folder.js';

let folder: HeadlessFolder;
afterEach(() => folder.remove());

test('what a cell prints of its stack, and what is thrown when it is over, has the count too', async () => {
  folder = new HeadlessFolder({
    one: 'function pour(): void {\n  console.trace("tea");\n}',
    two: 'pour();\nsetTimeout(() => { throw new Error("spilt"); }, 20);',
    three: 'await new Promise(resolve => setTimeout(resolve, 300));'
  });
  await folder.during(async run => {
    await run.execute('one');
    await run.execute('two');
    await run.execute('three');
  });
  const text = readFileSync(folder.path('release.ipynb'), 'utf8');
  expect(text).toContain('at pour ([1]:2:11)');
  expect(text).toMatch(/at \[2\]:1:1/);
  expect(text).toMatch(/Error: spilt[^]*\[2\]:2:/);
  expect(text).not.toContain('cell-2.ts');
});

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
