// Cells that are checked by TypeScript 7 and run by V8: what a later cell sees of an earlier one.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CellByCell } from './cell-by-cell.js';

let cells: CellByCell;
beforeAll(async () => {
  cells = new CellByCell(
    {},
    {
      'check.ts':
        'export interface Check { readonly passed: boolean }\nexport const check = (passed: boolean): Check => ({ passed });\n',
      'data.json': '{ "services": ["web", "pay"] }'
    }
  );
  await cells.session.start();
});
afterAll(() => cells.close());

// Names are different in each case: the cases share one notebook.
const VALUES: readonly (readonly [string, readonly string[], unknown])[] = [
  ['a first line of a script is a comment', ['#!/usr/bin/env node\nconst b0 = 1', 'b0 + 1'], 2],
  ['a value flows into the next cell', ['const a1 = 20', 'a1 + 22'], 42],
  [
    'a const can be declared again with another type',
    ['const a2 = 1', 'const a2 = "one"', 'a2.toUpperCase()'],
    'ONE'
  ],
  ['a let can become a const', ['let a3 = 1', 'const a3 = 2', 'a3'], 2],
  [
    'a const can become a let, which later cells assign to',
    ['const a4 = 1', 'let a4 = 2', 'a4 = 5', 'a4'],
    5
  ],
  ['a class can become a function', ['class A5 {}', 'function A5() { return 5 }', 'A5()'], 5],
  ['a function can become a const', ['function a6() { return 1 }', 'const a6 = () => 6', 'a6()'], 6],
  ['a function in a block does not stand in the way of a let', ['{ function a7() {} }', 'let a7 = 7; a7'], 7],
  ['closures see the newest value of a let', ['let a8 = 1; const read8 = () => a8', 'a8 = 8', 'read8()'], 8],
  ['a let without a type takes any value later', ['let a9', 'a9 = 9', 'a9 = "nine"; a9'], 'nine'],
  ['an empty array is filled by later cells', ['const a10 = []', 'a10.push(1, "two")', 'a10.length'], 2],
  ['a var of a block is seen later', ['if (true) { var a11 = 11 }', 'a11'], 11],
  [
    'destructured names are seen later',
    ['const { x: a12, ...rest12 } = { x: 1, y: 2 }; const [b12] = [3]', '[a12, rest12.y, b12]'],
    [1, 2, 3]
  ],
  ['await works at the top level', ['const a13 = await Promise.resolve(13)', 'a13'], 13],
  [
    'for await works at the top level',
    ['let sum14 = 0; for await (const x of [1, 2]) { sum14 += x }', 'sum14'],
    3
  ],
  [
    'types and interfaces flow',
    [
      'interface I15 { n: number } type L15<T> = readonly T[]',
      'const l15: L15<I15> = [{ n: 15 }]; l15[0]!.n'
    ],
    15
  ],
  [
    'generic functions keep their types',
    ['function first16<T>(list: readonly T[]): T { return list[0]! }', 'first16(["x"]).toUpperCase()'],
    'X'
  ],
  [
    'a generic arrow function over several lines runs',
    ['const f17 = async <T,>(x: T): Promise<\n  T\n> => x', 'await f17(17)'],
    17
  ],
  ['enums run', ['enum E18 { A, B = 5, C }', '[E18.C, E18[0]]'], [6, 'A']],
  [
    'an enum declared again has its new members alone',
    ['enum E19 { A, B }', 'enum E19 { C }', 'Object.keys(E19)'],
    ['0', 'C']
  ],
  ['const enums run', ['const enum E20 { On = "on" }\nE20.On'], 'on'],
  [
    'namespaces run',
    ['namespace N21 { export const x = 20; export function f() { return x + 1 } }', 'N21.f()'],
    21
  ],
  [
    'class fields and private names run',
    ['class C22 { #n = 22; static s = 1; get n() { return this.#n } }', 'new C22().n'],
    22
  ],
  [
    'parameter properties run',
    [
      'class P23 { constructor(readonly n: number, private m = 1) {} sum() { return this.n + this.m } }',
      'new P23(22).sum()'
    ],
    23
  ],
  [
    'abstract classes, overloads and this parameters run',
    [
      'abstract class A24 { abstract n(): number; twice(this: A24) { return 2 * this.n() } }',
      'class B24 extends A24 { override n() { return 12 } }\nfunction o24(x: string): string;\nfunction o24(x: number): number;\nfunction o24(x: unknown) { return x }\no24(new B24().twice())'
    ],
    24
  ],
  [
    'casts, satisfies and non-null assertions run',
    ['const c25 = ((25 as unknown) as number)! satisfies number; c25'],
    25
  ],
  ['angle bracket casts run', ['<number><unknown>26'], 26],
  ['declared globals exist for the checker alone', ['declare const ghost27: number; 27'], 27],
  [
    'an exported name is an ordinary name',
    ['export const a28 = 28; export type T28 = number; export { a28 as b28 }', 'const t28: T28 = a28; t28'],
    28
  ],
  ['export default evaluates its expression', ['let n29 = 0; export default { n: (n29 = 29) }', 'n29'], 29],
  ['an object literal in parentheses is a value', ['({ a: 30 })'], { a: 30 }],
  [
    'a using declaration in a block is disposed of',
    ['let log31 = ""; { using r = { [Symbol.dispose]() { log31 += "gone" } } }', 'log31'],
    'gone'
  ],
  [
    'an alias of a namespace can become a const',
    [
      'namespace N33 { export const n = 33 }',
      'import alias33 = N33.n; alias33',
      'const alias33 = 34',
      'alias33'
    ],
    34
  ],
  [
    'an enum can become a const, and that an enum',
    ['enum E34 { A }', 'const E34 = 1', 'enum E34 { B = 34 }\nE34.B'],
    34
  ],
  ['names of helpers can be taken', ['const http = 32; http'], 32]
];

