// What passes no gate of steps passes this one: silent code, expressions, texts in place of notebooks, helpers of a run without a run.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { checksOfCell } from '../../../run/gate/cell/checks-of-cell.js';
import { refuseShownRun } from '../../../run/gate/cell/shown-run.js';
import { findNotebook } from '../../../run/keeper/find-notebook.js';
import type { Cell } from '../../../run/ports.js';
import { unsentCell } from '../../../run/keeper/unsent-cell.js';
import { makeSampleRun, RUN } from '../sample-run.js';

const folder = mkdtempSync(join(tmpdir(), 'launchbook-cell-'));
mkdirSync(join(folder, '.git'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const asked = (code: string, more: Partial<Cell> = {}): Cell => ({
  ...unsentCell('replay', code, null),
  isSilent: false,
  ...more
});

async function refusalOf(cell: Cell, parts: { textForm?: string | null; notices?: string[] } = {}) {
  const notices = { add: (text: string) => void parts.notices?.push(text) };
  const checks = checksOfCell({
    keeper: { state: { run: null } } as never,
    known: { settle: () => undefined },
    notebook: null,
    textForm: parts.textForm ?? null,
    folder,
    notices: notices as never
  });
  for (const check of checks) {
    const refusal = await check(cell);
    if (refusal) {
      return refusal;
    }
  }
  return null;
}

describe('in a run', () => {
  test.each<[string, Partial<Cell>]>([
    ['the text of a step, silently', { code: '2 + 2', isSilent: true, cellId: null }],
    ['any code, silently', { code: 'x = 1', isSilent: true, cellId: 'ship' }],
    ['an expression beside a step', { expressions: ['2 + 2'] }]
  ])('%s is refused, and nothing is written', async (_, from) => {
    const { gate, cellOf, journal, end } = makeSampleRun();
    const { refusal } = await gate.admit(cellOf('look', from.code, from));
    expect(refusal).toMatchObject({ record: { code: 'run.unrecorded' } });
    expect(journal.records.some(({ kind }) => kind === 'attempt-started')).toBe(false);
    end();
  });

  test('a silent request without code is only a question', async () => {
    const { gate, cellOf, end } = makeSampleRun();
    expect(await gate.admit(cellOf(null, ' ', { isSilent: true }))).toEqual({ refusal: null });
    end();
  });

  test('a notebook that is no run may do both', async () => {
    const { gate, cellOf, end } = makeSampleRun(undefined, null);
    expect(await gate.admit(cellOf('look', '1', { isSilent: true }))).toEqual({ refusal: null });
    expect(await gate.admit(cellOf('look', '1', { expressions: ['2'] }))).toEqual({ refusal: null });
    end();
  });
});

describe('without a notebook', () => {
  test.each([
    "await approval('Go')",
    "await checklist('Closing', ['a'])",
    "await checkpoint('before')",
    "await rollback('back', () => 1)",
    'await rollback.run()',
    "const ask = approval; await ask('Go')"
  ])('%s is refused', async code => {
    const refusal = await refusalOf(asked(code));
    expect(refusal).toMatchObject({
      code: 'run.no_notebook',
      message: expect.stringContaining('production') as unknown
    });
    expect(await refusalOf(asked('1', { expressions: [code] }))).toMatchObject({ code: 'run.no_notebook' });
  });

  test('that nothing is recorded is told once, with the first cell that acts', async () => {
    const notices: string[] = [];
    const { notebook } = { notebook: null };
    const checks = checksOfCell({
      keeper: { state: { run: null } } as never,
      known: { settle: () => undefined },
      notebook,
      textForm: null,
      folder,
      notices: { add: (text: string) => void notices.push(text) } as never
    });
    for (const code of ['1 + 1', 'display.table([])', 'await $`true`', 'await $`true`']) {
      for (const check of checks) {
        expect((await check(asked(code))) ?? null).toBeNull();
      }
    }
    expect(notices).toEqual([expect.stringMatching(/^No journal: /)]);
  });

  test('a step of a live run is refused silently too, as an expression, and reformatted', async () => {
    mkdirSync(join(folder, '.git'), { recursive: true });
    const cells = [{ id: 'ship', cell_type: 'code', source: 'await $`deploy`\nawait $`check`' }];
    writeFileSync(
      join(folder, 'run.ipynb'),
      JSON.stringify({ cells, metadata: { launchbook: { run: RUN } }, nbformat: 4 })
    );
    const untold = { code: 'run.untold' };
    expect(await refusalOf(asked(cells[0]!.source, { isSilent: true }))).toMatchObject(untold);
    expect(await refusalOf(asked('1', { expressions: [cells[0]!.source] }))).toMatchObject(untold);
    expect(await refusalOf(asked('  await $`deploy`\n\n  await $`check`'))).toMatchObject(untold);
    const id = `vscode-notebook-cell:${encodeURI(join(folder, 'run.ipynb'))}#W0sZmlsZQ==`;
    expect(await refusalOf(asked('changed and not saved', { cellId: id }))).toMatchObject(untold);
  });
});

describe('a page that shows a run', () => {
  const RUNS = [null, RUN.id, 'another'] as const;
  const pairs = RUNS.flatMap(shown => [undefined, ...RUNS].map(known => ({ shown, known })));

  // `known`: the run of the kernel's notebook; undefined where nobody has told it of one.
  test.each(pairs)('$shown: a kernel that knows $known', async ({ shown, known }) => {
    const { end, notebook } = makeSampleRun(undefined, known ? { ...RUN, id: known } : null);
    const check = refuseShownRun({ notebook: known === undefined ? null : notebook });
    const code = known === undefined ? 'run.untold' : 'run.other';
    expect((await check(asked('1', { shownRun: shown }))) ?? {}).toEqual(
      shown === null || shown === known ? {} : expect.objectContaining({ code })
    );
    end();
  });

  test('is refused by a kernel without a notebook in a rehearsal too, silently, and for an expression', async () => {
    const shown = { shownRun: RUN.id };
    for (const more of [shown, { ...shown, isSilent: true }, { ...shown, expressions: ['1'] }]) {
      expect(await refusalOf(asked('1 + 1', more))).toMatchObject({ code: 'run.untold' });
    }
  });
});

describe('a text in place of a notebook', () => {
  const write = (name: string, text: string): string => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  test('is refused when it is the text of a run, by its header or by the notebook beside it', async () => {
    const header = '---\njupyter:\n  launchbook:\n    run:\n      id: x\n---\n';
    const script = header.replace(/^/gm, '# ');
    const refused = { code: 'run.text_form' };
    expect(await refusalOf(asked('1'), { textForm: write('release.md', header) })).toMatchObject(refused);
    expect(await refusalOf(asked('1'), { textForm: write('release.py', script) })).toMatchObject(refused);
    write('paired.ipynb', JSON.stringify({ cells: [], metadata: { launchbook: { run: RUN } }, nbformat: 4 }));
    expect(await refusalOf(asked('1'), { textForm: write('paired.md', '# Release') })).toMatchObject(refused);
    write('broken.ipynb', '<<<<<<< ours');
    expect(await refusalOf(asked('1'), { textForm: write('broken.md', '# Release') })).toMatchObject(refused);
  });

  test('of another notebook is executed without a journal', async () => {
    expect(await refusalOf(asked('1'), { textForm: write('notes.md', '# launchbook:\n run:') })).toBeNull();
    expect(await refusalOf(asked('1'), { textForm: join(folder, 'console') })).toBeNull();
  });
});

describe('which notebook it is', () => {
  test('is told by the variable, else by the connection file', () => {
    mkdirSync(folder, { recursive: true });
    const connection = join(folder, 'connection.json');
    writeFileSync(connection, JSON.stringify({ jupyter_session: '/srv/a.ipynb' }));
    const found = (name?: string) =>
      findNotebook(name === undefined ? {} : { JPY_SESSION_NAME: name }, folder, connection);
    expect(found('/srv/b.ipynb')).toMatchObject({
      notebook: { path: '/srv/b.ipynb' },
      toldBy: 'the variable JPY_SESSION_NAME'
    });
    expect(found()).toMatchObject({
      notebook: { path: '/srv/a.ipynb' },
      toldBy: 'jupyter_session in the connection file'
    });
    expect(found('/srv/b.md')).toMatchObject({ notebook: null, textForm: '/srv/b.md' });
    expect(found('8a5e6b1c-guid')).toMatchObject({ notebook: { path: '/srv/a.ipynb' } });
    expect(findNotebook({}, folder, '/no/such')).toEqual({ notebook: null, textForm: null, toldBy: '' });
  });
});
