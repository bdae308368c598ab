// Notebooks in git: releases in parallel, and edits of two people at different places, merge without a conflict and without a loss.
// Real merges of a real git, which calls the driver that `launchbook init` has configured; and once without it, as in a clone that
// nobody has prepared.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Notebook } from '../../contract/notebook/notebook.js';
import type { OutlineCell } from '../../contract/notebook/outline.js';
import { archiveRun } from '../../lifecycle/archive/archive-run.js';
import { initProject } from '../../lifecycle/init/init-project.js';
import { notebookText } from '../../lifecycle/notebook/notebook-text.js';
import { verifyRun } from '../../lifecycle/verify/verify-run.js';
import { root } from '../house/root.js';
import { rounds } from '../proof.js';
import { makeRandom } from '../random.js';
import { executeRun, makeRepository, type Repository } from './executed-run.js';

const PAIRS = rounds({ inTest: 10, inProof: 50 });
const TEXT_PAIRS = rounds({ inTest: 3, inProof: 10 });
const CELLS = 16;
let repository: Repository;

beforeAll(async () => {
  repository = await makeRepository();
  await initProject(repository.folder, [process.execPath, join(root, 'lib', 'cli', 'main.js')]);
});

afterAll(() => repository.remove());

type Edit = (cell: OutlineCell) => readonly OutlineCell[];

const lines = (cell: OutlineCell): readonly string[] => cell.source as readonly string[];
const random = makeRandom(814);
const below = (limit: number): number => Math.floor(random() * limit);

/** What a person does inside of one cell. */
const CONTENT_EDITS: readonly ((word: string) => Edit)[] = [
  word => cell => [{ ...cell, source: lines(cell).map((line, index) => (index === 1 ? `${word}\n` : line)) }],
  word => cell => [{ ...cell, source: [`${word}\n`, ...lines(cell)] }],
  word => cell => [{ ...cell, source: [...lines(cell).slice(0, -1), `${lines(cell).at(-1)}\n`, word] }],
  word => cell => [{ ...cell, metadata: { tags: [word] } }]
];

/** What a person does to the list of cells. */
const LIST_EDITS: readonly ((word: string) => Edit)[] = [
  word => cell => [cell, { ...cell, id: `new-${word}`, source: [`${word}\n`, 'end'] }],
  () => () => []
];

interface Sides {
  readonly ours: ReadonlyMap<string, Edit>;
  readonly theirs: ReadonlyMap<string, Edit>;
}

/**
 * Six edits of different cells: three neighbours in a row, of which the other side has the one in the middle, and three anywhere.
 * For `isApart` the list of cells is changed apart from the other side's places: for git's own merge of lines neighbours are one place.
 */
function makeEdits(pair: number, isApart: boolean): Sides {
  const ours = new Map<string, Edit>();
  const theirs = new Map<string, Edit>();
  const taken: { place: number; isList: boolean }[] = [];
  const first = below(CELLS - 2);
  for (let count = 0; count < 6;) {
    const place = count < 3 && !isApart ? first + count : below(CELLS);
    const isList = below(isApart ? 3 : 2) === 0;
    const isOurs = count % 2 === 0;
    const distance = isApart && (isList || taken.some(other => other.isList)) ? 1 : 0;
    const isFree = taken.every(other => Math.abs(other.place - place) > distance);
    if (isFree) {
      const edits = isList ? LIST_EDITS : CONTENT_EDITS;
      (isOurs ? ours : theirs).set(`cell-${place}`, edits[below(edits.length)]!(`w${pair}-${count}`));
      taken.push({ place, isList });
      count++;
    }
  }
  return { ours, theirs };
}

