// A cell may give its own things the names of globals. Libraries, the helper library and the kernel go on with the real ones, in this
// cell and in all later ones.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LiveNotebook } from './live-notebook.js';

let notebook: LiveNotebook;
beforeAll(async () => {
  notebook = new LiveNotebook({
    'uses-globals.ts': `export function look(): unknown[] {
  return [new URL('http://web/a').pathname, typeof process.pid, Buffer.from('x').length, typeof setTimeout, typeof fetch, Array.isArray([]), JSON.stringify({}), new Map([[1, 2]]).size, new Error('e').message];
}
`,
    'node_modules/old-tool/package.json': '{ "name": "old-tool", "main": "index.js" }',
    'node_modules/old-tool/index.js': `exports.look = () => new URL('http://web/b').pathname + typeof process.pid + typeof global.Promise;`,
    'node_modules/old-tool/index.d.ts': 'export function look(): string;'
  });
  await notebook.start();
});
afterAll(() => notebook.close());

const SHADOWS: readonly (readonly [string, string, string])[] = [
  ['const URL = "http://web"', 'URL', "'http://web'"],
  ['let process = 1', 'process + 1', '2'],
  ['const console = { log: 2 }', 'console.log', '2'],
  ['class Map { readonly n = 3 }', 'new Map().n', '3'],
  ['function fetch() { return 4 }', 'fetch()', '4'],
  ['const Array = 5', 'Array', '5'],
  ['const JSON = { own: 6 }', 'JSON.own', '6'],
  ['let Promise = 7', 'Promise = 8; Promise', '8'],
  ['const Object = 9', 'Object', '9'],
  ['import { URL } from "node:url"', 'new URL("http://web/c").pathname', "'/c'"],
  ['const { Buffer, Symbol } = { Buffer: 10, Symbol: 11 }', '[Buffer, Symbol]', '[ 10, 11 ]'],
  ['var setTimeout = 12', 'setTimeout', '12'],
  ['enum Error { No = 13 }', 'Error.No', '13'],
  ['namespace Reflect { export const n = 14 }', 'Reflect.n', '14'],
  ['const globalThis = 15', 'globalThis', '15'],
  ['const require = 16', 'require', '16'],
  ['const display = 17', 'display', '17'],
  ['const undefinedName = 18, exports = 19, module = 20', '[exports, module]', '[ 19, 20 ]']
];

describe.each(SHADOWS)('%s', (declaration, use, shown) => {
  test('means that name in later cells, and leaves the global to everybody else', async () => {
    expect((await notebook.run(declaration)).faults).toEqual([]);
    expect(await notebook.shown(use)).toBe(shown);
    expect(await notebook.shown('import { look } from "./uses-globals"\nlook()')).toBe(
      "[\n  '/a',       'number',\n  1,          'function',\n  'function', true,\n  '{}',       1,\n  'e'\n]"
    );
    expect(await notebook.shown('import { look as old } from "old-tool"\nold()')).toBe("'/bnumberfunction'");
  });
});

test('after all of them the kernel still prints, fails and runs commands', async () => {
  expect((await notebook.run('(await import("node:console")).log("still here")')).stdout).toBe(
    'still here\n'
  );
  expect((await notebook.run('throw new TypeError("told")')).error).toBe('TypeError: told');
  expect(
    await notebook.shown(
      'import { execFileSync } from "node:child_process"\nString(execFileSync("echo", ["run"]))'
    )
  ).toBe("'run\\n'");
});
