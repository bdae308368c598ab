import { expect, test } from '@jest/globals';
import { isClientMessage, isRunHello } from '../../contract/comm-guards.js';
import { OUTLINE } from './sample-journal.js';

const hello = { version: 1, client: 'x', user: { username: 'ann', name: 'Ann' }, outline: null };
const decide = {
  type: 'decide',
  request: '1',
  approval: 'a',
  content: 'c',
  decision: 'approved',
  comment: ''
};

test.each([
  [hello, true],
  [{ ...hello, outline: OUTLINE }, true],
  [{ ...hello, outline: { title: '', phases: [{}] } }, false],
  [{ ...hello, user: null }, false],
  [null, false],
  ['hello', false]
])('hello %j is well formed: %s', (value, expected) => expect(isRunHello(value)).toBe(expected));

test.each([
  [decide, true],
  [{ ...decide, comment: undefined }, false],
  [{ type: 'tick', request: '1', checklist: 'c', item: 0, ticked: true }, true],
  [{ type: 'tick', request: '1', checklist: 'c', item: '0', ticked: true }, false],
  [{ type: 'outline', outline: OUTLINE }, true],
  [{ type: 'resume', request: '1' }, true],
  [{ type: 'resume', request: '1', texts: { a: 1 } }, false],
  [{ type: 'discard', request: '1', from: null, reason: 'r' }, true],
  [{ type: 'discard', request: '1', reason: 'r' }, false],
  [{ type: 'judge', request: '1', effect: 'e', judgement: 'again', reason: '' }, true],
  [{ type: 'rewind', request: '1', checkpoint: 'c' }, false],
  [{ type: 'shutdown' }, false],
  [undefined, false]
])('message %j is well formed: %s', (value, expected) => expect(isClientMessage(value)).toBe(expected));
