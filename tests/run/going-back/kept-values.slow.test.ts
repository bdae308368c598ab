// Undo steps undo what they were registered for, whatever later cells declare: through the kernel, after a death of its process, and for
// cells that are made up, whose undo steps the generator knows how to compute.
import { afterEach, expect, test } from '@jest/globals';
import type { JournalRecord } from '../../../contract/journal/journal.js';
import { makeRandom } from '../../random.js';
import { HeadlessFolder } from '../headless-folder.js';

let folder: HeadlessFolder | undefined;
afterEach(() => folder?.remove());

const TOOLS = `import { appendFileSync } from 'node:fs'
const undo = (text: string) => appendFileSync('undone', text + '\\n')`;

async function executeAll(steps: readonly string[]): Promise<void> {
  await folder!.during(async run => {
    for (const step of steps) {
      const { error } = await run.execute(step);
      expect([step, error]).toEqual([step, null]);
    }
  });
}

/** In a process of its own, which has nothing but the journal. */
async function rollBackAfterDeath(): Promise<string> {
  return folder!.during(async run => {
    expect((await run.command('%resume')).error).toBeNull();
    const plan = await run.command('%rollback --plan --all');
    expect((await run.command('%rollback --all it crashes')).error).toBeNull();
    return JSON.stringify(plan.outputs);
  });
}

const valuesIn = (records: readonly JournalRecord[]): unknown[] =>
  records.flatMap(record => (record.kind === 'rollback-registered' ? [record.values] : []));

test('each of two cells undoes its own service, and the plan says which', async () => {
  folder = new HeadlessFolder({
    tools: TOOLS,
    orders: `const service = 'orders'; await rollback('stop it', () => undo(service)); await rollback('orders back', () => undo(service + ' back'))`,
    payments: `const service = 'payments'; await rollback('payments back', () => undo(service + ' back'))`
  });
  await folder.during(async run => {
    for (const step of ['tools', 'orders', 'payments']) {
      expect((await run.execute(step)).error).toBeNull();
    }
    const plan = JSON.stringify((await run.command('%rollback --plan --all')).outputs);
    expect(plan).toContain(`1. payments back, with service = 'payments'`);
    expect(plan).toContain(`2. orders back, with service = 'orders'`);
    expect((await run.command('%rollback --all it crashes')).error).toBeNull();
  });
  expect(folder.lines('undone')).toEqual(['payments back', 'orders back', 'orders']);
}, 60_000);

test('after a death the values are those of the cell, also of an attempt that had failed before a name was declared again', async () => {
  folder = new HeadlessFolder({
    tools: TOOLS,
    first: `const service = 'orders'`,
    failed: `await rollback('failed back', () => undo(service)); await $\`false\``,
    again: `const service = 'payments'; await rollback('again back', () => undo(service))`
  });
  await folder.during(async run => {
    for (const step of ['tools', 'first', 'failed', 'again']) {
      await run.execute(step);
    }
  });
  const plan = await rollBackAfterDeath();
  expect(plan).toContain(`1. again back, with service = 'payments'`);
  expect(plan).toContain(`2. failed back, with service = 'orders'`);
  expect(folder.lines('undone')).toEqual(['payments', 'orders']);
}, 60_000);

test('each attempt of a cell has its own values', async () => {
  folder = new HeadlessFolder({
    tools: TOOLS,
    deploy: `const service = 'orders'; await rollback('one back', () => undo(service)); await $\`false\``
  });
  await folder.during(async run => {
    await run.execute('tools');
    expect((await run.execute('deploy')).error).not.toBeNull();
  });
  folder.edit('deploy', `const service = 'payments'; await rollback('two back', () => undo(service))`);
  await folder.during(async run => {
    await run.command('%resume');
    expect((await run.execute('deploy')).error).toBeNull();
  });
  await rollBackAfterDeath();
  expect(folder.lines('undone')).toEqual(['payments', 'orders']);
}, 60_000);

test('values are masked before they are cut, and long ones say how long they are', async () => {
  const token = 'correct-horse-battery-staple';
  process.env['KEPT_VALUE_TOKEN'] = token;
  folder = new HeadlessFolder({
    tools: TOOLS,
    deploy: `const token = await secret('KEPT_VALUE_TOKEN')
const long = '.'.repeat(60) + token.reveal(), huge = 'x'.repeat(5000), [a, b, c, d] = [1, 2, 3, 4], list = { token, long }
await rollback('back', () => undo([token, long, huge.length, a, b, c, d, list].join(' ')))
await rollback('list', () => undo(JSON.stringify(list)))`
  });
  await executeAll(['tools', 'deploy']);
  expect(JSON.stringify(folder.records())).not.toContain('correct-horse');
  expect(valuesIn(folder.records())).toEqual([
    [
      { name: 'token', text: '«secret KEPT_VALUE_TOKEN»' },
      { name: 'long', text: `'${'.'.repeat(60)}«secret KEPT_VALUE…` },
      { name: 'huge', text: 'a text of 5002 characters' },
      { name: 'a', text: '1' },
      { name: 'b', text: '2' },
      { name: 'c', text: '3' }
    ],
    [{ name: 'list', text: `{ token: «secret KEPT_VALUE_TOKEN», long: '${'.'.repeat(36)}…` }]
  ]);
  delete process.env['KEPT_VALUE_TOKEN'];
}, 60_000);