const IMPORTS: readonly (readonly [string, readonly string[], unknown])[] = [
  ['named', ['import { join, sep as slash } from "node:path"', 'join("a", slash, "b")'], 'a/b'],
  ['default', ['import path1 from "node:path"', 'path1.basename("/x/y")'], 'y'],
  ['namespace', ['import * as path2 from "node:path"', 'path2.extname("a.ts")'], '.ts'],
  ['default and namespace', ['import path3, * as all3 from "node:path"', 'path3.sep === all3.sep'], true],
  ['default and named', ['import path4, { posix as posix4 } from "node:path"; path4.posix === posix4'], true],
  ['side effect', ['import "node:path"\n"loaded"'], 'loaded'],
  [
    'type-only',
    ['import type { ParsedPath } from "node:path"', 'const p5: ParsedPath | null = null; p5'],
    null
  ],
  [
    'type specifiers beside values',
    [
      'import { type ParsedPath as P6, parse as parse6 } from "node:path"',
      'const p6: P6 = parse6("/a/b.c"); p6.ext'
    ],
    '.c'
  ],
  [
    'names that a later cell alone uses as a value',
    ['import { Stats as S7 } from "node:fs"; let s7: S7 | undefined', 'typeof S7'],
    'function'
  ],
  [
    'used above the import',
    ['const b8 = base8("/q/r"); import { basename as base8 } from "node:path"; b8'],
    'r'
  ],
  [
    'over several lines',
    [
      'import {\n  dirname as dir9,\n  // the last part\n  basename as base9\n} from "node:path"\nbase9(dir9("/a/b/c"))'
    ],
    'b'
  ],
  ['dynamic', ['(await import("node:path")).basename("/x/z")'], 'z'],
  ['a local file, without its ending', ['import { check } from "./check"', 'check(true).passed'], true],
  [
    'types of a local file',
    ['import type { Check } from "./check.js"', 'const c12: Check = { passed: false }; c12.passed'],
    false
  ],
  [
    'json with an attribute',
    ['import data13 from "./data.json" with { type: "json" }', 'data13.services.length'],
    2
  ],
  ['a re-export loads its module', ['export { sep } from "node:path"; export * from "node:os"; 14'], 14],
  ['import.meta', ['import.meta.url'], 'file:///notebook/cell.ts']
];

const GLOBALS: readonly (readonly [string, readonly string[], unknown])[] = [
  [
    'a const named URL leaves the global to libraries',
    [
      'const URL = "http://web"',
      'new (await import("node:url")).URL(URL).host + (globalThis.URL === (await import("node:url")).URL)'
    ],
    'webtrue'
  ],
  ['a function named fetch', ['function fetch(n: number) { return n + 1 }\nfetch(1)', 'fetch(2)'], 3],
  [
    'shorthand and defaulted patterns',
    [
      'const performance = 3; const wrapped = { performance }',
      'const take = ({ performance = 4 }) => performance; [wrapped.performance, take({})]'
    ],
    [3, 4]
  ],
  [
    'an inner scope keeps its own',
    ['const process = 5; const inner = (process: number) => process * 2', '[process, inner(4)]'],
    [5, 8]
  ],
  [
    'assigned to in a pattern',
    [
      'let name2 = 0; let structuredClone = 0; ({ structuredClone, x: name2 } = { structuredClone: 6, x: 7 })',
      '[structuredClone, name2]'
    ],
    [6, 7]
  ],
  ['a class and its type', ['class Blob { readonly n = 8 }', 'const blob: Blob = new Blob(); blob.n'], 8]
];

describe('cells', () => {
  test.each(VALUES)('%s', async (_title, code, value) => {
    expect(await cells.valueOf(...code)).toEqual(value);
  });
});

describe('imports', () => {
  test.each(IMPORTS)('%s', async (_title, code, value) => {
    // The fixture evaluates with Node's own loader, which wants the ending that the executor adds.
    expect(await cells.valueOf(...code.map(one => one.replace('"./check"', '"./check.ts"')))).toEqual(value);
  });
});

describe('names of globals', () => {
  test.each(GLOBALS)('%s', async (_title, code, value) => {
    expect(await cells.valueOf(...code)).toEqual(value);
  });
});

test('a cell that throws has declared its names all the same', async () => {
  const thrown = await cells.run('let kept = 1\nthrow new Error("no")');
  expect(thrown.error).toContain('Error: no');
  expect(await cells.valueOf('kept')).toBe(1);
});

test('stack traces show the line and column of the cell', async () => {
  const line = 'const far: number = (null as unknown as { x: number }).x;';
  const { error, script } = await cells.run(`const text: string =\n  "abc";\n${line}`);
  expect(error).toContain(`${script?.sourceUrl}:3:${line.indexOf('.x') + 2}`);
});

test('a replaced executor starts without names', async () => {
  await cells.valueOf('const lost = 1');
  cells.session.reset();
  expect(await cells.faultsOf('lost')).toEqual(['TS2304']);
});
