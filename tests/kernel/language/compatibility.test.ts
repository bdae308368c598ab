// Cells that were written for other kernels: tslab's module and magics, Deno's display protocol.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CellOutput } from '../../../contract/notebook/output.js';
import { LiveNotebook } from './live-notebook.js';

let notebook: LiveNotebook;
beforeAll(async () => {
  notebook = new LiveNotebook({
    'show.ts':
      'import { display } from "tslab";\nexport const show = () => display.markdown("*from a file*");\n'
  });
  await notebook.start();
});
afterAll(() => notebook.close());

const BYTES = 'new Uint8Array([1, 2, 250])';

const DISPLAYS: readonly (readonly [string, Record<string, string>])[] = [
  ['tslab.display.html("<b>1</b>")', { 'text/html': '<b>1</b>' }],
  ['tslab.display.markdown("**1**")', { 'text/markdown': '**1**' }],
  ['tslab.display.javascript("alert(1)")', { 'text/javascript': 'alert(1)' }],
  ['tslab.display.latex("$x$")', { 'text/latex': '$x$' }],
  ['tslab.display.svg("<svg/>")', { 'image/svg+xml': '<svg/>' }],
  ['tslab.display.text("one")', { 'text/plain': 'one' }],
  [`tslab.display.png(${BYTES})`, { 'image/png': 'AQL6' }],
  [`tslab.display.jpeg(${BYTES})`, { 'image/jpeg': 'AQL6' }],
  [`tslab.display.gif(${BYTES})`, { 'image/gif': 'AQL6' }],
  [`tslab.display.pdf(${BYTES})`, { 'application/pdf': 'AQL6' }],
  [`tslab.display.raw("application/x", ${BYTES})`, { 'application/x': 'AQL6' }],
  ['tslab.display.raw("application/x", "as it is")', { 'application/x': 'as it is' }]
];

describe('the module "tslab" shows', () => {
  test.each(DISPLAYS)('%s', async (code, data) => {
    const { outputs, faults } = await notebook.run(`import * as tslab from "tslab"\n${code}`);
    expect(faults).toEqual([]);
    expect(outputs).toEqual([{ kind: 'display', data, metadata: {} }]);
  });
});

test('a new display of tslab replaces what it has shown, also from a later cell', async () => {
  const first = await notebook.run(
    'import { newDisplay } from "tslab"\nconst place = newDisplay()\nplace.text("one"); place.html("two")'
  );
  const later = await notebook.run('place.text("three")');
  const [shown, replaced] = first.outputs as Extract<CellOutput, { displayId?: string }>[];
  expect(shown).toMatchObject({ kind: 'display', data: { 'text/plain': 'one' } });
  expect(replaced).toMatchObject({
    kind: 'update',
    data: { 'text/html': 'two' },
    displayId: shown?.displayId
  });
  expect(later.outputs).toMatchObject([
    { kind: 'update', data: { 'text/plain': 'three' }, displayId: shown?.displayId }
  ]);
});

test('local files and require reach the same module', async () => {
  const { outputs } = await notebook.run('import { show } from "./show"\nshow()');
  expect(outputs).toEqual([{ kind: 'display', data: { 'text/markdown': '*from a file*' }, metadata: {} }]);
  expect(
    await notebook.shown(
      'import { display } from "tslab"\n(require("tslab") as typeof import("tslab")).display === display'
    )
  ).toBe('true');
});

test('the module has types', async () => {
  expect((await notebook.run('import { display } from "tslab"\ndisplay.png("text")')).faults).toEqual([
    'TS2345'
  ]);
  expect(await notebook.shown('import { versions } from "tslab"\nversions.node === process.version')).toBe(
    'true'
  );
});

const MAGICS: readonly (readonly [string, string, string, number])[] = [
  ['/** @module mylib */\nexport const a = 1', 'cell.module', 'mylib.ts', 1],
  ['/* plain */\n/**\n * @module deep/lib\n */\nexport const a = 1', 'cell.module', './deep/lib', 3],
  ['/** @browser */\nconst a = 1', 'cell.browser', 'display.html()', 1],
  ['%%html\n<b>1</b>', 'cell.magic', 'display.html()', 1],
  ['%time f()', 'cell.magic', '%time', 1],
  ['!ls -la', 'cell.magic', 'await $`ls -la`', 1],
  ['! git status --short', 'cell.magic', 'await $`git status --short`', 1],
  ['!npm test', 'cell.magic', 'await $`npm test`', 1]
];

test.each(MAGICS)('%j does not run, and says what to do instead', async (code, name, words, line) => {
  const { diagnostics, ran } = await notebook.run(code);
  expect(ran).toBe(false);
  expect(diagnostics).toMatchObject([{ code: name, severity: 'error', line }]);
  expect(diagnostics[0]?.message).toContain(words);
});

const NO_MAGICS: readonly (readonly [string, string | undefined])[] = [
  ['/** @node */\n1', '1'],
  ['const a = 1; /** @module later */ a', '1'],
  ['/* @module plain */ 2', '2'],
  ['const ready: boolean = true\n!ready', 'false'],
  ['!ready', 'false'],
  ['!ready && 1', 'false'],
  ['!ready === !true', 'true'],
  ['"%d".length', '2']
];

test.each(NO_MAGICS)('%j runs', async (code, shown) => {
  expect(await notebook.shown(code)).toBe(shown);
});

describe("Deno's display protocol", () => {
  test('a result makes its own bundle, also later', async () => {
    const { outputs } = await notebook.run(
      '({ async [Symbol.for("Jupyter.display")]() { return { "text/html": "<i>d</i>", "text/plain": "d" } } })'
    );
    expect(outputs).toEqual([
      { kind: 'result', data: { 'text/html': '<i>d</i>', 'text/plain': 'd' }, metadata: {} }
    ]);
  });

  test('a class has it by its prototype, and $display is the same in short', async () => {
    const shown = await notebook.run(
      'class Chart { [Symbol.for("Jupyter.display")]() { return { "application/vnd.vegalite.v5+json": { mark: "bar" } } } }\nnew Chart()'
    );
    expect(shown.outputs).toMatchObject([
      { kind: 'result', data: { 'application/vnd.vegalite.v5+json': { mark: 'bar' } } }
    ]);
    expect(
      (await notebook.run('({ $display: () => ({ "text/markdown": "*m*", "text/plain": "m" }) })')).outputs
    ).toMatchObject([{ data: { 'text/markdown': '*m*', 'text/plain': 'm' } }]);
  });
});
