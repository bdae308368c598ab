// Cells that were scheduled together.
import { expect, test } from '@jest/globals';
import { CellBatch } from '../../../labextension/notify/cell-batch.js';

test('each cell counts from when its turn came, the batch from its first', () => {
  const batch = new CellBatch();
  expect(batch.scheduled('a', 100)).toBe(true);
  expect(batch.scheduled('b', 100)).toBe(false);
  expect(batch.over('a', false, 1100)).toEqual({ durationMs: 1000, next: 'b', batch: null });
  expect(batch.over('b', true, 1600)).toEqual({
    durationMs: 500,
    next: null,
    batch: { cells: 2, failed: 1, durationMs: 1500, last: 'b' }
  });
});

test('a later batch begins anew', () => {
  const batch = new CellBatch();
  batch.scheduled('a', 0);
  batch.over('a', true, 100);
  batch.scheduled('a', 1000);
  expect(batch.over('a', false, 1100)?.batch).toEqual({ cells: 1, failed: 0, durationMs: 100, last: 'a' });
});

test('a cell that is deleted while it waits keeps nothing open', () => {
  const batch = new CellBatch();
  batch.scheduled('a', 0);
  batch.scheduled('b', 0);
  batch.keepOnly(new Set(['a']));
  expect(batch.over('a', false, 50)?.batch).toMatchObject({ last: 'a' });
});

test('a cell that nobody scheduled is not known', () => {
  expect(new CellBatch().over('x', false, 1)).toBeNull();
});
