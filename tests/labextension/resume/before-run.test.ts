// What stands before running cells after a loss.
import { expect, test } from '@jest/globals';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { obstacleOf, type CellToRun, type Obstacle } from '../../../labextension/resume/before-run.js';
import { ENGLISH } from '../english.js';
import { ANN, ended, opened, started, stateOf } from '../journal-of.js';

const KERNEL: RecordBody = { kind: 'kernel-started', version: '0.1.0', pid: 1, by: ANN };
const LOST = [started('a'), ended('a'), KERNEL];
const EFFECT: RecordBody = {
  kind: 'effect-started',
  effect: 'b:1:effect-1',
  step: 'b',
  attempt: 1,
  helper: 'shell',
  label: 'fleetctl deploy orders',
  request: {}
};
const A: CellToRun = { id: 'a', source: 'deploy()' };
const B: CellToRun = { id: 'b', source: 'check()' };

const before = (cells: readonly CellToRun[], bodies: readonly RecordBody[], isRun = true): Obstacle | null =>
  obstacleOf(cells, stateOf(opened(), KERNEL, ...bodies), isRun, ENGLISH);

test('nothing stands before cells while nothing is lost, and never in a scratch notebook', () => {
  expect(before([A], [started('a'), ended('a')])).toBeNull();
  expect(before([A], LOST, false)).toBeNull();
});

test('lost variables stand before every step, and the way out is to resume', () => {
  expect(before([A], LOST)).toMatchObject({ title: 'Resume first', canResume: true });
  expect(before([B], LOST)).toMatchObject({ title: 'Resume first', canResume: true });
});

test('line commands and empty cells are let through', () => {
  expect(before([{ id: 'x', source: ' %resume --plan' }], LOST)).toBeNull();
  expect(before([{ id: 'x', source: '  ' }], LOST)).toBeNull();
});

test('while variables come back there is nothing to do but to wait', () => {
  const begun: RecordBody = { kind: 'resume-started', by: ANN, steps: ['a'] };
  expect(before([A], [...LOST, begun])).toMatchObject({ canResume: false });
});

test('a cut-off effect stands before its own step alone', () => {
  const cut = [started('b'), EFFECT, KERNEL];
  expect(before([B], cut)?.text).toContain('“fleetctl deploy orders” has no recorded end');
  expect(before([A], cut)).toBeNull();
});
