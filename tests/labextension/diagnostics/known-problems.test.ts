// Problems belong to the text in which they were found, and to code alone.
import { describe, expect, test } from '@jest/globals';
import { KnownProblems } from '../../../labextension/diagnostics/known-problems.js';
import type { Problem } from '../../../labextension/diagnostics/problem.js';
import { makeRandom } from '../../random.js';

const TEXT = 'const count: number = “one”;';
const PROBLEM: Problem = { kind: 'error', code: 'TS2322', message: 'm', line: 1, from: 6, to: 11 };
const CELL = { id: 'a', type: 'code', source: TEXT };

const known = (): KnownProblems => {
  const problems = new KnownProblems();
  problems.set('a', TEXT, [PROBLEM]);
  return problems;
};

describe('a cell with problems', () => {
  test('shows them while it has the text that was checked', () => {
    expect(known().of(CELL)).toEqual([PROBLEM]);
    expect(known().of({ ...CELL, id: 'b' })).toEqual([]);
  });

  test.each(['markdown', 'raw'])('has none as %s, and has them again as code', type => {
    const problems = known();
    expect(problems.of({ ...CELL, type })).toEqual([]);
    expect(problems.of(CELL)).toEqual([PROBLEM]);
  });

  test('has none with a part of its text, and none with more', () => {
    expect(known().of({ ...CELL, source: 'const count' })).toEqual([]);
    expect(known().of({ ...CELL, source: `${TEXT}\n\nlook();` })).toEqual([]);
  });

  test('has none once a check has found none', () => {
    const problems = known();
    problems.set('a', TEXT, []);
    expect(problems.of(CELL)).toEqual([]);
    expect(problems.cells).toEqual([]);
  });
});

/** What a check finds in a text: one problem for each `!`. */
const check = (text: string): Problem[] =>
  [...text.matchAll(/!/g)].map(({ index }) => ({ ...PROBLEM, from: index, to: index + 1 }));

test('whatever is done to cells, one shows nothing or what a check of its own text finds', () => {
  const random = makeRandom(11);
  const pick = (count: number): number => Math.floor(random() * count);
  const problems = new KnownProblems();
  let cells = ['a!b', 'c', '!d!e'].map((source, index) => ({ id: String(index), type: 'code', source }));
  for (let turn = 0; turn < 2000; turn++) {
    const index = pick(cells.length);
    const cell = cells[index]!;
    const at = pick(cell.source.length + 1);
    const acts: (() => typeof cells)[] = [
      () => cells.with(index, { ...cell, type: cell.type === 'code' ? 'markdown' : 'code' }),
      () => cells.with(index, { ...cell, source: `${cell.source.slice(0, at)}!` }),
      () => [
        ...cells.slice(0, index),
        { ...cell, source: cell.source.slice(0, at) },
        { ...cell, id: `new ${turn}`, source: cell.source.slice(at) },
        ...cells.slice(index + 1)
      ],
      () =>
        cells.length < 2 || index === 0
          ? cells
          : [
              ...cells.slice(0, index - 1),
              { ...cell, source: cells[index - 1]!.source + cell.source },
              ...cells.slice(index + 1)
            ],
      () => {
        if (cell.type === 'code') {
          problems.set(cell.id, cell.source, check(cell.source));
        }
        return cells;
      }
    ];
    cells = acts[pick(acts.length)]!().slice(0, 6);
    for (const each of cells) {
      const shown = problems.of(each);
      expect(shown.length === 0 || each.type === 'code').toBe(true);
      expect([[], check(each.source)]).toContainEqual(shown);
    }
  }
});
