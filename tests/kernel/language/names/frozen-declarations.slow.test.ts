// Later cells read the frozen declarations of a cell in place of the cell. They find the faults that they find when they read the cell
// itself, as they do where nothing was checked before (`typecheck: warn`).
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { rounds } from '../../../proof.js';
import { makeRandom } from '../../../random.js';
import { CellByCell } from '../cell-by-cell.js';
import { FAULTY_CELLS } from './faulty-cells.js';

let frozen: CellByCell;
let whole: CellByCell;

beforeAll(async () => {
  frozen = new CellByCell();
  whole = new CellByCell({ typecheck: () => 'warn' });
  await Promise.all([frozen.session.start(), whole.session.start()]);
});

afterAll(() => Promise.all([frozen.close(), whole.close()]));

/** The codes and messages of the faults of the last cell; the cells before it must have none. Nothing is evaluated. */
async function faultsOf({ session, folder }: CellByCell, cells: readonly string[]): Promise<string[]> {
  const said: string[][] = [];
  for (const code of cells) {
    const { diagnostics, script, lateDiagnostics } = await session.prepare(code, code);
    said.push(
      [...diagnostics, ...((await lateDiagnostics) ?? [])].map(one =>
        `${one.code} ${one.message}`.replaceAll(folder, 'FOLDER').replace(/__cell_\d+/g, 'CELL')
      )
    );
    if (script !== null) {
      session.commit(code);
    }
  }
  expect(said.slice(0, -1).flat()).toEqual([]);
  return said.at(-1)!;
}

test.each(FAULTY_CELLS)('a later cell finds the same faults of %s', async (_title, cells, codes) => {
  const found = await faultsOf(frozen, cells);
  expect(found.map(one => one.split(' ')[0])).toEqual(codes);
  expect(await faultsOf(whole, cells)).toEqual(found);
});

/** Ways to declare a text as `NAME`: what stands before the equals sign, its type, its value. */
const WAYS: readonly (readonly [string, string, string])[] = [
  ['NAME', 'string', '"x"'],
  ['{ NAME }', '{ NAME: string }', '{ NAME: "x" as string }'],
  ['{ key: NAME }', '{ key: string }', '{ key: "x" as string }'],
  ['{ key: { NAME } }', '{ key: { NAME: string } }', '{ key: { NAME: "x" as string } }'],
  ['{ NAME = "y" }', '{ NAME?: string }', '{} as { NAME?: string }'],
  ['[NAME]', '[string]', '["x"] as [string]'],
  ['[, NAME]', '[number, string]', '[1, "x"] as [number, string]'],
  ['{ length, ...NAME }', '{ length: number } & string[]', '["x"] as string[]']
];

test('a later cell finds no fault in a name, however it was declared', async () => {
  let number = 100;
  for (const [left, type, value] of WAYS) {
    for (const word of ['const', 'let']) {
      for (const written of [`: ${type}`, '']) {
        number += 1;
        const name = `name${number}`;
        const rest = name.replace('name', 'length');
        const cell = `class Beside${number} {}\n${word} ${left}${written} = ${value}`
          .replaceAll('NAME', name)
          .replaceAll('length,', `length: ${rest},`);
        const use = left.includes('...') ? `${name}[0]` : name;
        expect([
          cell,
          await faultsOf(frozen, [cell, `const right${number}: string | undefined = ${use}`])
        ]).toEqual([cell, []]);
        const [wrong] = await faultsOf(frozen, [`const wrong${number}: number = ${use}`]);
        expect([cell, wrong]).toEqual([cell, expect.stringMatching(/^TS2322/)]);
      }
    }
  }
}, 120_000);

const CHAINS: readonly (readonly [string, (number: number) => string])[] = [
  ['interfaces', n => `interface I${n} { before: I${n - 1} | null }\nconst i${n}: I${n} = { before: null }`],
  [
    'classes',
    n =>
      `class C${n} { constructor(readonly before: C${n - 1} | null) {} next() { return this.before } }\nconst c${n} = new C${n}(new C${n - 1}(null as never))`
  ],
  ['enums', n => `enum E${n} { A = E${n - 1}.B, B }`],
  [
    'generics',
    n =>
      `type G${n}<T> = { value: T; before: G${n - 1}<T> }\nfunction g${n}<T>(value: T, before: G${n - 1}<T>): G${n}<T> { return { value, before } }`
  ],
  [
    'generic interfaces',
    n => `interface J${n}<T extends string> { readonly all: readonly T[]; before?: J${n - 1}<T> | null }`
  ]
];

