// Type errors stop a cell, with a code, a place and the lines around it.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CellByCell } from '../cell-by-cell.js';

let cells: CellByCell;
beforeAll(async () => {
  cells = new CellByCell();
  await cells.session.start();
});
afterAll(() => cells.close());

const FAULTS: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['a wrong type', ['const a: number = "x"'], ['TS2322']],
  ['two faults', ['const b: number = "x"; nobody'], ['TS2322', 'TS2304']],
  ['a type that an earlier cell gave', ['let c: string | null = null', 'c = 5'], ['TS2322']],
  ['the newest type of a name', ['const d = 1', 'const d = "s"', 'd.toFixed()'], ['TS2551']],
  ['an assignment to a const of an earlier cell', ['const e = 1', 'e = 2'], ['TS2588']],
  ['a value where an earlier cell has a type', ['interface F {}', 'F'], ['TS2693']],
  ['a helper used wrongly', ['(await $`ls`).exitcode'], ['TS2551']],
  [
    'an import from the helper library',
    [
      'import { Pair, CheckFailedError } from "launchbook"; const p: Pair<number> = { first: 1, second: "2" }; CheckFailedError'
    ],
    ['TS2322']
  ],
  [
    'a module that is not there',
    ['import "./nowhere.js"; import { x } from "nowhere"; x'],
    ['TS2882', 'TS2307']
  ],
  ['names of the browser', ['document.title'], ['TS2584']],
  ['a name of the browser that looks like a variable', ['name'], ['TS2304']],
  ['Node', ['process.chdir(1)'], ['TS2345']],
  ['null, strictly', ['const m = new Map<string, number>(); m.get("x") + 1'], ['TS2532']],
  ['a declaration twice in one cell', ['let n = 1; let n = 2'], ['TS2451', 'TS2451']],
  ['a return', ['return 5'], ['TS1108']],
  ['syntax', ['const q: = 3'], ['TS1110']],
  ['an unterminated template', ['const r = `abc'], ['TS1160']],
  ['a using declaration of something else', ['using s = { n: 1 }'], ['TS2741']],
  [
    'a decorator of the old kind',
    ['function deco(_t: object, _key: string) {}\nclass T { @deco m() {} }'],
    ['TS1241']
  ],
  ['elements without a factory', ['const u = <b>1</b>'], ['TS2874']]
];

describe('a cell does not run because of', () => {
  test.each(FAULTS)('%s', async (_title, code, faults) => {
    for (const before of code.slice(0, -1)) {
      expect(await cells.faultsOf(before)).toEqual([]);
    }
    const outcome = await cells.run(code.at(-1)!);
    expect(outcome.diagnostics.map(one => one.code)).toEqual(faults);
    expect(outcome.script).toBeNull();
  });
});

const CLEAN = [
  'const unused = 1',
  'if (false) { unused }',
  'let unread: number',
  '',
  '// nothing',
  'function f(x: number) {}',
  'throw 1; 2'
];

test.each(CLEAN)('%j has nothing to say', async code => {
  expect(await cells.faultsOf(code)).toEqual([]);
});

test('a fault has its place, counted from 1, and a frame of the lines around it', async () => {
  const { diagnostics } = await cells.run(
    'const one = 1;\n// two\n  const three: number = "3";\nconst four = 4;\n// five'
  );
  expect(diagnostics).toEqual([
    {
      code: 'TS2322',
      severity: 'error',
      message: "Type 'string' is not assignable to type 'number'.",
      line: 3,
      column: 9,
      frame: [
        "error TS2322 in line 3, column 9: Type 'string' is not assignable to type 'number'.",
        '  1 | const one = 1;',
        '  2 | // two',
        '> 3 |   const three: number = "3";',
        '    |         ^^^^^',
        '  4 | const four = 4;'
      ].join('\n')
    }
  ]);
});

test('a fault after a character of two code units points at the right column', async () => {
  const { diagnostics } = await cells.run('const s = "🚀"; const t: number = s');
  expect(diagnostics[0]).toMatchObject({ code: 'TS2322', line: 1, column: 23 });
});

