// Elements, decorators, resources and strict mode, checked and run as the kernel does.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LiveNotebook } from './live-notebook.js';

const H = `type Made = { tag: unknown; props: unknown; children: unknown[] };
const h = (tag: unknown, props: unknown, ...children: unknown[]): Made => ({ tag, props, children });
const Fragment = 'fragment';`;

let notebook: LiveNotebook;
beforeAll(async () => {
  notebook = new LiveNotebook();
  await notebook.start();
  expect((await notebook.run(H)).faults).toEqual([]);
});
afterAll(() => notebook.close());

const VALUES: readonly (readonly [string, readonly string[], string])[] = [
  [
    'elements by a pragma, with the factory of an earlier cell',
    ['/** @jsx h */\nconst e1 = <b id="x">{1 + 1} two</b>', 'e1.children'],
    "[ 2, ' two' ]"
  ],
  [
    'components of earlier cells, spread and fragments',
    [
      'const Row2 = (props: { n: number }) => props.n',
      '/** @jsx h */\n/** @jsxFrag Fragment */\nconst given = { n: 2 };\nconst e2 = <><Row2 {...given} /></>',
      '[e2.tag, e2.children[0].tag === Row2, e2.children[0].props]'
    ],
    "[ 'fragment', true, { n: 2 } ]"
  ],
  [
    'a decorated class',
    [
      `function twice(method: (this: any, n: number) => number, _context: ClassMethodDecoratorContext) {
  return function (this: any, n: number) { return 2 * method.call(this, n); };
}
const seen: unknown[] = [];
function note(_class: unknown, context: ClassDecoratorContext) { seen.push(context.name); }`,
      '@note\nclass D3 {\n  @twice\n  add(n: number) { return n + 1 }\n  accessor level = 5;\n}',
      '[new D3().add(2), new D3().level, seen]'
    ],
    "[ 6, 5, [ 'D3' ] ]"
  ],
  [
    'using at the top level, disposed of in reverse order at the end of the cell',
    [
      `const log4: string[] = [];
const open4 = (name: string) => ({ name, [Symbol.dispose]() { log4.push(name) } });
const later4 = (name: string) => ({ name, async [Symbol.asyncDispose]() { await null; log4.push(name) } });`,
      'using a4 = open4("a"), b4 = open4("b");\nawait using c4 = later4("c");\nusing n4 = null;\nlog4.push("body " + a4.name + c4.name)',
      'log4'
    ],
    "[ 'body ac', 'c', 'b', 'a' ]"
  ],
  [
    'a function in a block stays in its block',
    ['{ function f5() { return 5 } f5() }', 'typeof globalThis["f5" as never]'],
    "'undefined'"
  ],
  [
    'this of a plain function is undefined',
    ['function f6(this: unknown) { return this }\nf6() === undefined'],
    'true'
  ],
  ['import = require', ['import path7 = require("node:path")', 'path7.basename("/a/b")'], "'b'"]
];

describe('a cell can have', () => {
  test.each(VALUES)('%s', async (_title, cells, shown) => {
    expect(await notebook.shown(...cells)).toBe(shown);
  });
});

test('a wrong attribute is a type error', async () => {
  const { faults } = await notebook.run(
    '/** @jsx h */\nconst Wants = (props: { n: number }) => props.n;\n<Wants n="1" />'
  );
  expect(faults).toEqual(['TS2322']);
});

test('resources are disposed of when the cell fails, and their own failure is told beside it', async () => {
  await notebook.run('const log8: string[] = []');
  const failed = await notebook.run(
    'using r8 = { [Symbol.dispose]() { log8.push("gone"); throw new Error("stuck") } };\nthrow new Error("first")'
  );
  expect(failed.error).toMatch(/^SuppressedError: /);
  expect(await notebook.shown('log8')).toBe("[ 'gone' ]");
});

test('resources of an interrupted cell are disposed of', async () => {
  await notebook.run('let log9 = "open"');
  const running = notebook.run(
    'using r9 = { [Symbol.dispose]() { log9 = "gone" } };\nconsole.log("waiting");\nawait new Promise(() => {})'
  );
  await notebook.untilPrinted('waiting');
  await notebook.executor.interrupt();
  expect((await running).error).toMatch(/^KeyboardInterrupt/);
  expect(await notebook.shown('log9')).toBe("'gone'");
});

