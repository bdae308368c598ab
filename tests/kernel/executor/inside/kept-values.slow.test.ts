// What work that was kept sees of the names of the notebook: cells are checked, transformed and run by the real parts.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LiveNotebook } from '../../language/live-notebook.js';

let notebook: LiveNotebook;
beforeAll(async () => {
  notebook = new LiveNotebook({ 'mine.ts': `export const place = 'here'; export const far = () => 'far'` });
  notebook.executor.listen({
    onOutput: () => undefined,
    onCall: async ({ method, params }) => {
      registered.push(params as unknown as Registered);
      if (method === 'tasks.gather') {
        gathers += 1;
        return gathers === 1 ? { kind: 'check', task: 'task-1' } : { kind: 'gathered', tasks: [] };
      }
      return /^(rollback\.register|effect\.start|tasks\.assign)$/.test(method)
        ? `id ${registered.length}`
        : null;
    },
    onExit: () => undefined
  });
  await notebook.start();
});
afterAll(() => notebook.close());

interface Registered {
  readonly name: string;
  readonly values: readonly { readonly name: string; readonly text: string }[];
}

let registered: Registered[] = [];
let cases = 0;
let gathers = 0;

/** Runs the cells, undoes, and gives what the undo steps have said and what their registration had told. */
async function undo(...cells: readonly string[]): Promise<{ said: unknown; values: string[] }> {
  registered = [];
  cases += 1;
  const list = `said${cases}`;
  const ready = cells.map(cell => cell.replaceAll('say(', `${list}.push(`));
  for (const cell of [`const ${list}: unknown[] = []`, ...ready]) {
    const { faults, traceback } = await notebook.run(cell);
    expect([faults, traceback]).toEqual([[], []]);
  }
  const values = registered.map(({ name, values: kept }) =>
    [`${name}:`, ...kept.map(one => `${one.name}=${one.text}`).filter(one => !one.startsWith('said'))].join(
      ' '
    )
  );
  const failed = await notebook.run('await rollback.run()');
  expect(failed.traceback).toEqual([]);
  const all = await notebook.run(`throw new Error(JSON.stringify(${list}))`);
  return { said: JSON.parse((all.error ?? '').replace('Error: ', '')) as unknown, values };
}

test('a constant that is declared again', async () => {
  expect(
    await undo(
      `const service = 'orders'; await rollback('one', () => say(service))`,
      `const service = 'payments'; await rollback('two', () => say(service))`
    )
  ).toEqual({ said: ['payments', 'orders'], values: [`one: service='orders'`, `two: service='payments'`] });
});

test('functions read 1,200 names of the notebook, and V8 keeps none of them in a dictionary, which is a hundred times as slow', async () => {
  const names = Array.from({ length: 1200 }, (_, index) => `many${index}`);
  const cells = [
    `const ${names.map((name, index) => `${name} = ${index}`).join(', ')}; let slot = 3
function all() { return ${names.join(' + ')} }
function few() { return many0 + many1199 + slot }`,
    // Where names are read often, V8 decides anew how it keeps them.
    `for (let turn = 0; turn < 1000; turn++) few()`,
    `import { setFlagsFromString } from 'node:v8'
setFlagsFromString('--allow-natives-syntax')
const isFast = new Function('object', 'return %HasFastProperties(object)')
const kept: unknown[] = []
let names: object = (globalThis as any).__launchbookNames
while (Object.getOwnPropertyNames(names).length > 0) {
  kept.push([Object.getOwnPropertyNames(names).length, isFast(names)])
  names = Object.getPrototypeOf(names)
}`
  ];
  for (const cell of cells) {
    expect(await notebook.run(cell)).toMatchObject({ faults: [], traceback: [] });
  }
  const { error } = await notebook.run('throw new Error(JSON.stringify([all(), few(), kept]))');
  const [total, once, kept] = JSON.parse((error ?? '').replace('Error: ', '')) as [
    number,
    number,
    [number, boolean][]
  ];
  expect([total, once]).toEqual([(1199 * 1200) / 2, 1202]);
  expect(kept.reduce((sum, [count]) => sum + count, 0)).toBeGreaterThanOrEqual(1201);
  expect(kept.filter(([, isFast]) => !isFast)).toEqual([]);
});

test('a variable that is assigned, also before the registration is awaited, and one of a loop', async () => {
  expect(
    await undo(
      `let at = 'a'; const soon = rollback('one', () => say(at)); at = 'b'; await soon
let turn = 0
for (const step of ['x', 'y']) { turn += 1; await rollback(step, () => say([step, turn, at])) }
turn = 9`,
      `let turn = 10`
    )
  ).toEqual({
    said: [['y', 2, 'b'], ['x', 1, 'b'], 'a'],
    values: [`one: at='a'`, `x: turn=1 at='b'`, `y: turn=2 at='b'`]
  });
});

test('values are read through functions of the notebook, of which the newest are called', async () => {
  expect(
    await undo(
      `let region = 'eu'; const undoIt = () => say(helper(region)); function helper(text: string) { return text + region }`,
      `await rollback('one', undoIt)
await rollback('two', async () => { await null; undoIt() })`,
      `region = 'us'; function helper(text: string) { return 'mended ' + text + region }`
    )
  ).toEqual({ said: ['mended eueu', 'mended eueu'], values: [`one: region='eu'`, `two: region='eu'`] });
});

test('a name that is declared again as another kind', async () => {
  expect(
    await undo(
      `const zone = 'a'; await rollback('one', () => say(look()))`.replace('look()', 'zone'),
      `let zone = 'b'; await rollback('two', () => say(zone))`,
      `function zone() { return 'c' }`
    )
  ).toMatchObject({ said: ['b', 'a'] });
});

