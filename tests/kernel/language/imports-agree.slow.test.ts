// What passes the check runs: imports of small packages in every form, in folders with and without a type; files beside the notebook; the
// names that Node has.
import { afterEach, expect, test } from '@jest/globals';
import { disagreements } from './imports-agree.js';
import { LiveNotebook } from './live-notebook.js';

let notebook: LiveNotebook;

afterEach(() => notebook.close());

async function open(files: Readonly<Record<string, string>>): Promise<LiveNotebook> {
  notebook = new LiveNotebook(files);
  await notebook.start();
  return notebook;
}

const manifest = (fields: object): string => JSON.stringify({ version: '1.0.0', ...fields });
const TYPES =
  'export declare const named: () => string; declare const _default: () => string; export default _default;';

/** Each way in which packages are made. */
const PACKAGES: Readonly<Record<string, string>> = {
  'node_modules/transpiled/package.json': manifest({ name: 'transpiled', main: 'i.js', types: 'i.d.ts' }),
  'node_modules/transpiled/i.js':
    'Object.defineProperty(exports, "__esModule", { value: true }); exports.named = () => "n"; exports.default = () => "d";',
  'node_modules/transpiled/i.d.ts': TYPES,
  'node_modules/assigned/package.json': manifest({ name: 'assigned', main: 'i.js', types: 'i.d.ts' }),
  'node_modules/assigned/i.js':
    'const f = () => "f"; module.exports = Object.assign(f, { named: () => "n" });',
  'node_modules/assigned/i.d.ts':
    'declare function f(): string; declare namespace f { const named: () => string; } export = f;',
  'node_modules/native-esm/package.json': manifest({
    name: 'native-esm',
    type: 'module',
    exports: './i.js',
    types: './i.d.ts'
  }),
  'node_modules/native-esm/i.js': 'export const named = () => "n"; export default () => "d";',
  'node_modules/native-esm/i.d.ts': TYPES,
  'node_modules/both/package.json': manifest({
    name: 'both',
    exports: {
      import: { types: './i.d.mts', default: './i.mjs' },
      require: { types: './i.d.cts', default: './i.cjs' }
    }
  }),
  'node_modules/both/i.mjs': 'export const named = () => "n"; export default () => "d";',
  'node_modules/both/i.d.mts': TYPES,
  'node_modules/both/i.cjs':
    'Object.defineProperty(exports, "__esModule", { value: true }); exports.named = () => "n"; exports.default = () => "d";',
  'node_modules/both/i.d.cts': TYPES,
  'node_modules/without-default/package.json': manifest({
    name: 'without-default',
    main: 'i.js',
    types: 'i.d.ts'
  }),
  'node_modules/without-default/i.js': 'exports.named = () => "n";',
  'node_modules/without-default/i.d.ts': 'export declare const named: () => string;',
  'node_modules/no-default-esm/package.json': manifest({
    name: 'no-default-esm',
    types: './i.d.ts',
    exports: { '.': { types: './i.d.ts', default: './i.mjs' } }
  }),
  'node_modules/no-default-esm/i.mjs': 'export const named = () => "n";',
  'node_modules/no-default-esm/i.d.ts': 'export declare const named: () => string;',
  'node_modules/default-in-types/package.json': manifest({
    name: 'default-in-types',
    type: 'module',
    exports: './i.js',
    types: './i.d.ts'
  }),
  'node_modules/default-in-types/i.js': 'export const named = () => "n";',
  'node_modules/default-in-types/i.d.ts': TYPES,
  'node_modules/static-methods/package.json': manifest({
    name: 'static-methods',
    main: 'i.js',
    types: 'i.d.ts'
  }),
  'node_modules/static-methods/i.js': 'module.exports = class Whole { static named() { return "n"; } };',
  'node_modules/static-methods/i.d.ts':
    'declare class Whole { static named(): string; } declare namespace Whole { interface Part { a: number } } export = Whole;'
};

const NAMES = [
  ...['transpiled', 'assigned', 'native-esm', 'both', 'without-default', 'no-default-esm'],
  ...['default-in-types', 'static-methods']
];

test.each([null, 'module', 'commonjs'] as const)(
  'packages in every form, in a folder of type %s',
  async type => {
    const live = await open({ ...PACKAGES, 'package.json': JSON.stringify(type === null ? {} : { type }) });
    const packages = NAMES.map(name => ({ name, named: 'named' }));
    expect(await disagreements(live, packages)).toEqual({ checked: 40, stricter: [], faults: [] });
    expect(await live.shown("import f from 'transpiled'; f()")).toBe("'d'");
    expect(await live.shown("import { named as n } from 'assigned'; n()")).toBe("'n'");
  }
);