const TRACES: readonly (readonly [string, string, string])[] = [
  ['a plain cell, in its first line', 'const t1 = 1; throw new Error("here")', '1:21'],
  ['a syntax error of V8, in its first line', 'const t2 = 1; eval("1 +")', '1:15'],
  ['an enum before it', 'enum T3 {\n  A,\n  B\n}\n\nthrow new Error("here")', '6:'],
  [
    'a decorated class around it',
    'function d4(m: () => void, _c: unknown) { return m }\nclass T4 {\n  @d4\n  one() {}\n\n  two() {\n    throw new Error("here")\n  }\n}\nnew T4().two()',
    '7:'
  ],
  [
    'elements around it',
    '/** @jsx h */\nconst t5 = <ul>\n  <li />\n  {(() => {\n    throw new Error("here")\n  })()}\n</ul>',
    '5:'
  ]
];

test.each(TRACES)('the trace of %s has its line', async (_title, code, place) => {
  const { traceback } = await notebook.run(code);
  expect(traceback.find(line => line.includes('cell-') && !line.includes('<anonymous>'))).toContain(
    `.ts:${place}`
  );
});

describe('typecheck', () => {
  test('warn runs the cell and tells its faults afterwards', async () => {
    notebook.typecheck = 'warn';
    const { ran, shown, diagnostics } = await notebook.run('const w1: number = "text"; w1');
    notebook.typecheck = 'error';
    expect([ran, shown]).toEqual([true, "'text'"]);
    expect(diagnostics).toMatchObject([{ code: 'TS2322', severity: 'warning', line: 1, column: 7 }]);
    expect(diagnostics[0]?.frame).toMatch(/^warning TS2322 in line 1/);
  });

  test('off says nothing, and a syntax error still stops the cell', async () => {
    notebook.typecheck = 'off';
    expect(await notebook.run('const w2: number = "text"; w2')).toMatchObject({
      faults: [],
      shown: "'text'"
    });
    expect(await notebook.run('const = 1')).toMatchObject({ faults: ['cell.syntax'], ran: false });
    notebook.typecheck = 'error';
  });

  test('warn says so when a cell could not be checked', async () => {
    const dead = new LiveNotebook();
    dead.typecheck = 'warn';
    await dead.executor.start();
    await dead.session.dispose();
    const { ran, diagnostics } = await dead.run('1 + 1');
    await dead.close();
    expect(ran).toBe(true);
    expect(diagnostics).toMatchObject([{ code: 'language.ended', severity: 'warning' }]);
    expect(diagnostics[0]?.message).toContain('This cell was not checked.');
  });

  test('warn checks a cell against the names that it used, though they were declared again meanwhile', async () => {
    await notebook.run('const w3 = { n: 1 }');
    notebook.typecheck = 'warn';
    const first = await notebook.session.prepare('first', 'w3.n.toUpperCase()');
    notebook.session.commit('first');
    await notebook.session.prepare('second', 'const w3 = "anew"');
    notebook.session.commit('second');
    notebook.typecheck = 'error';
    expect((await first.lateDiagnostics)?.map(one => one.code)).toEqual(['TS2339']);
  });
});

test('the tsconfig.json beside the notebook chooses the automatic runtime and decorators of the old kind', async () => {
  const runtime =
    'export const jsx = (tag, props) => [tag, props];\nexport const jsxs = jsx;\nexport const Fragment = "all";\n';
  const types =
    'export namespace JSX { interface IntrinsicElements { b: { id?: string; children?: unknown } } }\nexport const jsx: unknown, jsxs: unknown, Fragment: unknown;\n';
  const own = new LiveNotebook({
    'tsconfig.base.json': JSON.stringify({
      compilerOptions: { jsx: 'react-jsx', jsxImportSource: 'mini', experimentalDecorators: true }
    }),
    'tsconfig.json': JSON.stringify({
      extends: './tsconfig.base.json',
      compilerOptions: { strict: true, target: 'esnext', module: 'esnext', moduleResolution: 'bundler' }
    }),
    'node_modules/mini/package.json': JSON.stringify({
      name: 'mini',
      type: 'module',
      exports: { './jsx-runtime': { types: './runtime.d.ts', default: './runtime.js' } }
    }),
    'node_modules/mini/runtime.js': runtime,
    'node_modules/mini/runtime.d.ts': types
  });
  try {
    await own.start();
    expect(await own.shown('<b id="x">{1}</b>')).toBe("[ 'b', { id: 'x', children: 1 } ]");
    expect((await own.run('<b href="x" />')).faults).toEqual(['TS2322']);
    expect(
      await own.shown(
        'const keys: string[] = [];\nfunction old(_target: object, key: string) { keys.push(key) }\nclass Old { @old field = 1; @old method() {} }\nkeys'
      )
    ).toBe("[ 'field', 'method' ]");
  } finally {
    await own.close();
  }
});