test('a helper that is mended as another kind reaches its callers, at once and from then on', async () => {
  const cells = [
    `function way() { return 'function' }; const place: { at: string } = { at: 'const' }; class Kind { text = 'class' }`,
    `const callers = () => [way(), place.at, new Kind().text].join()`,
    `const before = callers(); const way = () => 'const'; let place = { at: 'let' }; const Kind = class { text = 'const' }; const after = callers()`,
    `throw new Error([before, after, callers()].join(' '))`
  ];
  const ended = [];
  for (const cell of cells) {
    ended.push(await notebook.run(cell));
  }
  expect(ended.map(({ faults, error }) => [faults, error])).toEqual([
    [[], undefined],
    [[], undefined],
    [[], undefined],
    [[], 'Error: function,const,class const,let,const const,let,const']
  ]);
  for (const cell of [
    `place = { at: 'assigned' }`,
    `function way() { return 'again' }; const place = { at: 'again' }`,
    `const way = () => 'third'`
  ]) {
    const asked = await notebook.run(`${cell}; throw new Error(callers())`);
    ended.push(asked);
  }
  expect(ended.slice(4).map(({ error }) => error)).toEqual([
    'Error: const,assigned,const',
    'Error: again,again,const',
    'Error: third,again,const'
  ]);
});

test('what is bound in a pattern, imported, in a class, or a parameter of the same name', async () => {
  expect(
    await undo(
      `import { place, far } from './mine'
const { a, list: [b] } = { a: 1, list: [2] }
class Fleet { size = a; stop() { say([a, b, this.size, place, far()]) } }
const fleet = new Fleet()
await rollback('one', () => fleet.stop())
await rollback('two', ((a: string) => () => say([a, b]))('own'))`,
      `const a = 3, b = 4, place = 'there'`
    )
  ).toEqual({
    said: [
      ['own', 2],
      [1, 2, 1, 'here', 'far']
    ],
    values: [`one: fleet=Fleet { size: 1 }`, `two: b=2`]
  });
});

test('an object is kept as it is, not as it was', async () => {
  expect(
    await undo(
      `const box = { at: 'a' }; await rollback('one', () => say(box.at)); box.at = 'b'`,
      `const box = 1`
    )
  ).toMatchObject({ said: ['b'] });
});

test('what is declared further down in the cell, or in a later one, is read when the step runs', async () => {
  expect(
    await undo(`await rollback('one', () => say(below)); const below = 'below'`, `const below = 'later'`)
  ).toEqual({ said: ['later'], values: ['one:'] });
});

test('what an undo step assigns, it sees, other undo steps see, and the notebook unless the name was declared again', async () => {
  expect(
    await undo(
      `let count = 0, own = 'o'; const add = () => { count += 1; own += count; say(own) }
await rollback('one', add); await rollback('two', add); await rollback('three', () => { own = 'other'; say(own) })`,
      `const own = 'new'; await rollback('four', () => say([own, count]))`
    )
  ).toMatchObject({ said: [['new', 0], 'other', 'other1', 'other12'] });
  expect(await notebook.run('throw new Error(`${own} ${count}`)')).toMatchObject({ error: 'Error: new 2' });
});

test('work in the background keeps its values, and hears by an object', async () => {
  const cells = [
    `const host = 'a'; const heard = { stop: false, host: '' }
const watch = await background('watch', async () => { while (!heard.stop) await new Promise(go => setTimeout(go, 5)); heard.host = host })`,
    `const host = 'b'; heard.stop = true; while (watch.isRunning) await new Promise(go => setTimeout(go, 5))`
  ];
  for (const cell of cells) {
    expect(await notebook.run(cell)).toMatchObject({ faults: [], traceback: [] });
  }
  expect(await notebook.run('throw new Error(heard.host)')).toMatchObject({ error: 'Error: a' });
});

test('the check of a task keeps its values', async () => {
  for (const cell of [
    `const shop = 'a', looked: string[] = []
const tasks = await assign('Smoke', [{ task: 'Look', owner: 'ann', check: () => void looked.push(shop) }])`,
    `const shop = 'b'; await gather(tasks)`
  ]) {
    expect(await notebook.run(cell)).toMatchObject({ faults: [], traceback: [] });
  }
  expect(await notebook.run('throw new Error(looked.join())')).toMatchObject({ error: 'Error: a' });
});

describe('what is told of an error', () => {
  test('has the names and columns of the author', async () => {
    const outcome = await notebook.run(
      'const shop: any = {}; const call = () => { for (const one of shop) say(one) }; const say = (x: unknown) => x\ncall()'
    );
    expect(outcome.error).toBe('TypeError: shop is not iterable');
    expect(outcome.traceback[1]).toMatch(/at call \(cell-\d+\.ts:1:62\)/);
    const missing = await notebook.run('const run = () => shop.start(1)\nrun()');
    expect(missing.error).toBe('TypeError: shop.start is not a function');
    expect(missing.traceback.slice(1).map(line => line.replace(/cell-\d+/, 'cell'))).toEqual([
      '    at run (cell.ts:1:24)',
      '    at cell.ts:2:1'
    ]);
  });

  test('of a name that is not initialised yet too', async () => {
    const outcome = await notebook.run('const early = () => late2\nearly()\nconst late2 = 1');
    expect(outcome.error).toBe('ReferenceError: late2 is not defined');
    expect(outcome.traceback.slice(1)).toHaveLength(2);
  });
});
