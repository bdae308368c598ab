// Learning: the edits of a run become a commit on its template's commit, without touching what is checked out.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Notebook } from '../../../contract/notebook/notebook.js';
import { textOf, type OutlineCell } from '../../../contract/notebook/outline.js';
import { archiveRun } from '../../../lifecycle/archive/archive-run.js';
import { learnRun } from '../../../lifecycle/learn/learn-run.js';
import { newRun } from '../../../lifecycle/new/new-run.js';
import { executeRun, makeRepository, type Repository } from '../executed-run.js';

let repository: Repository;
let path: string;

beforeEach(async () => {
  repository = await makeRepository();
  path = await executeRun(repository);
});

afterEach(() => repository.remove());

function changeRun(change: (cells: readonly OutlineCell[]) => readonly OutlineCell[]): void {
  const notebook = JSON.parse(readFileSync(path, 'utf8')) as Notebook;
  writeFileSync(path, JSON.stringify({ ...notebook, cells: change(notebook.cells) }));
}

function editRun(): void {
  const added = {
    cell_type: 'code',
    id: 'extra',
    metadata: { tags: [] },
    source: 'await $`uptime`;',
    outputs: [{}],
    execution_count: 9
  };
  changeRun(cells => [
    ...cells
      .filter(cell => cell.id !== 'before-why')
      .map(cell => (cell.id === 'verify' ? { ...cell, source: 'await $`echo better`;' } : cell)),
    added
  ]);
}

describe('`learn`', () => {
  test('makes a branch with one commit that changes the template alone, on the commit of the run', async () => {
    const base = repository.git('rev-parse', 'HEAD');
    editRun();
    const { branch, commit, redlines } = await learnRun(path);
    expect(branch).toBe('redlines/1.1.0-staging');
    expect(redlines.map(({ kind, cell }) => `${kind} ${cell}`)).toEqual([
      'edited verify',
      'added extra',
      'removed before-why'
    ]);
    expect(repository.git('rev-parse', `${commit}^`)).toBe(base);
    expect(repository.git('diff', '--name-only', `${base}..${commit}`)).toBe('release.ipynb');
    const learned = JSON.parse(repository.git('show', `${branch}:release.ipynb`)) as Notebook;
    const cell = (id: string) => learned.cells.find(candidate => candidate.id === id);
    expect(textOf(cell('verify')!.source)).toBe('await $`echo better`;');
    expect(cell('extra')).toMatchObject({ outputs: [], execution_count: null });
    expect(cell('before-why')).toBeUndefined();
    expect(learned.metadata).not.toHaveProperty('launchbook');
  });

  test('leaves branch, index and work tree as they are, and done again changes nothing', async () => {
    editRun();
    const status = repository.git('status', '--porcelain');
    const first = await learnRun(path);
    expect(repository.git('status', '--porcelain')).toBe(status);
    expect(repository.git('branch', '--show-current')).toBe('main');
    expect((await learnRun(path)).commit).toBe(first.commit);
  });

  test('finds nothing in a run that was only executed and archived with other parameters', async () => {
    await archiveRun(path);
    expect(await learnRun(path)).toMatchObject({ redlines: [], branch: null });
  });

  test('puts the defaults of the template back into an edited parameters cell', async () => {
    changeRun(cells =>
      cells.map(cell =>
        cell.id === 'parameters' ? { ...cell, source: `${textOf(cell.source)}\nconst batch = 2;` } : cell
      )
    );
    const { branch } = await learnRun(path);
    const learned = JSON.parse(repository.git('show', `${branch}:release.ipynb`)) as Notebook;
    const source = textOf(learned.cells.find(cell => cell.id === 'parameters')!.source);
    expect(source).toBe("const release = '1.1.0';\nconst previousRelease = '1.0.0';\nconst batch = 2;");
  });

  test('merges with an improvement of the template that came meanwhile', async () => {
    editRun();
    const { branch } = await learnRun(path);
    repository.write(
      'release.ipynb',
      repository.read('release.ipynb').replace('# Release of SERVICE', '# Release of orders')
    );
    repository.git('commit', '--quiet', '--message', 'Name the service', 'release.ipynb');
    repository.git('merge', '--quiet', '--no-edit', branch!);
    const merged = JSON.parse(repository.read('release.ipynb')) as Notebook;
    expect(textOf(merged.cells[0]!.source)).toMatch(/^# Release of orders/);
    expect(merged.cells.at(-1)!.id).toBe('extra');
  });

  test('open redlines are told by `new` until they are merged', async () => {
    editRun();
    const { branch } = await learnRun(path);
    const request = { template: join(repository.folder, 'release.ipynb'), environment: 'staging' };
    expect((await newRun({ ...request, release: '2' })).notes.join()).toMatch(/redlines\/1\.1\.0-staging/);
    repository.git('merge', '--quiet', branch!);
    expect((await newRun({ ...request, release: '3' })).notes).toEqual([]);
  });
});
