// The lint rules about circles and full folders, on a small tree in which each violation is planted.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Rule } from 'eslint';
import { faultsIn, loadRule } from './lint-with-rule.js';

const TREE: { readonly [path: string]: string } = {
  'run/gate/ask.ts': "import { answer } from './answer.js';\nexport const ask = answer;",
  'run/gate/answer.ts': "import type { Hold } from './hold.js';\nexport const answer: Hold = 1;",
  'run/gate/hold.ts': 'export type Hold = number;',
  'run/holds/show.ts': "export * from '../outputs/text.js';",
  'run/outputs/text.ts': "export * from './wide.js';",
  'run/outputs/wide.ts': "export const wide = 'wide';",
  'run/ports.ts': "export * from './outputs/wide.js';",
  ...Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [`record/full/file-${10 + index}.ts`, 'export {};'])
  )
};

const folder = mkdtempSync(join(tmpdir(), 'house-'));
let circles: Rule.RuleModule;
let folderSize: Rule.RuleModule;

beforeAll(async () => {
  for (const [path, code] of Object.entries(TREE)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), code);
  }
  circles = await loadRule('circles', folder);
  folderSize = await loadRule('folder-size', folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('The rule about circles', () => {
  test('finds files that import each other, also by types, and tells the way', () => {
    expect(faultsIn(circles, 'run/gate/hold.ts', "import type { ask } from './ask.js';", folder)).toEqual([
      'Files import each other in a circle: run/gate/hold.ts → run/gate/ask.ts → run/gate/answer.ts → run/gate/hold.ts.'
    ]);
  });

  test.each([
    "export * from './ask.js';",
    "export const ask = () => import('./ask.js');",
    "export type Ask = import('./ask.js').Ask;",
    "export * from './hold.js';"
  ])('finds one through: %s', code => {
    expect(faultsIn(circles, 'run/gate/hold.ts', code, folder)).toHaveLength(1);
  });

  test('finds folders of a room that import each other, though no file does', () => {
    expect(faultsIn(circles, 'run/outputs/wide.ts', "import '../holds/hold-text.js';", folder)).toEqual([
      'Folders import each other in a circle: run/outputs → run/holds → run/outputs.'
    ]);
  });

  test.each([
    ['run/gate/answer.ts', TREE['run/gate/answer.ts']!],
    ['run/holds/show.ts', TREE['run/holds/show.ts']!],
    ['run/outputs/wide.ts', "import { join } from 'node:path';\nexport const wide = join('a', 'b');"],
    // Files directly in a room form no folder, and rooms are the layers' concern.
    ['run/outputs/text.ts', "import '../ports.js';"],
    ['run/outputs/text.ts', "import '../../record/full/file-10.js';"]
  ])('accepts in %s: %s', (path, code) => {
    expect(faultsIn(circles, path, code, folder)).toEqual([]);
  });
});

describe('The rule about full folders', () => {
  test('tells a 21st file, and leaves the first twenty alone', () => {
    expect(faultsIn(folderSize, 'record/full/file-30.ts', 'export {};', folder)).toEqual([
      'record/full holds 21 source files, at most 20 are allowed: divide it by purpose.'
    ]);
    expect(faultsIn(folderSize, 'record/full/file-29.ts', 'export {};', folder)).toEqual([]);
  });

  test('leaves folders beside the rooms alone', () => {
    expect(faultsIn(folderSize, 'tests/full/file-30.ts', 'export {};', folder)).toEqual([]);
  });
});
