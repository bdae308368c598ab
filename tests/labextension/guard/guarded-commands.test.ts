// Which cells a command would run.
import { expect, test } from '@jest/globals';
import { GUARDED_COMMANDS, cellsOfScope } from '../../../labextension/guard/guarded-commands.js';

const CELLS = ['a', 'b', 'c', 'd'];

test.each([
  ['selected', ['b', 'c']],
  ['all', ['a', 'b', 'c', 'd']],
  ['above', ['a', 'b']],
  ['below', ['c', 'd']]
] as const)('%s', (scope, expected) => {
  expect(cellsOfScope(scope, CELLS, 2, [1, 2])).toEqual(expected);
});

test('no command stands for two', () => {
  expect(new Set(GUARDED_COMMANDS.map(command => command.id)).size).toBe(GUARDED_COMMANDS.length);
  expect(new Set(GUARDED_COMMANDS.map(command => command.core)).size).toBe(GUARDED_COMMANDS.length);
});
