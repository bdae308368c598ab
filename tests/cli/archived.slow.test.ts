// An archived run is read-only, by the command and by its kernel: nothing is added to it, whatever is asked; a person can reopen it with a
// reason, and what is archived then is another archive. Real kernel, real git.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { appendFileSync, chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Notebook } from '../../contract/notebook/notebook.js';
import { textOf } from '../../contract/notebook/outline.js';
import { openHeadlessRun, type HeadlessRun } from '../../kernel/host/headless/headless-run.js';
import type { CodeCell } from '../../lifecycle/notebook/archive-marks.js';
import { readRun } from '../../lifecycle/notebook/read-run.js';
import { runStatus } from '../../lifecycle/status/run-status.js';
import { makeSandbox, type Sandbox } from './launchbook.js';

const RUN = join('runs', '2.4.0-staging', 'release.ipynb');
const TAG = 'runs/2.4.0-staging';
let box: Sandbox;

beforeEach(async () => {
  box = makeSandbox();
  const cells = Object.entries({
    build: "await rollback('images', () => $`echo gone`); console.log('built')",
    deploy: "display.markdown('**deployed**')"
  }).map(([id, source]) => ({
    id,
    cell_type: 'code',
    metadata: {},
    source,
    outputs: [],
    execution_count: null
  }));
  const metadata = { kernelspec: { name: 'launchbook', display_name: '', language: 'typescript' } };
  box.write('release.ipynb', { cells, metadata, nbformat: 4, nbformat_minor: 5 });
  box.write('launchbook.yml', 'environments: { staging: {}, production: { production: true } }\n');
  box.git('init', '--template=', '--quiet');
  box.git('config', 'user.name', 'Ann Lee');
  box.git('config', 'user.email', 'ann@example.com');
  box.commit();
  await box.launchbook('new', 'release.ipynb', '--release', '2.4.0', '--env', 'staging');
  expect((await box.launchbook('run', RUN)).code).toBe(0);
});

afterEach(() => box.remove());

const path = (): string => join(box.folder, RUN);
const archive = (): Promise<{ code: number | null; stderr: string }> => box.launchbook('archive', RUN);
const files = (): string[] =>
  ['.ipynb', '.journal.jsonl', '.archive.json'].map(end =>
    readFileSync(path().replace('.ipynb', end), 'utf8')
  );

/** With the kernel of the run, as a page opens it. */
async function inKernel<T>(act: (run: HeadlessRun) => Promise<T>): Promise<T> {
  const run = await openHeadlessRun({
    path: path(),
    nodePath: process.execPath,
    username: 'ann',
    log: () => undefined
  });
  try {
    return await act(run);
  } finally {
    await run.close();
  }
}

test('no command and no kernel adds to it, and each says that it is archived', async () => {
  expect(await archive()).toMatchObject({ code: 0 });
  const before = files();
  for (const args of [
    ['run', RUN],
    ['run', RUN, '--anew', 'why not'],
    ['resume', RUN],
    ['resume', RUN, '--discard', 'all', '--reason', 'why not'],
    ['rollback', RUN, '--reason', 'why not'],
    ['approve', RUN]
  ]) {
    const { code, stderr } = await box.launchbook(...args);
    expect([args, code, stderr]).toEqual([
      args,
      2,
      expect.stringMatching(/archived at .* by Ann Lee.*read-only/s)
    ]);
    expect(stderr).toMatch(/launchbook new/);
  }
  expect(box.spawn('run', RUN).code).toBe(2);
  for (const args of [
    ['resume', RUN, '--plan'],
    ['rollback', RUN, '--plan'],
    ['report', RUN],
    ['verify', RUN]
  ]) {
    expect([args, (await box.launchbook(...args)).code]).toEqual([args, 0]);
  }
  await inKernel(async run => {
    expect(run.state.archived).toMatchObject({ by: { name: 'Ann Lee' } });
    for (const line of [
      '%resume',
      '%skip deploy why',
      '%discard --all why',
      '%rollback --all why',
      '%begin-anew why'
    ]) {
      const { error } = await run.command(line);
      expect([line, error?.code]).toEqual([line, 'run.archived']);
    }
  });
  const refused = await inKernel(async run => run.proceed());
  expect(refused).toMatchObject({ outcome: 'passed' });
  expect(files()).toEqual(before);
  expect(box.git('status', '--porcelain')).toBe('');
  expect(runStatus(path())).toMatchObject({
    health: { color: 'green', reason: expect.stringMatching(/^it was archived at/) },
    next: null,
    expectedEnd: null
  });
  expect((await archive()).code).toBe(0);
  expect(box.git('tag').split('\n')).toEqual([TAG]);
});

