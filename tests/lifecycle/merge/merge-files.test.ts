// The merge of two versions of a notebook: cells by id, their order, metadata, outputs; what conflicts stays in a notebook that opens.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mergeFiles, type MergedFiles } from '../../../lifecycle/merge/merge-files.js';
import { notebookText } from '../../../lifecycle/notebook/notebook-text.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'launchbook-merge-test-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Cell {
  readonly cell_type: string;
  readonly id: string;
  readonly metadata: { readonly [key: string]: unknown };
  readonly source: string | readonly string[];
  readonly [key: string]: unknown;
}

const prose = (id: string, source = id): Cell => ({
  cell_type: 'markdown',
  id,
  metadata: {},
  source: [source]
});
const code = (id: string, source: string, more: object = {}): Cell => ({
  cell_type: 'code',
  id,
  metadata: {},
  source: [source],
  execution_count: null,
  outputs: [],
  ...more
});

interface Merged extends MergedFiles {
  readonly cells: readonly Cell[];
  readonly metadata: { readonly [key: string]: unknown };
}

async function merge(
  base: readonly Cell[],
  ours: readonly Cell[],
  theirs: readonly Cell[],
  metadata: readonly object[] = [{}, {}, {}]
): Promise<Merged> {
  const path = (name: string): string => join(folder, name);
  [base, ours, theirs].forEach((cells, index) =>
    writeFileSync(
      path(['base', 'ours', 'theirs'][index]!),
      notebookText({ cells, metadata: metadata[index] as Merged['metadata'], nbformat: 4, nbformat_minor: 5 })
    )
  );
  const result = await mergeFiles({ base: path('base'), ours: path('ours'), theirs: path('theirs') });
  return {
    ...result,
    ...(JSON.parse(readFileSync(path('ours'), 'utf8')) as Pick<Merged, 'cells' | 'metadata'>)
  };
}

const idsOf = ({ cells }: Merged): string => cells.map(({ id }) => id).join(' ');
const textOf = ({ cells }: Merged, id: string): string =>
  [cells.find(cell => cell.id === id)!.source].flat().join('');
const list = (ids: string): Cell[] =>
  ids.split(' ').map(id => prose(id, id.startsWith('phase') ? `## ${id}` : id));

describe('The order of the cells', () => {
  test.each([
    ['both insert', 'a b c', 'a x b c', 'a b y c', 'a x b y c'],
    ['both insert at one place: ours first', 'a b', 'a x b', 'a y b', 'a x y b'],
    ['both add the same cell', 'a b', 'a x b', 'a x b', 'a x b'],
    ['one inserts beside what the other deletes', 'a b c', 'a x b c', 'a c', 'a x c'],
    ['one inserts behind what the other deletes', 'a b c', 'a b x c', 'a c', 'a x c'],
    ['one moves, the other inserts behind it', 'a b c d', 'b c a d', 'a x b c d', 'b c a x d'],
    ['both move different cells', 'a b c d e f', 'b c a d e f', 'a b c f d e', 'b c a f d e'],
    ['both move the same cell to the same place', 'a b c', 'b c a', 'b c a', 'b c a'],
    ['one moves what the other deletes', 'a b c', 'b c a', 'b c', 'b c'],
    ['one deletes everything else', 'a b c', 'b', 'a b x c', 'b x'],
    ['at the beginning', 'a', 'x a', 'y a', 'x y a']
  ])('%s', async (_, base, ours, theirs, expected) => {
    const merged = await merge(list(base), list(ours), list(theirs));
    expect([idsOf(merged), merged.conflicts]).toEqual([expected, []]);
  });

  test('leaves a step that one side adds at the end of a phase in it, when the other side adds a phase behind', async () => {
    const both = ['phase1 a step', 'phase1 a phase2 b'] as const;
    const [base, expected] = [list('phase1 a'), 'phase1 a step phase2 b'];
    expect(idsOf(await merge(base, list(both[0]), list(both[1])))).toBe(expected);
    expect(idsOf(await merge(base, list(both[1]), list(both[0])))).toBe(expected);
  });

  test('of a cell that both move to different places is a conflict, told in the notebook', async () => {
    const merged = await merge(list('a b c d e'), list('b c d e a'), list('b c a d e'));
    expect(merged).toMatchObject({ isClean: false, conflicts: [{ cell: 'a' }] });
    expect(idsOf(merged)).toBe('b c d e merge-conflict a');
  });
});