function baseNotebook(): Notebook {
  const cells = Array.from({ length: CELLS }, (_, index): OutlineCell => {
    const source = Array.from({ length: 3 + below(5) }, (_line, line) => `cell ${index} line ${line}\n`);
    const cell = { cell_type: 'markdown', id: `cell-${index}`, metadata: {}, source: [...source, 'last'] };
    return index % 2 === 0
      ? cell
      : ({ ...cell, cell_type: 'code', execution_count: null, outputs: [] } as OutlineCell);
  });
  return { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
}

function apply(notebook: Notebook, edits: ReadonlyMap<string, Edit>): string {
  const cells = notebook.cells.flatMap(cell => edits.get(cell.id!)?.(cell) ?? [cell]);
  return notebookText({ ...notebook, cells });
}

function commitOn(branch: string, from: string, text: string): void {
  repository.git('switch', '--quiet', '--create', branch, from);
  repository.write('template.ipynb', text);
  repository.git('add', 'template.ipynb');
  repository.git('commit', '--quiet', '--allow-empty', '--message', branch);
}

/** Commits both sides of a pair and merges; gives what should come out. */
function mergePair(name: string, { ours, theirs }: Sides, base: Notebook): string {
  commitOn(`base-${name}`, 'main', notebookText(base));
  commitOn(`ours-${name}`, `base-${name}`, apply(base, ours));
  commitOn(`theirs-${name}`, `base-${name}`, apply(base, theirs));
  repository.git('merge', '--quiet', '--no-edit', `ours-${name}`);
  return apply(base, new Map([...ours, ...theirs]));
}

describe(`${PAIRS} generated pairs of edits, neighbours among them,`, () => {
  test.each(Array.from({ length: PAIRS }, (_, pair) => pair))(
    'pair %i merges into what both have written',
    pair => {
      const expected = mergePair(`cells-${pair}`, makeEdits(pair, false), baseNotebook());
      expect(repository.read('template.ipynb')).toBe(expected);
    }
  );

  test('contain edits that git alone takes for a conflict', () => {
    withoutDriver(() => {
      const base = baseNotebook();
      const ours = new Map([['cell-4', LIST_EDITS[0]!('ours')]]);
      const theirs = new Map([['cell-5', () => []]]);
      expect(() => mergePair('neighbours', { ours, theirs }, base)).toThrow();
      repository.git('merge', '--abort');
    });
  });
});

describe('A real conflict', () => {
  test('is reported, stands in its cell, and leaves a notebook that opens with everything else merged', () => {
    const base = baseNotebook();
    const edit = (word: string, other: string) =>
      new Map([
        ['cell-3', CONTENT_EDITS[0]!(word)],
        [other, CONTENT_EDITS[2]!(word)]
      ]);
    expect(() =>
      mergePair('same', { ours: edit('ours', 'cell-4'), theirs: edit('theirs', 'cell-2') }, base)
    ).toThrow(/Conflict in template\.ipynb, .*\(cell-3\): both sides changed the same lines/);
    expect(repository.git('status', '--porcelain')).toBe('UU template.ipynb');
    const { cells } = JSON.parse(repository.read('template.ipynb')) as Notebook;
    const text = (id: string): string => lines(cells.find(cell => cell.id === id)!).join('');
    expect(text('cell-3')).toMatch(/<<<<<<< ours\ntheirs\n=======\nours\n>>>>>>> theirs\n/);
    expect([text('cell-4'), text('cell-2')]).toEqual([
      expect.stringMatching(/ours$/),
      expect.stringMatching(/theirs$/)
    ]);
    repository.git('merge', '--abort');
  });
});

/** As in a clone in which `launchbook init` was not run. */
function withoutDriver(act: () => void): void {
  const driver = repository.git('config', 'merge.launchbook.driver');
  repository.git('config', '--remove-section', 'merge.launchbook');
  try {
    act();
  } finally {
    repository.git('config', 'merge.launchbook.driver', driver);
  }
}

test('In a clone that nobody has prepared, edits that do not touch merge as text', () => {
  withoutDriver(() => {
    for (let pair = 0; pair < TEXT_PAIRS; pair++) {
      const expected = mergePair(`text-${pair}`, makeEdits(pair, true), baseNotebook());
      expect(repository.read('template.ipynb')).toBe(expected);
    }
  });
});

test('Where the command is gone, git merges as text with markers', () => {
  const driver = repository.git('config', 'merge.launchbook.driver');
  repository.git('config', 'merge.launchbook.driver', driver.replaceAll('main.js', 'gone.js'));
  const base = baseNotebook();
  const edit = (word: string) => new Map([['cell-3', CONTENT_EDITS[0]!(word)]]);
  expect(() => mergePair('gone', { ours: edit('ours'), theirs: edit('theirs') }, base)).toThrow();
  expect(repository.read('template.ipynb')).toMatch(/<<<<<<< ours\n.*theirs.*\n=======/);
  repository.git('merge', '--abort');
  repository.git('config', 'merge.launchbook.driver', driver);
});

describe('Releases', () => {
  test('in parallel on branches of their own are merged, archived and verified, and a template improved on one reaches the other', async () => {
    repository.git('switch', '--quiet', 'main');
    for (const release of ['3.0.0', '3.1.0']) {
      repository.git('switch', '--quiet', '--create', `release/${release}-staging`, 'main');
      await archiveRun(await executeRun(repository, { release }), { push: true });
    }
    repository.write(
      'release.ipynb',
      repository.read('release.ipynb').replace('# Release of SERVICE', '# Release of orders')
    );
    repository.git('commit', '--quiet', '--all', '--message', 'Name the service');
    repository.git('switch', '--quiet', 'release/3.0.0-staging');
    repository.git('merge', '--quiet', '--no-edit', 'release/3.1.0-staging');
    expect(repository.read('release.ipynb')).toMatch(/# Release of orders/);
    for (const release of ['3.0.0', '3.1.0']) {
      expect((await verifyRun(`${repository.folder}/runs/${release}-staging/release.ipynb`)).holds).toBe(
        true
      );
      expect((await verifyRun(`runs/${release}-staging`, repository.folder)).holds).toBe(true);
    }
    const there = execFileSync('git', ['-C', repository.remote, 'tag']).toString();
    expect(there).toBe('runs/3.0.0-staging\nruns/3.1.0-staging\n');
  });
});
