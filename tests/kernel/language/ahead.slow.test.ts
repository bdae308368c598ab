// Cells that were checked ahead have the same outcome as cells that were not, and wait for nothing when nothing has changed.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CellByCell } from './cell-by-cell.js';

let cells: CellByCell;
beforeEach(async () => {
  cells = new CellByCell();
  await cells.session.start();
});
afterEach(() => cells.close());

const codes = (diagnostics: readonly { readonly code: string }[]): string[] =>
  diagnostics.map(one => one.code);

// Each announced cell costs the server two questions, and questions are answered in turn.
async function announce(...texts: string[]): Promise<void> {
  texts.forEach(text => cells.session.foresee(text));
  for (let question = 0; question < 4 * texts.length; question += 1) {
    await cells.session.check(`'question ${question}'`);
  }
}

test('a cell that was checked ahead needs no language server to run', async () => {
  expect(codes(await cells.session.check('const bad: number = "x"'))).toEqual(['TS2322']);
  expect(codes(await cells.session.check('const good: number = 1; good'))).toEqual([]);
  await cells.session.dispose();
  expect(await cells.faultsOf('const bad: number = "x"')).toEqual(['TS2322']);
  expect(await cells.valueOf('const good: number = 1; good')).toBe(1);
  await expect(cells.session.prepare('key', 'const unknown = 1')).rejects.toMatchObject({
    code: 'language.ended'
  });
});

test('what was found is thrown away when an earlier cell has changed the meaning of a name', async () => {
  await cells.valueOf('let n = 1');
  expect(codes(await cells.session.check('const s: string = n; s'))).toEqual(['TS2322']);
  expect(codes(await cells.session.check('n.toFixed()'))).toEqual([]);
  await cells.valueOf('let n = "text"');
  expect(await cells.valueOf('const s: string = n; s')).toBe('text');
  expect(await cells.faultsOf('n.toFixed()')).toEqual(['TS2551']);
});

test('what was found is thrown away when a local file has changed', async () => {
  writeFileSync(join(cells.folder, 'rate.ts'), 'export const rate = 1;');
  const code = 'import { rate } from "./rate.js"; const n: number = rate';
  expect(codes(await cells.session.check(code))).toEqual([]);
  writeFileSync(join(cells.folder, 'rate.ts'), 'export const rate = "of change";');
  expect(codes((await cells.session.prepare('key', code)).diagnostics)).toEqual(['TS2322']);
});

test('waiting cells are checked against the names that those before them will have declared', async () => {
  await announce(
    'const base = { n: 1 }',
    'function twice(x: number) { return 2 * x }',
    'const result = twice(base.n)',
    'result.length'
  );
  await cells.session.dispose();
  expect(await cells.faultsOf('const base = { n: 1 }')).toEqual([]);
  expect(await cells.faultsOf('function twice(x: number) { return 2 * x }')).toEqual([]);
  expect(await cells.faultsOf('const result = twice(base.n)')).toEqual([]);
  expect(await cells.faultsOf('result.length')).toEqual(['TS2339']);
});

test('a waiting cell that uses a class of a cell before it is checked when its turn has come', async () => {
  const texts = ['class Box { n = 1 }', 'const box = new Box()', 'box.n + 1', 'box.nothing'];
  await announce(...texts);
  expect(await cells.valueOf(...texts.slice(0, 3))).toBe(2);
  expect(await cells.faultsOf('box.nothing')).toEqual(['TS2339']);
});

test('cells that come in another order than announced are checked against what is there', async () => {
  await announce('let x = 1', 'x.toFixed()', 'let y = x');
  await cells.valueOf('let x = "text"');
  expect(await cells.faultsOf('x.toFixed()')).toEqual(['TS2551']);
  expect(await cells.valueOf('let y = x', 'y')).toBe('text');
});

test('announced cells that never come change nothing', async () => {
  await announce('const gone = 1', 'nonsense(');
  cells.session.reset();
  expect(await cells.faultsOf('gone')).toEqual(['TS2304']);
});

test('fifty cells announced at once have the values and faults of fifty cells run one by one', async () => {
  const texts = Array.from({ length: 50 }, (_, i) =>
    i === 0
      ? 'const v0 = 1; function f0(x: number) { return x + v0 }'
      : `const v${i}: number = f${i - 1}(v${i - 1}) % 97; function f${i}(x: number): number { return x * 2 + v${i} }`
  );
  texts.forEach(text => cells.session.foresee(text));
  cells.session.foresee('v49');
  cells.session.foresee('v49.length');
  const ahead = await cells.valueOf(...texts, 'v49');
  expect(await cells.faultsOf('v49.length')).toEqual(['TS2339']);
  const other = new CellByCell();
  expect(await other.valueOf(...texts, 'v49')).toBe(ahead);
  await other.close();
});
