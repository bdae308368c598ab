// Contents from clients are checked field by field.
import { expect, test } from '@jest/globals';
import { findFaults, isIncomingType } from '../../../kernel/protocol/validate.js';

test.each([
  ['execute_request', { code: '1' }, []],
  ['execute_request', { code: '1', unknown: [1] }, []],
  ['execute_request', {}, ['`code` is missing, expected a text']],
  [
    'execute_request',
    { code: '1', user_expressions: [] },
    ['`user_expressions` is a list, expected an object of texts']
  ],
  [
    'execute_request',
    { code: '1', user_expressions: { a: 1 } },
    ['`user_expressions` is an object, expected an object of texts']
  ],
  ['is_complete_request', { code: 7 }, ['`code` is 7, expected a text']],
  [
    'complete_request',
    { code: '', cursor_pos: -1 },
    ['`cursor_pos` is -1, expected a whole number of at least 0']
  ],
  [
    'complete_request',
    { code: '', cursor_pos: 0.5 },
    ['`cursor_pos` is 0.5, expected a whole number of at least 0']
  ],
  ['history_request', { hist_access_type: 'range', session: -1, stop: null }, []],
  ['comm_msg', { comm_id: 'c', data: 7 }, []],
  ['input_reply', { value: 1 }, ['`value` is 1, expected a text']],
  ['shutdown_request', { restart: 'yes' }, ['`restart` is "yes", expected true or false']]
] as const)('%s %j', (type, content, faults) => {
  expect(findFaults(type, content)).toEqual(faults);
});

test('types that only kernels send are not taken from clients', () => {
  expect(['execute_request', 'status', 'execute_reply', 'toString'].map(isIncomingType)).toEqual([
    true,
    false,
    false,
    false
  ]);
});