// What a later cell learns of a variable without reading the cell that declares it.
const PLAIN: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['a literal const widens in a let', ['const p1 = 1', 'let q1 = p1; q1 = 2'], []],
  ['a literal const keeps its literal type', ['const p2 = "on"', 'const q2: "on" = p2'], []],
  ['an annotated literal does not widen', ['const p3: 1 = 1', 'let q3 = p3; q3 = 2'], ['TS2322']],
  ['a union', ['let p4: "a" | "b" = "a"', 'p4 = "c"'], ['TS2322']],
  ['a union of quoted words', ["let p5: 'a' | null = null", 'p5 = "a"; p5 = 5'], ['TS2322']],
  ['a list', ['const p6 = [1, 2]', 'const q6: string[] = p6'], ['TS2322']],
  ['an inferred string', ['const p7 = String(7)', 'const q7: number = p7'], ['TS2322']],
  ['an inferred union', ['const p8 = Math.random() > 2 ? 1 : "x"', 'const q8: boolean = p8'], ['TS2322']],
  [
    'a chain of cells',
    ['const p9 = 1', 'const q9 = p9 + 1', 'const r9 = q9 + 1', 'const s9: string = r9'],
    ['TS2322']
  ],
  [
    'a const beside an interface',
    ['interface P10 { n: number } const P10 = 1', 'const q10: P10 = { n: P10 }'],
    []
  ],
  ['a var twice', ['var p11: number = 1; var p11: number = 2', 'p11 = "x"'], ['TS2322']],
  ['an exported variable', ['export const p12: number = 1', 'const q12: string = p12'], ['TS2322']],
  ['a function', ['function p14(n: number, s = "") { return n + s.length }', 'p14("x")'], ['TS2345']],
  [
    'what a function returns',
    ['async function p15(n?: number) { return String(n) }', 'const q15: number = await p15()'],
    ['TS2322']
  ],
  [
    'a generic function',
    ['function p16<T>(x: T) { return [x] }', 'const q16: string[] = p16(1)'],
    ['TS2322']
  ],
  [
    'an overloaded function',
    [
      'function p17(x: string): string; function p17(x: number): number; function p17(x: unknown) { return x as never }',
      'p17(true)'
    ],
    ['TS2769']
  ],
  [
    'a type guard',
    [
      'function p18(x: unknown): x is string { return typeof x === "string" }',
      'const q18: unknown = 1; if (p18(q18)) { const r18: number = q18 }'
    ],
    ['TS2322']
  ],
  [
    'a function with a property',
    ['function p19() {} namespace p19 { export const n = 1 }', 'const q19: string = p19.n'],
    ['TS2322']
  ],
  [
    'an object',
    ['const p20 = { n: 1, deep: { list: ["a"] } }', 'const q20: number[] = p20.deep.list'],
    ['TS2322']
  ],
  [
    'a chain of objects',
    ['const p21 = { n: 1 }', 'const q21 = { ...p21, s: "x" }', 'const r21 = [q21]', 'r21[0].s.toFixed()'],
    ['TS2551']
  ],
  [
    'an object with optional and read-only parts',
    ['const p22: { a?: number; readonly b: string } = { b: "x" }', 'p22.b = "y"; p22.a = "z"'],
    ['TS2540', 'TS2322']
  ],
  [
    'a constant of literals',
    ['const p23 = { kind: "on", list: [1, 2] } as const', 'p23.list.push(3); const q23: "off" = p23.kind'],
    ['TS2339', 'TS2322']
  ],
  [
    'a literal of several, which widens',
    ['const p24 = Math.random() > 2 ? "a" : "b"', 'let q24 = p24; q24 = "c"'],
    []
  ],
  [
    'an arrow function with a pattern',
    ['const p25 = ({ n, s = "x" }: { n: number; s?: string }) => n + s', 'p25({ n: "1" })'],
    ['TS2322']
  ],
  [
    'an arrow function with type parameters',
    ['const p26 = <T extends string>(x: T) => ({ x })', 'p26(1)'],
    ['TS2345']
  ],
  [
    'a function that was given a property',
    ['function p27() {}\np27.limit = 5', 'const q27: string = p27.limit'],
    ['TS2322']
  ],
  [
    'an arrow function that was given a property',
    ['const p28 = () => 1\np28.limit = 5', 'const q28: string = p28.limit'],
    ['TS2322']
  ],
  ['an object with a getter', ['const p29 = { get n() { return 1 } }', 'p29.n = 2'], ['TS2540']],
  [
    'an object with a symbol',
    ['const p30 = { [Symbol.iterator]: function* () { yield 1 } }', 'const q30: string[] = [...p30]'],
    ['TS2322']
  ],
  [
    'a map, where the cell has a Map of its own',
    ['const p31 = new Map([["a", 1]])', 'class Map {}; const q31: string = p31.get("a")!'],
    ['TS2322']
  ],
  [
    'a map of another kind than the global',
    ['const p32 = new globalThis.Map([["a", { n: 1 }]])', 'const q32: string = p32.get("a")!.n'],
    ['TS2322']
  ],
  [
    'what a class of the author makes',
    [
      'class P33 { #own = 1; n = 1 }',
      'const q33 = { made: [new P33()] }',
      'const r33: P33[] = q33.made; q33.made = [{ n: 1 }]'
    ],
    ['TS2741']
  ],
  [
    'an alias that was declared anew',
    [
      'type P34 = { a: number }',
      'const q34: P34 = { a: 1 }',
      'type P34 = { b: number }',
      'const r34: number = q34.a; q34.b'
    ],
    ['TS2339']
  ],
  ['null in it', ['const p13: string | undefined = ["x"][1]', 'p13.length'], ['TS18048']]
];