test.each(CHAINS)('a chain of %s reads no earlier cell whole', async (_title, write) => {
  const first =
    'type I0 = 1; class C0 { constructor(readonly before: null) {} }; enum E0 { A, B } type G0<T> = T; interface J0<T> { t: T }';
  expect(await faultsOf(frozen, [first])).toEqual([]);
  const open = frozen.session.openCellDocuments;
  for (let number = 1; number <= 20; number += 1) {
    expect(await faultsOf(frozen, [write(number)])).toEqual([]);
  }
  expect(frozen.session.openCellDocuments).toBe(open);
});

// What is frozen may say how a type parameter varies. One that says it wrongly would refuse what fits, or let in what does not.
const BODIES = [
  'T',
  'T | null',
  'T[]',
  'readonly T[]',
  '{ in: T }',
  'BEFORE<T>',
  'BEFORE<T[]>',
  'BEFORE<string> | T',
  'SELF<T> | null',
  'SELF<T[]> | null',
  '(value: T) => void',
  '() => T',
  '{ m(value: T): void }',
  '{ [key: string]: T }',
  'Promise<T>',
  'Partial<{ t: T }>',
  'T extends string ? 1 : 2',
  'keyof T',
  '[T, number]',
  'number',
  'never'
];
const ARGUMENTS = ['string', '"a"', 'number', 'null', 'unknown', 'never', 'any', '{ a: 1 }', 'object'];

test('generic types take and refuse what they do where their cell is read', async () => {
  const random = makeRandom(7);
  const pick = <E>(list: readonly E[]): E => list[Math.floor(random() * list.length)]!;
  let refused = 0;
  for (let number = 1; number <= rounds({ inTest: 25, inProof: 250 }); number += 1) {
    const cells = [`P${number}`, `Q${number}`].map((name, index) => {
      const before = index === 0 ? 'Array' : `P${number}`;
      const bodies = [pick(BODIES), pick(BODIES)].map(body =>
        body.replaceAll('BEFORE', before).replaceAll('SELF', name)
      );
      const members = `{ a?: ${bodies[0]!}; readonly b: ${bodies[1]!} }`;
      return random() < 0.5 ? `type ${name}<T> = ${members}` : `interface ${name}<T> ${members}`;
    });
    const tries = Array.from({ length: 8 }, (_, index) => {
      const [from, to] = [pick(ARGUMENTS), pick(ARGUMENTS)];
      const type = pick([`P${number}`, `Q${number}`]);
      return `declare const f${number}_${index}: ${type}<${from}>; const t${number}_${index}: ${type}<${to}> = f${number}_${index}`;
    });
    const all = [...cells, tries.join('\n')];
    const found = await Promise.all([frozen, whole].map(one => faultsOf(one, all)));
    refused += found[1]!.length;
    expect([all, found[0]]).toEqual([all, found[1]]);
  }
  expect(refused).toBeGreaterThan(20);
}, 120_000);

test('what is said of a name has no word of the documents it is kept in', async () => {
  await faultsOf(frozen, [
    'class Shown { n = 1 }',
    'class Holder { shown = new Shown() }\nconst holder = new Holder()'
  ]);
  const said = await frozen.session.inspect('holder.shown', 9, 1);
  expect(said?.['text/plain']).toContain('Shown');
  expect(JSON.stringify(said)).not.toContain('__cell');
  const { items } = await frozen.session.complete('holder.', 7);
  expect(items.find(one => one.text === 'shown')).toMatchObject({ type: 'field' });
  const clash = await faultsOf(frozen, ['class Shown { m = 1 }', 'const shown: Shown = holder.shown']);
  expect(clash).toEqual([
    `TS2741 Property 'm' is missing in type 'import("FOLDER/CELL").Shown' but required in type 'import("FOLDER/CELL").Shown'.`
  ]);
});
