// A refusal as a list for people.
import { expect, test } from '@jest/globals';
import { LaunchbookError } from '../../../contract/base/error.js';
import { faultListOf } from '../../../labextension/lifecycle/fault-list.js';
import { ENGLISH } from '../english.js';

test('every fault is a line that begins with the name of its field in the form', () => {
  const faults = [
    { field: 'environment', text: 'is "x": launchbook.yml has staging' },
    { field: null, text: 'the parameter "size" is unknown' },
    { field: 'odd', text: 'is odd' }
  ];
  const error = new LaunchbookError('Making a run: 3 faults', {
    code: 'run.refused',
    hint: 'Look at launchbook.yml.',
    fields: { faults }
  });
  expect(faultListOf(error, ENGLISH)).toEqual({
    faults: [
      'Environment is "x": launchbook.yml has staging',
      'the parameter "size" is unknown',
      'odd is odd'
    ],
    hint: 'Look at launchbook.yml.'
  });
});

test('an error without a list is one fault', () => {
  const error = new LaunchbookError('The journal is open in another kernel', { code: 'journal.locked' });
  expect(faultListOf(error, ENGLISH)).toEqual({
    faults: ['The journal is open in another kernel'],
    hint: ''
  });
});

test.each([
  [new Error('no kernel'), 'no kernel'],
  ['lost', 'lost']
])('another error is said as it is', (error, text) => {
  expect(faultListOf(error, ENGLISH)).toEqual({ faults: [text], hint: '' });
});
