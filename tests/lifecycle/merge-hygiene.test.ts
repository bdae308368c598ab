// Notebooks in git: releases in parallel, and edits of two people at different places, merge without a conflict and without a loss.
// git's own merge, without nbdime: that is what everybody has.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import type { Notebook } from '../../contract/notebook.js';
import type { OutlineCell } from '../../contract/outline.js';
import { archiveRun } from '../../lifecycle/archive/archive-run.js';
import { notebookText } from '../../lifecycle/notebook/notebook-text.js';
import { verifyRun } from '../../lifecycle/verify/verify-run.js';
import { makeRandom } from '../random.js';
import { executeRun, makeRepository, type Repository } from './executed-run.js';

const PAIRS = 50;
const CELLS = 16;
let repository: Repository;

beforeAll(async () => {
  repository = await makeRepository();
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

/** What a person does to the list of cells. Next to a cell that the other one edits it would be the same place for git. */
const LIST_EDITS: readonly ((word: string) => Edit)[] = [
  word => cell => [cell, { ...cell, id: `new-${word}`, source: [`${word}\n`, 'end'] }],
  () => () => []
];

interface Sides {
  readonly ours: ReadonlyMap<string, Edit>;
  readonly theirs: ReadonlyMap<string, Edit>;
}

/** Six edits at random places: content anywhere, also in neighbours, the list of cells apart from the other side's places. */
function makeEdits(pair: number): Sides {
  const ours = new Map<string, Edit>();
  const theirs = new Map<string, Edit>();
  const taken: { place: number; isList: boolean }[] = [];
  for (let count = 0; count < 6;) {
    const place = below(CELLS);
    const isList = below(3) === 0;
    const isOurs = count % 2 === 0;
    const isFree = taken.every(other => Math.abs(other.place - place) > (isList || other.isList ? 1 : 0));
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

describe(`${PAIRS} generated pairs of edits`, () => {
  test.each(Array.from({ length: PAIRS }, (_, pair) => pair))(
    'pair %i merges into what both have written',
    pair => {
      const base = baseNotebook();
      const { ours, theirs } = makeEdits(pair);
      commitOn(`base-${pair}`, 'main', notebookText(base));
      commitOn(`ours-${pair}`, `base-${pair}`, apply(base, ours));
      commitOn(`theirs-${pair}`, `base-${pair}`, apply(base, theirs));
      repository.git('merge', '--quiet', '--no-edit', `ours-${pair}`);
      expect(repository.read('template.ipynb')).toBe(apply(base, new Map([...ours, ...theirs])));
    }
  );

  test('the same line changed by both is a conflict, as a person expects', () => {
    const base = baseNotebook();
    const edit = (word: string) => apply(base, new Map([['cell-3', CONTENT_EDITS[0]!(word)]]));
    commitOn('same', 'main', notebookText(base));
    commitOn('same-ours', 'same', edit('ours'));
    commitOn('same-theirs', 'same', edit('theirs'));
    expect(() => repository.git('merge', '--quiet', '--no-edit', 'same-ours')).toThrow();
    repository.git('merge', '--abort');
  });
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