/** Cells that register undo steps in many shapes and declare their names again; what undoing them must write, the newest first. */
function makeUp(seed: number): {
  readonly cells: Readonly<Record<string, string>>;
  readonly undone: string[];
} {
  const random = makeRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const values: Record<string, string> = { service: 'v0', region: 'v1', size: 'v2' };
  const names = Object.keys(values);
  const isLet: Record<string, boolean> = { service: false, region: true, size: false };
  const undone: string[] = [];
  let count = 3;
  const fresh = (): string => `v${count++}`;
  const cells: Record<string, string> = {
    tools: `${TOOLS}\nconst service: string = 'v0', size: string = 'v2'; let region: string = 'v1'
const all = () => undo([service, region, size].join('-')); const nested = async () => { await null; all() }`
  };
  const declare = (name: string): string => {
    const value = (values[name] = fresh());
    isLet[name] = random() < 0.5;
    const word = isLet[name] ? 'let' : 'const';
    return pick([
      `${word} ${name}: string = '${value}'`,
      `${word} { ${name} }: { ${name}: string } = { ${name}: '${value}' }`,
      `${word} [${name}]: [string] = ['${value}']`
    ]);
  };
  const assign = (name: string): string =>
    isLet[name] ? `${name} = '${(values[name] = fresh())}'` : `void ${name}`;
  const register = (id: string): string => {
    const [name, other] = [pick(names), pick(names)];
    const [value, now] = [values[name]!, values[other]!];
    const says = (...texts: readonly string[]): void => void undone.push(...texts);
    const everything = names.map(each => values[each]).join('-');
    return pick([
      () => (says(value), `await rollback('${id}', () => undo(${name}))`),
      () => (
        says(value + now),
        `const go${id} = () => undo(${name} + ${other}); await rollback('${id}', go${id})`
      ),
      () => (
        says(value),
        `await rollback('${id}', undo${id}); async function undo${id}() { await null; undo(${name}) }`
      ),
      () => (says(everything), `await rollback('${id}', all)`),
      () => (says(everything), `await rollback('${id}', async () => { await nested() })`),
      () => (
        says(`a${value}`, `b${value}`),
        `for (const item of ['a', 'b']) await rollback(\`${id} \${item}\`, () => undo(item + ${name}))`
      ),
      () => {
        says(value);
        return `const soon${id} = rollback('${id}', () => undo(${name})); ${assign(name)}; await soon${id}`;
      },
      () => (says('own'), `await rollback('${id}', ((${name}: string) => () => undo(${name}))('own'))`),
      () => (
        says(value),
        `class Fleet${id} { stop() { undo(${name}) } }; const fleet${id} = new Fleet${id}(); await rollback('${id}', () => fleet${id}.stop())`
      ),
      () => (
        says('changed'),
        `const box${id} = { at: ${name} }; await rollback('${id}', () => undo(box${id}.at)); box${id}.at = 'changed'`
      ),
      () => (
        says(`${value}!`),
        `await rollback('${id}', () => { const ${other === name ? 'own' : other} = ${name} + '!'; undo(${other === name ? 'own' : other}) })`
      )
    ])();
  };
  for (let cell = 1; cell <= 14; cell += 1) {
    const used = new Set<string>();
    const lines: string[] = [];
    if (random() < 0.5) {
      const name = pick(names);
      used.add(name);
      lines.push(declare(name));
    }
    lines.push(register(`u${cell}a`));
    lines.push(random() < 0.5 ? assign(pick(names)) : '');
    lines.push(register(`u${cell}b`));
    cells[`cell${cell}`] = lines.join('\n');
  }
  cells['mended'] = TOOLS.replace('text +', `'mended ' + text +`);
  return { cells, undone: undone.map(text => `mended ${text}`).reverse() };
}

test.each([1, 2])(
  'made-up cells, seed %i: each undo step finds its values',
  async seed => {
    const { cells, undone } = makeUp(seed);
    folder = new HeadlessFolder(cells);
    await executeAll(Object.keys(cells));
    await rollBackAfterDeath();
    expect(folder.lines('undone')).toEqual(undone);
  },
  120_000
);

test.each([3, 4])(
  'made-up cells in one process, seed %i',
  async seed => {
    const { cells, undone } = makeUp(seed);
    folder = new HeadlessFolder(cells);
    await folder.during(async run => {
      for (const step of Object.keys(cells)) {
        expect([step, (await run.execute(step)).error]).toEqual([step, null]);
      }
      expect((await run.command('%rollback --all it crashes')).error).toBeNull();
    });
    expect(folder.lines('undone')).toEqual(undone);
  },
  120_000
);
