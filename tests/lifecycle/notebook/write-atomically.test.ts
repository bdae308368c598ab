// Files that are replaced as a whole: whose they are, and that nothing in their place is followed.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeAtomically } from '../../../lifecycle/notebook/write-atomically.js';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'launchbook-write-'));
  path = join(folder, 'release.ipynb');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (): number => statSync(path).mode & 0o777;

test('a new file is readable by its owner alone', () => {
  writeAtomically(path, '{}');
  expect(modeOf()).toBe(0o600);
});

test.each([0o644, 0o664, 0o640, 0o600])('a file that is there keeps its mode %o', mode => {
  writeFileSync(path, 'before');
  chmodSync(path, mode);
  writeAtomically(path, 'after');
  expect([readFileSync(path, 'utf8'), modeOf()]).toEqual(['after', mode]);
});

test('a link in its place is replaced, and what it leads to stays as it is', () => {
  const other = join(folder, 'other');
  writeFileSync(other, 'mine');
  symlinkSync(other, path);
  writeAtomically(path, 'after');
  expect([readFileSync(path, 'utf8'), readFileSync(other, 'utf8')]).toEqual(['after', 'mine']);
  expect(readdirSync(folder).sort()).toEqual(['other', 'release.ipynb']);
});
