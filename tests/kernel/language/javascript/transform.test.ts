// What V8 is given: the author's text, but for what V8 cannot take.
import { describe, expect, test } from '@jest/globals';
import { analyse } from '../../../../record/source/analysis.js';
import { Bindings } from '../../../../kernel/language/names/bindings.js';
import { Compiler } from '../../../../kernel/language/javascript/compiler.js';
import { parse } from '../../../../record/source/parse.js';
import { findTypeScriptServer } from '../../../../kernel/language/server/server-path.js';
import { transform, type Transformed } from '../../../../kernel/language/javascript/transform.js';

const CASES: readonly (readonly [string, string, string])[] = [
  [
    'plain code is untouched',
    'const a = await f(1);\n\tg(a) // é 🚀\n',
    'const a = await f(1);\n\tg(a) // é 🚀\n'
  ],
  [
    'what a function reads goes by the object of names, what it calls does not',
    'const a = 1; const f = (b: number) => g(a / f(b), `${a}`, { a })\na',
    'const a = 1; const f = (b        ) => g(__launchbookNames.a / f/*__launchbookNames*/(b), `${__launchbookNames.a}`, { a: __launchbookNames.a })\na'
  ],
  [
    'what a function assigns goes by it too',
    'let a = 1, b = 2; function f() { a += 1; a++; [a, b] = [b, a]; ({ a, b = 3 } = o); for (a of o); }',
    'let a = 1, b = 2; function f() { __launchbookNames.a += 1; __launchbookNames.a++; [__launchbookNames.a, __launchbookNames.b] = [__launchbookNames.b, __launchbookNames.a]; ({ a: __launchbookNames.a, b: __launchbookNames.b = 3 } = o); for (__launchbookNames.a of o); }'
  ],
  [
    'whatever stands around what is called',
    'const a = f; const g = () => { a!(1); (a as any)(2); a?.(3); new a(4); a`5`; a<number>(6); (0, a)(7) }',
    'const a = f; const g = () => { a/*__launchbookNames*/ (1); (a/*__launchbookNames*/       )(2); a/*__launchbookNames*/?.(3); new a/*__launchbookNames*/(4); a/*__launchbookNames*/`5`; a/*__launchbookNames*/        (6); (0, __launchbookNames.a)(7) }'
  ],
  [
    'a class is its own name in itself',
    'const a = 1; class B { static one = new B(); x = a; y = B.one }',
    'const a = 1; class B { static one = new B(); x = __launchbookNames.a; y = B.one }'
  ],
  ['types become spaces', 'const a: number = x as any', 'const a         = x       '],
  [
    'types over lines keep the lines',
    'type A = {\n  x: 1\n}\nf<\n  A\n>(y)',
    '          \n      \n \nf \n   \n (y)'
  ],
  ['import', 'import { a, b as c } from "m"', 'const { a, b: c } = await __launchbookImport("m");'],
  [
    'import of a quoted name',
    'import { "x-y" as z } from "m"',
    'const { "x-y": z } = await __launchbookImport("m");'
  ],
  ['import of a type', 'import type { A } from "m"; f()', '                            f()'],
  ['import used as a type', 'import { A } from "m"; let a: A', ';                      let a   '],
  [
    'import over lines',
    'import {\n  a,\n} from "m"\nf()',
    'const { a } = await __launchbookImport("m");\n\n\nf()'
  ],
  [
    'import with attributes',
    'import d from "./d.json" with { type: "json" }',
    'const { default: d } = await __launchbookImport.withDefault("./d.json", { with: { "type": "json" } });'
  ],
  ['dynamic import', 'await import(`./${x}.js`)', 'await __launchbookImport(`./${x}.js`)'],
  ['import.meta', 'f(import.meta.url)', 'f(__launchbookMeta.url)'],
  ['export', 'export const a = 1', '       const a = 1'],
  ['export list before a parenthesis', 'x\nexport { x }\n(y)', 'x\n;           \n(y)'],
  ['using', 'using a = f(), b = g()', 'const a = __launchbookUsing(f()), b = __launchbookUsing(g())'],
  ['await using', 'await using a = f()', 'const       a = __launchbookAwaitUsing(f())'],
  ['a global', 'const URL = 1; f({ URL }, o.URL, URL)', 'const URL$1 = 1; f({ URL: URL$1 }, o.URL, URL$1)'],
  [
    'a global in a pattern',
    'const { fetch, Headers: h = fetch } = o',
    'const { fetch: fetch$1, Headers: h = fetch$1 } = o'
  ],
  [
    'a global as import',
    'import { URL } from "node:url"; URL',
    'const { URL: URL$1 } = await __launchbookImport("node:url"); URL$1'
  ],
  ['a global shadowed by a parameter', 'const URL = 1; (URL => URL)(2)', 'const URL$1 = 1; (URL => URL)(2)'],
  ['a global used, not declared', 'new URL(x); process.env', 'new URL(x); process.env'],
  [
    'a label and a property are no names',
    'const name1 = 1; fetch: for (;;) break fetch',
    'const name1 = 1; fetch: for (;;) break fetch'
  ]
];

