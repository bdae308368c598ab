// What cells can import, and from where.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TestExecutor } from './start-executor.js';

const executor = new TestExecutor();

beforeAll(() => {
  const write = (path: string, text: string): void => writeFileSync(join(executor.folder, path), text);
  mkdirSync(join(executor.folder, 'node_modules/tool'), { recursive: true });
  write('node_modules/tool/package.json', '{ "name": "tool", "main": "index.cjs" }');
  write('node_modules/tool/index.cjs', 'exports.level = 3; exports.name = "tool";');
  write('services.json', '{ "services": ["cart", "stock"] }');
  write(
    'check.ts',
    'import { double } from "provided/tools";\nexport const twice = (n: number): number => double(n) as number;\n'
  );
  write('gate.ts', 'export { twice } from "./check.js";\nexport const gate: string = "open";\n');
});

afterAll(() => executor.close());

test.each([
  ["Node's modules", `(await __launchbookImport('node:path')).sep`, "'/'"],
  ['JSON without attributes', `(await __launchbookImport('./services.json')).default.services[1]`, "'stock'"],
  [
    'JSON with attributes',
    `(await __launchbookImport('./services.json', { with: { type: 'json' } })).default.services.length`,
    '2'
  ],
  ['named exports of a CommonJS package', `(await __launchbookImport('tool')).level`, '3'],
  ['the default export of a CommonJS package', `(await __launchbookImport('tool')).default.name`, "'tool'"],
  ['a local TypeScript file', `(await __launchbookImport('./gate.ts')).gate`, "'open'"],
  [
    'a local TypeScript file by the name of its JavaScript',
    `(await __launchbookImport('./gate.js')).gate`,
    "'open'"
  ],
  ['a local TypeScript file without an ending', `(await __launchbookImport('./gate')).gate`, "'open'"],
  ['a provided module', `(await __launchbookImport('provided/tools')).double(4)`, '8'],
  ['a provided module through a local file', `(await __launchbookImport('./gate')).twice(5)`, '10'],
  ['a package by require', `require('tool').level`, '3'],
  ['a local file by require', `require('./services.json').services[0]`, "'cart'"]
])('%s', async (_title, js, shown) => {
  expect(await executor.value(js)).toBe(shown);
});

test('a provided module is the same object in cells and in local files', async () => {
  const js = `const one = await __launchbookImport('provided/tools');
    require('node:fs').writeFileSync('same.mjs', 'export { double } from "provided/tools"');
    (await __launchbookImport('./same.mjs')).double === one.double`;
  expect(await executor.value(js)).toBe('true');
});

test('import.meta tells the notebook folder', async () => {
  expect(await executor.value('__launchbookMeta.dirname')).toBe(`'${executor.folder}'`);
  const target = pathToFileURL(join(executor.folder, 'services.json')).href;
  expect(await executor.value(`__launchbookMeta.resolve('./services.json')`)).toBe(`'${target}'`);
});

test('a module that is not there is an error of the cell', async () => {
  const { error } = await executor.run(`await __launchbookImport('./missing.js')`);
  expect(error?.evalue).toContain('missing.js');
  expect(error?.traceback.join('\n')).toContain("code: 'ERR_MODULE_NOT_FOUND'");
});
