// Files beside the notebook that are edited between two cells: the next cell sees them as they are, in types and in values.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { LiveNotebook } from '../live-notebook.js';

let notebook: LiveNotebook;
beforeAll(async () => {
  notebook = new LiveNotebook({
    'package.json': '{ "type": "module", "imports": { "#named": "./lib/named.ts" } }',
    'lib/named.ts': 'export const named = 1;\n',
    'check.ts': 'export const level = 1;\n',
    'deep.ts': 'import { inner } from "./inner";\nexport const deep = () => inner;\n',
    'inner.ts': 'export const inner = 1;\n',
    'aside.ts': 'import "./inner";\nexport const loadedAt = performance.now();\n',
    'still.ts': 'export const loadedAt = performance.now();\n',
    'data.json': '{ "level": 1 }',
    'old.cjs': 'exports.level = 1;\n',
    'uses-old.cjs': 'exports.level = require("./old.cjs").level;\n',
    'node_modules/tool/package.json': '{ "name": "tool", "main": "index.cjs" }',
    'node_modules/tool/index.cjs': 'exports.level = 1;',
    'node_modules/tool/index.d.cts': 'export const level: number;'
  });
  await notebook.start();
});
afterAll(() => notebook.close());

test('an edited file is imported again, with its new types', async () => {
  expect(await notebook.shown('import { level } from "./check"\nlevel + 1')).toBe('2');
  notebook.write('check.ts', 'export const level = "two";\n');
  expect((await notebook.run('import { level } from "./check"\nconst n: number = level')).faults).toEqual([
    'TS2322'
  ]);
  expect(await notebook.shown('import { level } from "./check"\nlevel.toUpperCase()')).toBe("'TWO'");
});

test('so is one that package.json names', async () => {
  expect(await notebook.shown('import { named } from "#named"\nnamed + 1')).toBe('2');
  notebook.write('lib/named.ts', 'export const named = "two";\n');
  expect((await notebook.run('import { named } from "#named"\nconst m: number = named')).faults).toEqual([
    'TS2322'
  ]);
  expect(await notebook.shown('import { named } from "#named"\nnamed.toUpperCase()')).toBe("'TWO'");
});

test('a name keeps its value until it is imported again', async () => {
  notebook.write('check.ts', 'export const level = 3;\n');
  expect(await notebook.shown('level as unknown')).toBe("'two'");
  expect(await notebook.shown('(await import("./check")).level')).toBe('3');
});

test('a file is imported again when one that it imports was edited, by whichever file that is noticed first', async () => {
  expect(
    await notebook.shown('import { deep } from "./deep.js"\nimport { loadedAt } from "./aside"\ndeep()')
  ).toBe('1');
  notebook.write('inner.ts', 'export const inner = 2;\n');
  expect(await notebook.shown('import { deep } from "./deep.js"\ndeep()')).toBe('2');
  expect(await notebook.shown('loadedAt < (await import("./aside")).loadedAt')).toBe('true');
});

test('a file that was not edited keeps its state', async () => {
  await notebook.run('import { loadedAt as first } from "./still"');
  notebook.write('check.ts', 'export const level = 4;\n');
  expect(
    await notebook.shown(
      'import { level } from "./check"\nimport { loadedAt as again } from "./still"\nfirst === again'
    )
  ).toBe('true');
});

test('JSON and CommonJS files are read anew', async () => {
  const read =
    'import data from "./data.json" with { type: "json" }\nimport old from "./uses-old.cjs"\n[data.level, old.level]';
  expect(await notebook.shown(read)).toBe('[ 1, 1 ]');
  notebook.write('data.json', '{ "level": 2 }');
  notebook.write('old.cjs', 'exports.level = 2;\n');
  expect(await notebook.shown(read)).toBe('[ 2, 2 ]');
  notebook.write('old.cjs', 'exports.level = 3;\n');
  expect(await notebook.shown('require("./uses-old.cjs").level')).toBe('3');
});

test('a package is not loaded twice', async () => {
  expect(await notebook.shown('import { level as tool1 } from "tool"\ntool1')).toBe('1');
  notebook.write('node_modules/tool/index.cjs', 'exports.level = 2;');
  expect(await notebook.shown('import { level as tool2 } from "tool"\ntool2')).toBe('1');
});

test('a file that was broken or missing is seen once it is fixed', async () => {
  expect((await notebook.run('import { born } from "./born"')).faults).toEqual(['TS2307']);
  notebook.write('born.ts', 'export const born = ;\n');
  expect((await notebook.run('import { born } from "./born"')).error).toMatch(/^SyntaxError/);
  notebook.write('born.ts', 'export const born: number = 5;\n');
  expect(await notebook.shown('import { born } from "./born"\nborn')).toBe('5');
});

test('a package is seen once it is installed', async () => {
  const code = 'import { late } from "late"\nlate.toFixed(1)';
  expect((await notebook.run(code)).faults).toEqual(['TS2307']);
  notebook.write(
    'node_modules/late/package.json',
    '{ "name": "late", "type": "module", "main": "index.js" }'
  );
  notebook.write('node_modules/late/index.js', 'export const late = 1;');
  notebook.write('node_modules/late/index.d.ts', 'export const late: number;');
  expect(await notebook.shown(code)).toBe("'1.0'");
});

test('a trace names a file that was imported again as its author does', async () => {
  notebook.write('check.ts', 'export function fail(): never { throw new Error("no") }\n');
  const { traceback } = await notebook.run('import { fail } from "./check"\nfail()');
  expect(traceback.slice(0, 2)).toEqual(['Error: no', '    at fail (check.ts:1:39)']);
});

test('a tsconfig.json that relaxes the check is respected, also once it has changed', async () => {
  const relaxed = new LiveNotebook({
    'tsconfig.json': '{ "compilerOptions": { "strict": false } }',
    'check.ts': 'export const one = 1;\n'
  });
  try {
    await relaxed.start();
    expect(await relaxed.shown('const loose = (a) => a;\nloose(process.version.length > 1)')).toBe('true');
    expect(await relaxed.shown('import { one } from "./check"\nenum E { A }\none + E.A')).toBe('1');
    relaxed.write('tsconfig.json', '{ "compilerOptions": { "strict": true } }');
    expect((await relaxed.run('const tight = (a) => a')).faults).toEqual(['TS7006']);
  } finally {
    await relaxed.close();
  }
});
