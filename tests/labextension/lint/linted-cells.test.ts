// Which notebooks and cells the rules look at.
import { expect, test } from '@jest/globals';
import { lintedCells, type OpenCell } from '../../../labextension/lint/linted-cells.js';

const HEADING: OpenCell = {
  id: 'h',
  type: 'markdown',
  source: '## Deploy',
  tags: undefined,
  ours: undefined
};
const STEP: OpenCell = { id: 's', type: 'code', source: 'await $`true`', tags: undefined, ours: undefined };

test('a notebook with a phase is a runbook, and its tags count', () => {
  expect(lintedCells([HEADING, { ...STEP, tags: ['parameters'] }], false)).toEqual([
    { id: 'h', cell_type: 'markdown', source: '## Deploy' },
    { id: 's', cell_type: 'code', source: 'await $`true`', metadata: { tags: ['parameters'] } }
  ]);
});

test('a scratch notebook without a phase is none', () => {
  expect(lintedCells([STEP], false)).toBeNull();
  expect(lintedCells([], false)).toBeNull();
});

test('a run is one, also without a phase', () => {
  expect(lintedCells([STEP], true)).toHaveLength(1);
});

test('cells that an archive added are left out', () => {
  const summary = { ...HEADING, id: 'summary', ours: { archive: 'summary' } };
  expect(lintedCells([summary, HEADING, STEP], true)!.map(cell => cell.id)).toEqual(['h', 's']);
});