describe('A cell', () => {
  test('takes tags of both sides, without those that one removed', async () => {
    const tagged = (...tags: string[]): Cell[] => [code('a', 'x', { metadata: { tags } })];
    const merged = await merge(
      tagged('old', 'kept'),
      tagged('kept', 'ours'),
      tagged('old', 'kept', 'theirs')
    );
    expect([merged.isClean, merged.cells[0]!.metadata]).toEqual([true, { tags: ['kept', 'ours', 'theirs'] }]);
  });

  test('with other metadata on both sides keeps ours and shows both', async () => {
    const owned = (owner: string): Cell[] => [code('a', 'x', { metadata: { owner } })];
    const merged = await merge(owned('qa'), owned('operations'), owned('support'));
    expect(merged.conflicts).toEqual([{ cell: 'a', text: '“x” (a): both sides changed metadata.owner' }]);
    expect(merged.cells[1]!.metadata).toEqual({ owner: 'operations' });
    expect(textOf(merged, 'merge-conflict')).toMatch(
      /ours: {3}"operations"\nmetadata\.owner, theirs: "support"/
    );
  });

  test('does not conflict over what is written without anybody asking', async () => {
    const seen = (time: string): Cell[] => [
      code('a', 'x', {
        metadata: { execution: { 'iopub.execute_input': time }, launchbook: { attempts: [time] } }
      })
    ];
    expect((await merge(seen('1'), seen('2'), seen('3'))).isClean).toBe(true);
  });

  test('deleted by one side and executed by the other is deleted; changed by the other, it stays with markers', async () => {
    const executed = code('a', 'x', {
      execution_count: 3,
      outputs: [{ output_type: 'stream', name: 'stdout', text: ['o'] }]
    });
    expect(idsOf(await merge([prose('p'), code('a', 'x')], [prose('p')], [prose('p'), executed]))).toBe('p');
    const merged = await merge([code('a', 'x')], [], [code('a', 'y')]);
    expect(merged.conflicts).toEqual([
      { cell: 'a', text: '“y” (a): deleted by ours, changed by the other side' }
    ]);
    expect(textOf(merged, 'a')).toBe('<<<<<<< ours (deleted)\n=======\ny\n>>>>>>> theirs');
  });

  test('keeps the outputs of the side that executed the merged source, and none of another source', async () => {
    const output = (text: string) => ({
      execution_count: 1,
      outputs: [{ output_type: 'stream', name: 'stdout', text: [text] }]
    });
    const taken = await merge(
      [code('a', 'x')],
      [code('a', 'x', output('ours'))],
      [code('a', 'x', { metadata: { tags: ['t'] } })]
    );
    expect(taken.cells[0]).toMatchObject({ ...output('ours'), metadata: { tags: ['t'] } });
    const dropped = await merge([code('a', 'x')], [code('a', 'x', output('ours'))], [code('a', 'y')]);
    expect(dropped.cells[0]).toMatchObject({ source: ['y'], outputs: [], execution_count: null });
    expect(dropped.isClean).toBe(true);
  });

  test('that both sides added with another text conflicts as a file would', async () => {
    const merged = await merge([], [code('a', 'x')], [code('a', 'y')]);
    expect([merged.isClean, textOf(merged, 'a')]).toEqual([
      false,
      '<<<<<<< ours\nx\n=======\ny\n>>>>>>> theirs'
    ]);
  });

  test('turned into prose by one side and edited by the other is both', async () => {
    const merged = await merge([code('a', 'x\ny')], [prose('a', 'x\ny')], [code('a', 'x\ny\nz')]);
    expect([merged.isClean, merged.cells[0]]).toEqual([true, { ...prose('a'), source: ['x\n', 'y\n', 'z'] }]);
  });
});

describe('A notebook', () => {
  test('takes metadata of both sides; versions of the language are no conflict', async () => {
    const facts = (version: string, more: object): object => ({ language_info: { version }, ...more });
    const merged = await merge(list('a'), list('a'), list('a'), [
      facts('1', {}),
      facts('2', { x: 1 }),
      facts('3', { y: 1 })
    ]);
    expect([merged.isClean, merged.metadata]).toEqual([
      true,
      { language_info: { version: '2' }, x: 1, y: 1 }
    ]);
  });

  test('that has the same content already is written with the same bytes', async () => {
    await merge(list('a b'), list('a b c'), list('a b'));
    expect(readFileSync(join(folder, 'ours'), 'utf8')).toBe(
      notebookText({ cells: list('a b c'), metadata: {}, nbformat: 4, nbformat_minor: 5 })
    );
  });

  test.each([
    ['is no JSON', 'one\ntwo\nthree\nfour\nfive\n'],
    ['has cells without ids', '{\n "cells": [\n  {\n   "cell_type": "raw",\n   "source": "a"\n  }\n ]\n}\n'],
    ['has an id twice', notebookText({ cells: list('a a'), metadata: {}, nbformat: 4, nbformat_minor: 5 })]
  ])('that %s is merged as text', async (_, text) => {
    const paths = ['base', 'ours', 'theirs'].map(name => join(folder, `text-${name}`)) as [
      string,
      string,
      string
    ];
    const lines = text.split('\n');
    const texts = [text, ['first', ...lines].join('\n'), [...lines.slice(0, -1), 'last', ''].join('\n')];
    texts.forEach((content, index) => writeFileSync(paths[index]!, content));
    const [base, ours, theirs] = paths;
    expect(await mergeFiles({ base, ours, theirs })).toEqual({
      isClean: true,
      isByCells: false,
      conflicts: []
    });
    expect(readFileSync(ours, 'utf8')).toBe(['first', ...lines.slice(0, -1), 'last', ''].join('\n'));
  });
});