test('what ran in a cell that is gone, or is no code any more, stands in the archive', async () => {
  const notebook = JSON.parse(readFileSync(path(), 'utf8')) as Notebook;
  const cells = notebook.cells.flatMap(({ id, source }) =>
    id === 'build' ? [] : [{ id: id!, cell_type: 'markdown' as const, metadata: {}, source }]
  );
  writeFileSync(path(), JSON.stringify({ ...notebook, cells }));
  expect((await archive()).code).toBe(0);
  const archived = (): [string, string, string][] =>
    (JSON.parse(readFileSync(path(), 'utf8')) as Notebook).cells
      .filter(({ id }) => id?.startsWith('launchbook-recorded'))
      .map(cell => [cell.id!, textOf(cell.source), JSON.stringify((cell as CodeCell).outputs)]);
  const found = archived();
  expect(found).toEqual([
    [
      'launchbook-recorded-1',
      expect.stringMatching(/^\/\/ “.*its cell is gone.*\n\/\/ await rollback\('images'/),
      expect.stringMatching(/"built\\n".*☑ passed/)
    ],
    [
      'launchbook-recorded-2',
      expect.stringMatching(/\n\/\/ display\.markdown\('\*\*deployed\*\*'\)$/),
      expect.stringMatching(/\*\*deployed\*\*.*☑ passed/)
    ]
  ]);
  expect(await box.launchbook('verify', RUN)).toMatchObject({ code: 0 });
  const { stdout } = await box.launchbook('report', RUN);
  expect(
    stdout.match(/The cell of the step .* has been removed since it ran; what ran is in the journal\./g)
  ).toHaveLength(2);
  expect((await archive()).code).toBe(0);
  expect(archived()).toEqual(found);
});

test('a step of it is refused by the kernel, also in a folder where nothing can be written', async () => {
  await archive();
  chmodSync(join(box.folder, 'runs', '2.4.0-staging'), 0o555);
  try {
    await inKernel(async run => {
      const saved = readFileSync(path());
      const executed = await run.execute('deploy').catch((error: Error) => error);
      expect(executed instanceof Error || executed.error?.code === 'run.archived').toBe(true);
      writeFileSync(path(), saved);
    });
  } finally {
    chmodSync(join(box.folder, 'runs', '2.4.0-staging'), 0o755);
  }
  expect(readRun(path()).records.at(-1)?.kind).toBe('run-archived');
});

test.each([
  ['its manifest is gone', () => rmSync(path().replace('.ipynb', '.archive.json'))],
  [
    'its summary was taken out',
    () => {
      const notebook = JSON.parse(readFileSync(path(), 'utf8')) as Notebook;
      writeFileSync(path(), JSON.stringify({ ...notebook, cells: notebook.cells.slice(1) }));
    }
  ],
  [
    'all that is beside its journal is gone',
    () => {
      const notebook = JSON.parse(readFileSync(path(), 'utf8')) as Notebook;
      writeFileSync(path(), JSON.stringify({ ...notebook, cells: notebook.cells.slice(1) }));
      rmSync(path().replace('.ipynb', '.archive.json'));
    }
  ]
])('it stays archived when %s', async (_, damage) => {
  await archive();
  damage();
  const before = readFileSync(path().replace('.ipynb', '.journal.jsonl'), 'utf8');
  expect((await box.launchbook('run', RUN)).code).toBe(2);
  await inKernel(async run => expect(run.state.archived).toBeDefined());
  expect(readFileSync(path().replace('.ipynb', '.journal.jsonl'), 'utf8')).toBe(before);
});

test('a person reopens it with a reason; what is archived then is another archive, which tells it', async () => {
  await archive();
  expect(await box.launchbook('resume', RUN, '--reopen', '')).toMatchObject({ code: 2 });
  expect((await box.launchbook('resume', RUN, '--reopen', 'the images must go', '--only')).code).toBe(0);
  expect(runStatus(path()).archivedAt).toBeNull();
  expect((await box.launchbook('rollback', RUN, '--reason', 'payments crashes')).code).toBe(0);
  const again = await box.launchbook('archive', RUN, '--unfinished');
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining(`${TAG}.2`) });
  expect((await box.launchbook('verify', RUN)).code).toBe(0);
  expect((await box.launchbook('verify', TAG)).code).toBe(0);
  const { cells } = JSON.parse(readFileSync(path(), 'utf8')) as Notebook;
  expect(textOf(cells[0]!.source)).toMatch(/reopened the run, which was archived.*the images must go/);
});

test('an archive of somebody whom git does not know says what to do, and leaves nothing staged', async () => {
  const before = box.git('status', '--porcelain');
  box.git('config', 'user.useConfigOnly', 'true');
  box.git('config', 'user.name', '');
  box.git('config', 'user.email', '');
  const refused = await archive();
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toContain('git config user.name "YOUR NAME" and git config user.email YOUR@ADDRESS');
  expect(box.git('status', '--porcelain')).toEqual(before);
});

test('outputs that only the journal has are put back, and an archive that git refuses leaves everything as it was', async () => {
  const notebook = JSON.parse(readFileSync(path(), 'utf8')) as Notebook;
  const emptied = notebook.cells.map(cell => ({ ...cell, outputs: [], execution_count: null }));
  writeFileSync(path(), JSON.stringify({ ...notebook, cells: emptied }));
  const before = [
    readFileSync(path(), 'utf8'),
    readFileSync(path().replace('.ipynb', '.journal.jsonl'), 'utf8')
  ];
  appendFileSync(join(box.folder, '.gitattributes'), '*.ipynb filter=strip\n');
  box.git('config', 'filter.strip.clean', 'echo stripped');
  expect((await archive()).code).not.toBe(0);
  expect([
    readFileSync(path(), 'utf8'),
    readFileSync(path().replace('.ipynb', '.journal.jsonl'), 'utf8')
  ]).toEqual(before);
  rmSync(join(box.folder, '.gitattributes'));
  expect((await archive()).code).toBe(0);
  const { cells } = JSON.parse(readFileSync(path(), 'utf8')) as { cells: CodeCell[] };
  const shown = (id: string): unknown => cells.find(cell => cell.id === id)!.outputs![0];
  expect(shown('build')).toMatchObject({ output_type: 'stream', text: ['built\n'] });
  expect(shown('deploy')).toMatchObject({
    output_type: 'display_data',
    data: { 'text/markdown': ['**deployed**'] }
  });
  expect((await box.launchbook('verify', RUN)).code).toBe(0);
});
