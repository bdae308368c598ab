// Parameters as the checker sees them: with the types of launchbook.yml, else widened; what is wrong stands where its author wrote it.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ParameterRules } from '../../../../record/profile/check-parameters.js';
import { CellByCell } from '../cell-by-cell.js';

const RULES: ParameterRules = {
  kind: { type: 'string', enum: ['rc', 'final'] },
  batch: { type: 'number', minimum: 1 },
  shards: { type: 'number', enum: [1, 2, 4] },
  ticket: { type: 'string' }
};

let notebook: CellByCell;
beforeAll(() => {
  notebook = new CellByCell({
    parameters: (code, cellId) => (code.startsWith('// parameters') || cellId === 'tagged' ? RULES : null)
  });
});
afterAll(() => notebook.close());

/** What the notebook says of a name after the cell of the parameters. */
async function typeAfter(declaration: string, name = 'x'): Promise<string> {
  expect(await notebook.faultsOf(`// parameters\n${declaration}`)).toEqual([]);
  const said = await notebook.session.inspect(name, 1, 0);
  return String(said?.['text/plain']).replace(/^(const|let) \w+: /, '');
}

test.each([
  ["const kind = 'rc'", 'kind', '"final" | "rc"'],
  ["let kind = 'rc'", 'kind', '"final" | "rc"'],
  ["const kind = 'neither'", 'kind', '"final" | "rc"'],
  ["const kind = process.env['KIND'] ?? 'rc'", 'kind', '"final" | "rc"'],
  ['const batch = 2, shards = 2', 'shards', '1 | 2 | 4'],
  ['const batch = 2, shards = 2', 'batch', 'number'],
  ['const ticket = null', 'ticket', 'string | null'],
  ["const x = 'a'", 'x', 'string'],
  ['const x = `a`', 'x', 'string'],
  ['export const x = -3.5', 'x', 'number'],
  ['const x = true', 'x', 'boolean'],
  ['const x = 10n', 'x', 'bigint'],
  ["const x = Math.random() > 2 ? 'a' : 'b'", 'x', 'string'],
  ["const x = { at: 'a', list: [1] }", 'x', /at: string;.*list: number\[\]/s],
  ["const [x] = ['a']", 'x', 'string'],
  ["const x: 'a' | 'b' = 'a'", 'x', '"a" | "b"'],
  ['const x = null', 'x', 'string | number | boolean | null'],
  ['const x = undefined', 'x', 'string | number | boolean | undefined']
])('%s', async (declaration, name, type) => {
  expect(await typeAfter(declaration, name)).toEqual(
    typeof type === 'string' ? type : expect.stringMatching(type)
  );
});

test('later cells, and later lines of the cell itself, may ask for every allowed value', async () => {
  const cell = `// parameters
const kind = 'rc', dry = false; let n = 1
const isFinal = kind === 'final' || dry === true || n === 2`;
  expect(await notebook.valueOf(cell, "kind === 'final' || isFinal || dry === true || n === 2")).toBe(false);
  expect(await notebook.faultsOf("kind === 'beta'")).toEqual(['TS2367']);
  expect((await notebook.session.check("kind === 'final'")).map(({ code }) => code)).toEqual([]);
  expect(await notebook.valueOf('kind')).toBe('rc');
});

test('a cell of which the saved text is older is known by its id, and other cells keep their literals', async () => {
  const prepared = await notebook.session.prepare('tagged', "const stage = 'a'", 'tagged');
  expect(prepared.diagnostics).toEqual([]);
  notebook.session.commit('tagged');
  expect(await notebook.faultsOf("stage === 'b'")).toEqual([]);
  expect(await notebook.faultsOf("const plain = 'a'")).toEqual([]);
  expect(await notebook.faultsOf("plain === 'b'")).toEqual(['TS2367']);
});

test('a cell that is expected is checked with the types that the parameters will have', async () => {
  notebook.session.foresee("// parameters\nconst kind = 'rc', ahead = true");
  notebook.session.foresee("kind === 'final' || ahead === false");
  expect(await notebook.faultsOf("// parameters\nconst kind = 'rc', ahead = true")).toEqual([]);
  expect(await notebook.faultsOf("kind === 'final' || ahead === false")).toEqual([]);
});

describe('faults', () => {
  test.each([
    ["const x: number = 'a'; const y = missing", 'TS1360', 2, 19],
    ["const x = 'a', y = missing", 'TS2304', 2, 20],
    ["const kind = 'rc'; const y: number = kind", 'TS1360', 2, 38],
    ["const kind: 'rc' = 'rc'", 'TS2322', 2, 7],
    ["const x = 'a'\nmissing", 'TS2304', 3, 1]
  ])('%s', async (code, name, line, column) => {
    const { diagnostics } = await notebook.run(`// parameters\n${code}`);
    const [first] = diagnostics.filter(one => one.code === name);
    expect(first).toMatchObject({ line, column });
    expect(first?.frame).not.toContain('unknown as');
  });
});