describe('a later cell knows the type of', () => {
  test.each(PLAIN)('%s', async (_title, code, faults) => {
    for (const before of code.slice(0, -1)) {
      expect(await cells.faultsOf(before)).toEqual([]);
    }
    expect(await cells.faultsOf(code.at(-1)!)).toEqual(faults);
  });
});

test('a chain of objects needs no document of an earlier cell', async () => {
  const chain = new CellByCell();
  await chain.session.start();
  expect(await chain.faultsOf('const o0 = { n: 0, tags: ["x"] }')).toEqual([]);
  for (let number = 1; number <= 20; number += 1) {
    const before = `o${number - 1}`;
    expect(await chain.faultsOf(`const o${number} = { ...${before}, n: ${before}.n + 1 }`)).toEqual([]);
  }
  expect(await chain.valueOf('o20')).toEqual({ n: 20, tags: ['x'] });
  expect(chain.session.openCellDocuments).toBe(0);
  await chain.close();
});

test('a cell with a fault declares nothing', async () => {
  await cells.run('const unseen: number = "x"');
  expect(await cells.faultsOf('unseen')).toEqual(['TS2304']);
});

test('a prepared cell declares nothing until it begins to run', async () => {
  expect((await cells.session.prepare('waiting', 'const later = 1')).script).not.toBeNull();
  expect((await cells.session.prepare('early', 'later')).diagnostics.map(one => one.code)).toEqual([
    'TS2304'
  ]);
});

test.each([
  ['void (() => console.log(process.pid, Buffer.from([1])))', []],
  ['const out = console; const n: number = out.table', ['TS2322']],
  ['// @ts-expect-error\nconsole.log(1)', ['TS2578']],
  ['import { readFileSync } from "node:fs"; const n: number = readFileSync', ['TS2322']],
  ['const n: number = require', ['TS2322']],
  ['const name: import("node:fs").Stats = 1', ['TS2322']],
  ['consoel.log(1)', ['TS2552']],
  ['Error.captureStackTrace({}); fetch("http://x").then(answer => answer.nothing)', ['TS2339']]
])('Node’s types are known to the very first cell: %s', async (code, faults) => {
  await cells.close();
  cells = new CellByCell();
  expect(await cells.faultsOf(code)).toEqual(faults);
});
