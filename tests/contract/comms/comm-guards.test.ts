import { expect, test } from '@jest/globals';
import { isNotice, isRequest, isRunHello } from '../../../contract/comms/comm-guards.js';
import { OUTLINE } from '../sample-journal.js';

const hello = { version: 1, client: 'x', user: { username: 'ann', name: 'Ann' }, outline: null };
test.each([
  [hello, true],
  [{ ...hello, outline: OUTLINE }, true],
  [{ ...hello, outline: { title: '', phases: [{}] } }, false],
  [{ ...hello, document: { path: 'runs/a.ipynb', run: null } }, true],
  [{ ...hello, document: { path: 'runs/a.ipynb' } }, false],
  [{ ...hello, document: 'runs/a.ipynb' }, false],
  [{ ...hello, user: null }, false],
  [null, false],
  ['hello', false]
])('hello %j is well formed: %s', (value, expected) => expect(isRunHello(value)).toBe(expected));

test.each([
  [{ type: 'here' }, true],
  [{ type: 'outline', outline: OUTLINE }, true],
  [{ type: 'outline', outline: OUTLINE, sources: { a: 'hash' } }, true],
  [{ type: 'outline', outline: OUTLINE, sources: { a: 1 } }, false],
  [{ type: 'outline', outline: { phases: 3 } }, false],
  [{ type: 'tick', request: '1' }, false],
  [{ type: 'shutdown' }, false],
  [undefined, false]
])('notice %j is well formed: %s', (value, expected) => expect(isNotice(value)).toBe(expected));

test.each([
  [{ type: 'tick', request: '1' }, true],
  [{ type: 'tick', request: 1 }, false],
  [{ request: '1' }, false],
  [{ type: 'shutdown' }, false],
  ['tick', false],
  [undefined, false]
])('request %j can be answered: %s', (value, expected) => expect(isRequest(value)).toBe(expected));
