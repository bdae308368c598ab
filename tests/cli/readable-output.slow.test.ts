// What a person reads of a run without a front end: in the terminal while it runs, and in the notebook that it leaves.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { makeSandbox, type Sandbox } from './launchbook.js';

let box: Sandbox;
beforeEach(() => {
  box = makeSandbox();
});
afterEach(() => box.remove());

interface Output {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: readonly string[];
  readonly data?: { readonly [type: string]: string };
}

/** Runs a runbook of these cells; gives what the terminal shows, and the outputs of each cell in the notebook. */
function run(sources: { readonly [id: string]: string }): {
  stdout: string;
  outputs: { [id: string]: readonly Output[] };
} {
  const cells = [
    { id: 'h', cell_type: 'markdown', metadata: {}, source: '## Deploy' },
    ...Object.entries(sources).map(([id, source]) => ({
      id,
      cell_type: 'code',
      metadata: {},
      source,
      outputs: [],
      execution_count: null
    }))
  ];
  const metadata = { kernelspec: { name: 'launchbook', display_name: '', language: 'typescript' } };
  box.write('release.ipynb', { cells, metadata, nbformat: 4, nbformat_minor: 5 });
  box.write('launchbook.yml', 'environments: { staging: {} }\n');
  box.git('init', '--template=', '--quiet');
  box.commit();
  const path = box.spawn('new', 'release.ipynb', '--release', '2.4.0', '--env', 'staging').stdout.trim();
  const { stdout } = box.spawn('run', path);
  const saved = JSON.parse(readFileSync(join(box.folder, path), 'utf8')) as {
    cells: { id: string; outputs?: readonly Output[] }[];
  };
  return { stdout, outputs: Object.fromEntries(saved.cells.map(({ id, outputs = [] }) => [id, outputs])) };
}

const plainOf = ({ data, text }: Output): string => data?.['text/plain'] ?? (text ?? []).join('');

test('lines carry their item, the table stands as it is in the end, and a soak is one output', () => {
  const { stdout, outputs } = run({
    build: [
      "await scatter(['orders', 'payments'], async name => {",
      '  console.log(`plans ${name}`);',
      '  await $`echo building`;',
      "  await soak('50ms', { name: 'Settle' });",
      '});'
    ].join('\n'),
    watch:
      "await soak('300ms', { every: '20ms', name: 'Quiet', check: () => display.table([{ errors: 0 }]) });",
    fail: "await scatter(['web-1'], () => $`sh -c ${'echo no route >&2; exit 1'}`);"
  });
  for (const line of [
    /^ {2}│ orders {3}\| plans orders$/m,
    /^ {2}│ payments \| building$/m,
    /^ {2}│ orders \| ☑ Settle: nothing went wrong/m,
    /^ {2}│ 2 of 2 passed\.$/m,
    /^ {2}│ ☑ Quiet: nothing went wrong \(\d+ ms, \d+ checks\)$/m,
    /web-1: Command failed with exit code 1 .* — no route$/m
  ]) {
    expect(stdout).toMatch(line);
  }
  expect(stdout).not.toMatch(/waiting\.|running|░/);

  const build = outputs['build']!;
  expect(build.filter(({ output_type }) => output_type === 'display_data')).toHaveLength(3);
  expect(plainOf(build[0]!)).toContain('2 of 2 passed.');
  const printed = build
    .filter(({ name }) => name === 'stdout')
    .map(plainOf)
    .join('')
    .trimEnd()
    .split('\n');
  expect(printed.sort()).toEqual([
    'orders   | building',
    'orders   | plans orders',
    'payments | building',
    'payments | plans payments'
  ]);
  expect(outputs['watch']).toHaveLength(1);
  expect(plainOf(outputs['watch']![0]!)).toMatch(/^☑ Quiet: nothing went wrong .*\nerrors\n------\n0/);
  expect(outputs['fail']!.some(output => /web-1 +✗ failed .* — no route\n/.test(plainOf(output)))).toBe(true);
});

test('what a cell shows for the first time when it has ended is in the terminal and in the notebook', () => {
  const { stdout, outputs } = run({
    begin: [
      'const state = { isReady: false };',
      "const wait = { every: '20ms', name: 'Ready' } as const;",
      "const work = await background('Wait', async () => {",
      '  await new Promise(done => setTimeout(done, 500));',
      "  console.log('looks now');",
      '  await poll(() => state.isReady, wait);',
      '});'
    ].join('\n'),
    end: [
      'await new Promise(done => setTimeout(done, 1000));',
      'state.isReady = true;',
      'while (work.isRunning) await new Promise(done => setTimeout(done, 20));'
    ].join('\n')
  });
  expect(stdout).toMatch(/^ {2}│ looks now/m);
  expect(stdout).toMatch(/^ {2}│ ☑ Ready: done /m);
  const texts = outputs['begin']!.map(plainOf);
  expect(texts.join('')).toContain('looks now');
  expect(texts.at(-1)).toMatch(/^☑ Ready: done /);
});

test('a display that changes when its cell has ended is in the notebook in its last form', () => {
  const { stdout, outputs } = run({
    begin: [
      'const state = { isReady: false };',
      "const wait = { every: '20ms', name: 'Ready' } as const;",
      "const work = await background('Wait', () => poll(() => state.isReady, wait));"
    ].join('\n'),
    end: 'state.isReady = true;\nwhile (work.isRunning) await new Promise(done => setTimeout(done, 20));'
  });
  expect(stdout).toContain('2 of 2 steps passed');
  expect(stdout).toMatch(/^ {2}│ ☑ Ready: done /m);
  expect(plainOf(outputs['begin']!.at(-1)!)).toMatch(/^☑ Ready: done /);
});
