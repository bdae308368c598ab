// Cells over the documented features of tslab, in small notebooks. A cell that does another thing here than there says what both do,
// and under which heading of docs/compatibility.md the reason stands.

/** A cell that both kernels treat alike, or one with its difference. */
export type OracleCell =
  string | { readonly code: string; readonly why: string; readonly tslab: string; readonly here: string };

/** A notebook of the comparison. */
export interface OracleNotebook {
  readonly title: string;
  readonly cells: readonly OracleCell[];
}

/** Files beside all of the notebooks. */
export const FILES: Readonly<Record<string, string>> = {
  'shapes.ts':
    'export interface Shape { readonly area: number }\nexport const square = (n: number): Shape => ({ area: n * n });\nexport default "shapes";\n',
  'uses-shapes.ts': 'import { square } from "./shapes";\nexport const four = square(2).area;\n',
  'numbers.json': '{ "list": [1, 2, 3] }',
  'node_modules/plain/package.json': '{ "name": "plain", "main": "index.js", "types": "index.d.ts" }',
  'node_modules/plain/index.js': 'exports.level = 3; exports.add = (a, b) => a + b;',
  'node_modules/plain/index.d.ts':
    'export const level: number;\nexport function add(a: number, b: number): number;\n'
};

/** All of them. */
export const NOTEBOOKS: readonly OracleNotebook[] = [
  {
    title: 'values',
    cells: [
      '1 + 2',
      '"text"',
      'true',
      '[1, "two", { three: 3 }]',
      '({ a: 1, b: { c: [1, 2] } })',
      'new Map([["k", 1]])',
      'new Set([1, 2])',
      '123n',
      'Symbol("s")',
      '/a+b/g',
      'new Date(0).toISOString()',
      '`${1 + 1} two`',
      'undefined',
      {
        code: 'null',
        why: 'A result that is null is shown',
        tslab: 'is silent',
        here: 'shows null'
      },
      'let a = 10',
      'a',
      'a = a + 1',
      {
        code: 'a;',
        why: 'A semicolon after the last expression hides it',
        tslab: 'shows 11',
        here: 'is silent'
      },
      'a++',
      'if (a > 5) { "block" }',
      'const f = (x: number) => x * 2',
      'f(21)',
      'typeof f',
      '[...Array(3).keys()]',
      'console.log("printed"); 5',
      'console.log("one"); console.log("two")',
      ''
    ]
  },
  {
    title: 'declarations',
    cells: [
      'let x = 3, y = "s"; var z = true',
      '[x, y, z]',
      'let x: string = "now a string"',
      'x.toUpperCase()',
      'const k = 1',
      'k + 1',
      'k = 2',
      'const k = "again"',
      'k.length',
      'function greet(name: string): string { return `hello ${name}` }',
      'greet("you")',
      'function greet(name: string, n = 2) { return name.repeat(n) }',
      'greet("ab")',
      'let greet = 5',
      'greet + 1',
      'const { p, q: { r }, ...rest } = { p: 1, q: { r: 2 }, s: 3, t: 4 }',
      '[p, r, rest]',
      'const [first, , third = 9] = [1, 2]',
      'first + third',
      'let counter = 0; const count = () => ++counter',
      'count(); count(); counter',
      'var v1 = 1; { var v1 = 2 } v1',
      'let unset: number | undefined',
      'unset',
      {
        code: 'export const shared = 7',
        why: 'A cell may export',
        tslab: 'does not run: TS2323 TS2323 TS2484',
        here: 'is silent'
      },
      {
        code: 'shared',
        why: 'A cell may export',
        tslab: 'does not run: TS2304',
        here: 'shows 7'
      }
    ]
  },
  {
    title: 'types',
    cells: [
      'interface Person { name: string; age?: number }',
      'const ada: Person = { name: "Ada" }',
      'ada.age',
      'type Pair<T> = [T, T]',
      'const pair: Pair<number> = [1, 2]; pair[1]',
      'enum Color { Red, Green = 5, Blue }',
      'Color.Blue',
      'Color[5]',
      'const enum Flag { On = 1 }',
      'Flag.On',
      'namespace Geometry { export const pi = 3; export function area(r: number) { return pi * r * r } }',
      'Geometry.area(2)',
      'function identity<T>(value: T): T { return value }',
      'identity<string>("typed").length',
      'const u: string | number = Math.random() > 2 ? 1 : "u"; typeof u',
      '({ n: 1 } satisfies { n: number }).n',
      '(5 as unknown as string)',
      'type Mapped = { [K in "a" | "b"]: K }; const m: Mapped = { a: "a", b: "b" }; m',
      'abstract class Base { abstract value(): number; twice() { return 2 * this.value() } }',
      'class Derived extends Base { constructor(private readonly n: number) { super() } value() { return this.n } }',
      'new Derived(4).twice()',
      'class Counter { #n = 0; static made = 0; get n() { return this.#n } add() { this.#n++; return this } constructor() { Counter.made++ } }',
      'new Counter().add().add().n',
      'Counter.made',
      'function over(x: string): string; function over(x: number): number; function over(x: any) { return x }',
      'over(3)',
      'interface Person { extra: string }',
      'const later: Person = { extra: "x" }',
      'const tuple = [1, "a"] as const; tuple[1]',
      'let nothing: void = undefined'
    ]
  },
  {
    title: 'type errors',
    cells: [
      'const wrong: number = "text"',
      'undeclaredName',
      '"abc".toFixed(1)',
      'function needs(a: number, b: number) { return a + b }',
      'needs(1)',
      'needs("1", 2)',
      'needs(1, 2, 3)',
      'const obj = { a: 1 }',
      'obj.b',
      {
        code: 'interface I { a: number } const i: I = { a: 1, b: 2 }',
        why: 'Error codes are those of TypeScript 7',
        tslab: 'does not run: TS2322 TS2353',
        here: 'does not run: TS2353'
      },
      'let twice = 1; let twice = 2',
      'class C { private x = 1 }',
      'new C().x',
      'import { nothing } from "fs"',
      'import { x } from "no-such-package"',
      'const 1x = 2',
      {
        code: 'if (',
        why: 'Error codes are those of TypeScript 7',
        tslab: 'does not run: TS1109',
        here: 'does not run: TS1109 TS1313'
      },
      {
        code: 'let untyped = (a) => a',
        why: 'Cells are checked strictly',
        tslab: 'is silent',
        here: 'does not run: TS7006'
      },
      'let maybe: string | undefined = [].pop()',
      {
        code: 'maybe.length',
        why: 'Cells are checked strictly',
        tslab: "throws TypeError: Cannot read properties of undefined (reading 'length')",
        here: 'does not run: TS18048'
      },
      'for (const q of 5) {}',
      'enum E { A } E.B',
      'return 5',
      '1 + 1; wrong2'
    ]
  },
  {
    title: 'async',
    cells: [
      'await Promise.resolve(5)',
      'const waited = await new Promise<string>(done => setTimeout(() => done("late"), 5))',
      'waited',
      'async function work(n: number) { await null; return n + 1 }',
      'await work(1)',
      'const results = await Promise.all([1, 2].map(work)); results',
      {
        code: 'work(5)',
        why: 'A promise is shown as it is at the end of the cell',
        tslab: 'shows Promise { <pending> }',
        here: 'shows Promise { 6 }'
      },
      {
        code: 'let total = 0; for await (const n of [1, Promise.resolve(2)]) total += n',
        why: '`for await` works at the top level',
        tslab: 'throws SyntaxError: Unexpected reserved word',
        here: 'is silent'
      },
      {
        code: 'total',
        why: '`for await` works at the top level',
        tslab: 'does not run: TS2304',
        here: 'shows 3'
      },
      'async function* many() { yield 1; yield 2 }',
      {
        code: 'const all: number[] = []; for await (const n of many()) { all.push(n) }',
        why: '`for await` works at the top level',
        tslab: 'throws SyntaxError: Unexpected reserved word',
        here: 'is silent'
      },
      {
        code: 'all',
        why: '`for await` works at the top level',
        tslab: 'does not run: TS2304',
        here: 'shows [ 1, 2 ]'
      },
      'function* gen() { yield* [1, 2, 3] }',
      '[...gen()]',
      'await Promise.reject(new Error("refused"))',
      'try { await Promise.reject(new Error("caught")) } catch (e) { (e as Error).message }'
    ]
  },
  {
    title: 'errors while running',
    cells: [
      'throw new Error("thrown")',
      'throw new TypeError("typed")',
      'let before = 1; throw new Error("after before")',
      {
        code: 'before',
        why: 'What a cell declared before it failed stays declared',
        tslab: 'does not run: TS2304',
        here: 'shows 1'
      },
      '(null as any).x',
      'JSON.parse("{")',
      {
        code: 'throw "a string"',
        why: 'A thrown value that is no error is reported as one',
        tslab: 'throws a string',
        here: "throws NonError: A value that is not an error was thrown: 'a string'"
      },
      'class OwnError extends Error { name = "OwnError" }',
      'throw new OwnError("own")',
      'let kept = 2; kept',
      {
        code: 'null!.toString()',
        why: 'Error codes are those of TypeScript 7',
        tslab: 'does not run: TS2531',
        here: 'does not run: TS2339'
      },
      'kept = 3; (undefined as any)()',
      'kept'
    ]
  },
  {
    title: 'modules',
    cells: [
      'import * as path from "path"',
      'path.join("a", "b")',
      'import { basename, extname as ext } from "path"',
      'basename("/x/y.ts") + ext("y.ts")',
      'import os from "os"',
      'import fs, { existsSync } from "node:fs"; typeof fs.readFileSync + existsSync("/")',
      'import { square, Shape } from "./shapes"',
      'const s: Shape = square(3); s.area',
      'import name from "./shapes"; name',
      'import { four } from "./uses-shapes"; four',
      'import type { Stats } from "fs"; let stats: Stats | null = null',
      'import numbers from "./numbers.json"; numbers.list.length',
      'import { level, add } from "plain"; add(level, 1)',
      'import "./shapes"',
      'const dynamic = await import("path"); dynamic.sep',
      '(await import("./shapes")).square(5).area',
      'const util = require("util"); util.format("%d", 1)',
      {
        code: 'import crypto = require("crypto"); typeof crypto.randomUUID',
        why: '`import x = require()` works',
        tslab: 'does not run: TS1202',
        here: "shows 'function'"
      },
      'import { join } from "path"; const join2 = join; join2("c", "d")',
      'process.version.startsWith("v")',
      'Buffer.from("ab").toString("hex")',
      {
        code: 'typeof __dirname',
        why: 'Names of CommonJS are there',
        tslab: "shows 'undefined'",
        here: "shows 'string'"
      },
      'globalThis === global'
    ]
  },
  {
    title: 'rich outputs and magics',
    cells: [
      'import * as tslab from "tslab"',
      'typeof tslab.display.html + typeof tslab.newDisplay',
      'tslab.versions.node === process.version',
      {
        code: '/** @module mylib */\nexport const answer = 42',
        why: 'Cells that are modules, or for the browser, do not run',
        tslab: 'is silent',
        here: 'does not run: cell.module'
      },
      {
        code: 'import { answer } from "./mylib"; answer',
        why: 'Cells that are modules, or for the browser, do not run',
        tslab: 'shows 42',
        here: 'does not run: TS2307'
      },
      {
        code: '/** @browser */\ndocument.title',
        why: 'Cells that are modules, or for the browser, do not run',
        tslab: 'is silent',
        here: 'does not run: cell.browser'
      },
      '/** @node */\n1 + 1',
      '/** @jsx h */\nconst h = (tag: string, _props: null, ...children: unknown[]) => [tag, ...children]\nconst el: unknown = h("b", null, 1)',
      'el'
    ]
  },
  {
    title: 'scope',
    cells: [
      'const URL = "shadowed"',
      'URL',
      'new (require("url").URL)("http://a/b").pathname',
      'let process2 = process.pid > 0; process2',
      'const fetch = 5; fetch + 1',
      'let name = "free"; name.length',
      'var event = { type: "mine" }; event.type',
      'let i = 0; for (let i = 0; i < 3; i++) {} i',
      'label: for (const a of [1, 2]) { for (const b of [1]) { continue label } }',
      'const recursive = (n: number): number => n === 0 ? 0 : n + recursive(n - 1); recursive(4)',
      'let late = () => defined; let defined = "later"; late()',
      'const self = 1; { const self = 2 } self',
      'function outer() { return inner() } function inner() { return "in" }',
      'outer()',
      'function inner() { return "new inner" }',
      {
        code: 'outer()',
        why: 'A function sees what was declared last',
        tslab: "shows 'in'",
        here: "shows 'new inner'"
      },
      'typeof this',
      '{ function hidden() { return 1 } } typeof (globalThis as any).hidden',
      'delete (globalThis as any).nothing'
    ]
  }
];