describe('transform', () => {
  test.each(CASES)('%s', async (_title, code, js) => {
    expect((await transformed(code)).js).toBe(js);
  });
});

test('a type with characters of two code units keeps the columns after it', async () => {
  const code = 'const a: "🚀" = "🚀" as any; b()';
  expect((await transformed(code)).js.indexOf('b()')).toBe(code.indexOf('b()'));
});

const RESULTS: readonly (readonly [string, boolean])[] = [
  ['1 + 1', true],
  ['1 + 1;', false],
  ['1 + 1 // said', true],
  ['1 + 1\n\n', true],
  ['"text"', true],
  ['const a = 1', false],
  ['a\nconst b = 1', false],
  ['if (a) { b }', false],
  ['a = 5', true],
  ['x as any', true],
  ['await f()', true],
  ['enum E { A }\nE.A', true],
  ['{ a }', false],
  ['a;;', false],
  ['', false]
];

test.each(RESULTS)('%j shows its result: %j', async (code, shows) => {
  expect((await transformed(code)).showsResult).toBe(shows);
});

test('the warning about experimental type stripping is not printed', async () => {
  const warnings: unknown[] = [];
  const listen = (warning: Error): void => void warnings.push(warning.message);
  process.on('warning', listen);
  await transformed('const a: 1 = 1');
  await new Promise<void>(resolve => setImmediate(resolve));
  process.off('warning', listen);
  expect(warnings.filter(text => String(text).includes('stripTypeScriptTypes'))).toEqual([]);
});

const EMITTED: readonly (readonly [string, string, readonly string[]])[] = [
  ['an enum', 'f(1)\nenum E {\n  A\n}\nf(2)', ['f(1)', 'f(2)']],
  ['a namespace', 'namespace N {\n  export const x = 1\n  f(x)\n}\nf(2)', ['x = 1', 'f(N.x)', 'f(2)']],
  [
    'a parameter property',
    'class P {\n  constructor(\n    readonly n: number\n  ) {\n    f(n)\n  }\n}\nf(2)',
    ['f(n)', 'f(2)']
  ],
  [
    'a decorator',
    'class D {\n  @dec\n  one() {\n    f(1)\n  }\n\n  @dec two() {\n    return f(2)\n  }\n}\nf(3)',
    ['f(1)', 'f(2)', 'f(3)']
  ],
  [
    'elements',
    'const e = <ul>\n  <li>{f(1)}</li>\n  {\n    f(2)\n  }\n</ul>\nf(3)',
    ['f(1)', 'f(2)', 'f(3)']
  ],
  ['a template', 'enum E { A }\nconst t = `a\nb ${f(1)}\n`\nf(2)', ['f(1)', 'f(2)']],
  ['comments', '// one\nenum E { A } /* two\n*/ f(1) // three\nf(2)', ['f(1)', 'f(2)']]
];

test.each(EMITTED)('what is emitted for %s keeps its lines', async (_title, code, pieces) => {
  const { js } = await transformed(code);
  const original = code.replaceAll('f(x)', 'f(N.x)').split('\n');
  for (const piece of pieces) {
    expect([piece, js.split('\n').findIndex(line => line.includes(piece))]).toEqual([
      piece,
      original.findIndex(line => line.includes(piece))
    ]);
  }
});

function transformed(code: string): Promise<Transformed> {
  const { body, faults, lang } = parse(code);
  expect(faults).toEqual([]);
  return transform({ code, lang, analysis: analyse(body) }, new Bindings([]), compiler);
}

const compiler = new Compiler({ tscPath: findTypeScriptServer(), folder: '/', timeoutMs: 10_000 });
