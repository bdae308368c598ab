// Types are overwritten as Node overwrites them, and left to Node where blanks alone would change the meaning.
import { expect, test } from '@jest/globals';
import { stripTypeScriptTypes } from 'node:module';
import { blankTypes } from '../../../../kernel/language/javascript/blank-types.js';
import { parse } from '../../../../record/source/parse.js';

const blanked = (text: string): string | null => blankTypes(text, parse(text).body);

test.each([
  '1 + 1',
  'const a: number = 1, b: string | null = null',
  'let c: { id: number; name: string }',
  'let d: {\n  id: number\n} = { id: 1 }; d',
  'function f(x: number, y?: string, ...rest: number[]): asserts x { return }',
  'async function* g<T extends object>(this_: T): AsyncGenerator<T> { yield this_ }',
  'const h = <T,>(x: T): T => x',
  'const i = async (x?: number): Promise<void> => { await x! }',
  'const j = { m<T>(x: T): T { return x }, get n(): number { return 1 } }',
  'const k = [1, 2] as const; const l = k satisfies readonly number[]; (k as unknown as string).length',
  'class A<T> extends Map<string, T> implements Iterable<T>, Disposable { x: number = 1; #y: never }',
  'class B extends A<number> { static z: string; m(a: number): void {} constructor(a: string) { super() } }',
  'interface I { a: number }\ntype J = I["a"];\nconst n: J = 1',
  'declare const o: number; declare function p(): void; declare class Q {} declare enum R { A } declare module "s" {}',
  'export type { I } from "x"; import type { K } from "y"; export interface L {}; export const m: number = 1',
  'new Map<string, number[]>(); new Set<string>; f<number>(1); tag<string>`x`',
  'const { a, b: [c] }: { a: number; b: number[] } = x; for (const d of e as number[]) {}',
  'try { f() } catch (error: unknown) { throw error as Error }',
  'function over(a: string): void;\nfunction over(a: number): void;\nfunction over(a: unknown) { a }',
  'const grün: string = "🚦"; const nach: number = 1',
  'type T = typeof import("node:fs"); const u = f<T>; const v = a!.b![0]!',
  'label: for (;;) { break label }\nconst w = (x: number) => y as string',
  'const x: A = 1 // ä: number\n/* b: string */ const y: B = 2',
  'switch (1 as number) { case 1: { type Z = 1; let z: Z } }'
])('as Node does: %s', text => {
  const { faults } = parse(text);
  expect(faults).toEqual([]);
  const js = blanked(text);
  const sizes = (lines: string): number[] => lines.split('\n').map(line => line.length);
  expect(sizes(js ?? '')).toEqual(sizes(text));
  expect(bare(js ?? '')).toBe(bare(stripTypeScriptTypes(text)));
});

test.each([
  ['a cast before a parenthesis on the next line', 'let a = b as string\n(c)'],
  ['a variable before a bracket on the next line', 'let a: string\n[1].map(f)'],
  ['an interface between statements that would become one', 'const a = 1\ninterface B {}\n(c)()'],
  ['a return type over lines, before an arrow', 'const f = (): {\n  a: number\n} => x'],
  ['an enum', 'enum A { B }'],
  ['a namespace', 'namespace A { export const b = 1 }'],
  ['a parameter that is a property', 'class A { constructor(public a: number) {} }'],
  ['modifiers of members', 'class A { private a = 1; readonly b = 2; declare c: number; d?: number }'],
  ['an abstract class', 'abstract class A { abstract b(): void }'],
  ['overloads of a method', 'class A { b(): void; b(c?: number) {} }'],
  ['a parameter for this', 'function a(this: string) {}'],
  ['a cast in front', 'const a = <string>b'],
  ['an exported type among values', 'const a = 1; type B = 1; export { a, type B }'],
  ['a default interface', 'export default interface A {}'],
  ['a field whose name is a keyword without its type', 'class A { get: string\n b() {} }'],
  ['a definite assignment', 'let a!: number'],
  ['an import by assignment', 'import a = require("b")']
])('is left to others: %s', (_case, text) => {
  expect(parse(text).faults).toEqual([]);
  expect(blanked(text)).toBeNull();
});

function bare(js: string): string {
  return js.replace(/[\s;]/g, '');
}