test.each([null, 'module', 'commonjs'] as const)(
  'files beside the notebook, in a folder of type %s, without a warning of Node',
  async type => {
    const live = await open({
      'package.json': JSON.stringify({
        ...(type === null ? {} : { type }),
        imports: { '#lib/*': './lib/*.js' }
      }),
      'beside.ts': 'export enum Size { Small = "s" }\nexport const v: number = 1;\nexport default "whole";',
      'plain.js': 'export const w = 2;',
      'old.cts': 'const n: number = 4;\nmodule.exports = { n };',
      'data.json': '{ "a": 5 }',
      'reads.ts': "import data from './data.json';\nexport const a = data.a;",
      'lib/deep.ts': "import { v } from '../beside';\nexport const deep = v + 10;",
      'tsconfig.base.json':
        '{ "compilerOptions": { "paths": { "@lib/*": ["./lib/*"], "only": ["./beside.ts"], } } }',
      'tsconfig.json': `{
        // as editors write it
        "extends": "./tsconfig.base.json",
        "compilerOptions": { "module": "esnext", "moduleResolution": "bundler", "target": "esnext", "strict": true,
          "allowJs": true, "resolveJsonModule": true, "allowImportingTsExtensions": true, "noEmit": true, "skipLibCheck": true, "types": [] }
      }`
    });
    for (const [code, shown] of [
      ["import { v, Size } from './beside'; [v, Size.Small]", "[ 1, 's' ]"],
      ["import whole from './beside.ts'; whole", "'whole'"],
      ["import { w } from './plain'; w", '2'],
      ["import { a } from './reads.js'; a", '5'],
      ["import { deep } from '#lib/deep'; deep", '11'],
      ["import { deep as d2 } from '@lib/deep'; d2", '11'],
      ["import { v as v2 } from 'only'; v2", '1'],
      ["const m = await import('@lib/deep'); m.deep", '11']
    ] as const) {
      const outcome = await live.run(code);
      expect([code, outcome.faults, outcome.error, outcome.shown]).toEqual([code, [], undefined, shown]);
      expect(outcome.outputs.filter(output => output.kind === 'stream')).toEqual([]);
    }
  }
);

test('a module without a default is refused by the check, and where nothing is checked by the import, in words', async () => {
  const live = await open({
    ...PACKAGES,
    'package.json': '{}',
    'only-type.ts': 'export default interface Size { a: number }\nexport const n = 1;',
    'types.ts': 'export default interface Size { a: number }',
    'plain.mjs': 'export const a = 1;'
  });
  for (const [code, said] of [
    ["const before = 1; import it from 'no-default-esm'; it.named()", 'import.no_default'],
    ["import { named, default as it } from 'default-in-types'; it()", 'import.no_default'],
    ["import it, * as all from 'default-in-types'; all.named()", 'import.no_default'],
    ["import Size from './only-type'", 'import.no_default'],
    ["import a from './plain.mjs'; a", 'TS2613']
  ] as const) {
    live.typecheck = 'error';
    const { faults, ran } = await live.run(code);
    expect([code, ran, faults]).toEqual([code, false, [said]]);
    live.typecheck = 'off';
    const { error, traceback } = await live.run(code);
    expect([code, error]).toEqual([code, expect.stringMatching(/The module '.*' has no default export\./)]);
    expect(traceback.join('\n')).toContain('import * as all from');
  }
  live.typecheck = 'error';
  const { diagnostics } = await live.run("const n = 1;\nimport it from 'no-default-esm';\nit.named()");
  expect(diagnostics[0]).toMatchObject({ line: 2, column: 8 });
  // As a type alone it is left out, as TypeScript does.
  expect(await live.shown("import Size from './only-type'; const s: Size = { a: 1 }; s.a")).toBe('1');
  expect(await live.shown("import Other from './types'", '7')).toBe('7');
  expect(await live.shown("import all, { note } from 'launchbook'; all.note === note")).toBe('true');
});

test('static methods are names of a namespace, in later cells too; other names of it are not', async () => {
  const live = await open({ ...PACKAGES, 'package.json': '{}' });
  expect(await live.shown("import * as all from 'static-methods'; all.named()")).toBe("'n'");
  expect(
    await live.shown(
      "const loaded = await import('static-methods')",
      'const { named: n } = all; n() + loaded.named()'
    )
  ).toBe("'nn'");
  expect(await live.shown("(await import('static-methods')).named()")).toBe("'n'");
  for (const code of [
    'all.absent',
    'all.Part',
    'loaded.absent',
    '((all: { a: 1 }) => all.named)({ a: 1 })'
  ]) {
    expect([code, (await live.run(code)).faults]).toEqual([code, ['TS2339']]);
  }
});

test('a name that the check knows is there, and one that is there is known', async () => {
  const live = await open({});
  const names = [
    ...['__dirname', '__filename', 'module', 'exports', 'require', 'WebAssembly', 'Performance', 'global'],
    ...Object.getOwnPropertyNames(globalThis).filter(name => /^[A-Z]\w+$/.test(name))
  ];
  const { stdout } = await live.run('console.log(Object.getOwnPropertyNames(globalThis).join(" "))');
  const there = new Set(stdout.trim().split(' '));
  const asked = [...new Set(names)].filter(name => there.has(name));
  const { faults, shown } = await live.run(
    `[${asked.map(name => `typeof ${name}`).join(', ')}].includes('undefined')`
  );
  expect([faults, shown]).toEqual([[], 'false']);
  expect(asked.length).toBeGreaterThan(80);
  expect(
    await live.shown(
      'new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])) instanceof WebAssembly.Module'
    )
  ).toBe('true');
});

test('a native package that was built for another Node says for which, and what to do', async () => {
  const said =
    "The module '/srv/node_modules/@db/native/build/x.node'\\nwas compiled against a different Node.js version using\\nNODE_MODULE_VERSION 115. This version of Node.js requires\\nNODE_MODULE_VERSION 137. Please try re-compiling";
  const live = await open({
    'node_modules/native/package.json': manifest({ name: 'native', main: 'i.js' }),
    'node_modules/native/i.js': `throw Object.assign(new Error("${said}"), { code: 'ERR_DLOPEN_FAILED' });`
  });
  const { error, traceback } = await live.run("const native = require('native')");
  expect(error).toMatch(/x\.node was built for Node 20, and cells run in Node 2\d\.\d+\.\d+/);
  expect(traceback.join('\n')).toMatch(/Hint: Build it .*PATH=".*:\$PATH" npm rebuild @db\/native/);
});
