// What the run knows of a cell by its key.
import { expect, test } from '@jest/globals';
import { StepRegister } from '../../../run/keeper/step-register.js';
import { unsentCell } from '../../../run/keeper/unsent-cell.js';
import type { Cell } from '../../../run/ports.js';

const register = new StepRegister();
const add = (cell: Cell): void => register.add({ cell, step: 'look', attempt: 1, elapsedMs: () => 0 });

test('a cell is known for a replay or for undo steps however many have run since, any other was sent', () => {
  const [replay, undo] = [unsentCell('replay', '1 + 1', 'look'), unsentCell('undo', '', null)];
  const sent: Cell = {
    key: 'cell-1',
    code: '2 + 2',
    executionCount: 1,
    isSilent: false,
    cellId: 'ship',
    queuedAt: '',
    session: 'session-1',
    username: 'ann',
    allowsStdin: false
  };
  [replay, undo, sent].forEach(add);
  for (let turn = 0; turn < 1000; turn++) {
    add({ ...sent, key: `later-${turn}` });
  }
  expect([replay, undo, sent].map(({ key }) => register.find(key))).toEqual([
    undefined,
    undefined,
    undefined
  ]);
  expect([replay, undo, sent].map(({ key }) => register.kindOf(key))).toEqual(['replay', 'undo', undefined]);
});
