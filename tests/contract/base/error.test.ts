import { expect, test } from '@jest/globals';
import {
  LaunchbookError,
  fromErrorRecord,
  isLaunchbookError,
  toErrorRecord
} from '../../../contract/base/error.js';

class OddError extends LaunchbookError {}

test('an error of ours keeps name, code, hint and fields as plain data and back', () => {
  const record = toErrorRecord(
    new OddError('What was seen', { code: 'odd.seen', hint: 'Look again', fields: { count: 3 } })
  );
  expect(record).toEqual({
    name: 'OddError',
    code: 'odd.seen',
    message: 'What was seen',
    hint: 'Look again',
    fields: { count: 3 }
  });
  expect(toErrorRecord(fromErrorRecord(JSON.parse(JSON.stringify(record))))).toEqual(record);
});

test('the brand is seen where `instanceof` fails: on an object of another copy of the class', () => {
  const foreign = Object.defineProperty(new Error('x'), Symbol.for('launchbook.error'), { value: true });
  expect(isLaunchbookError(foreign)).toBe(true);
  expect(isLaunchbookError(new Error('x'))).toBe(false);
  expect(isLaunchbookError(null)).toBe(false);
});

test('foreign errors and thrown values get codes of their own', () => {
  expect(toErrorRecord(new TypeError('no'))).toMatchObject({ name: 'TypeError', code: 'foreign.error' });
  expect(toErrorRecord('text')).toMatchObject({ name: 'NonError', code: 'foreign.thrown' });
});
