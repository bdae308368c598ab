// The word of the server about who is at a page: for one message, once, for moments.
import { createHmac } from 'node:crypto';
import { beforeEach, expect, test } from '@jest/globals';
import { subjectOf } from '../../../contract/comms/vouch.js';
import { Hub } from '../../../run/people/hub.js';
import { People } from '../../../run/people/people.js';
import { Vouching } from '../../../run/people/vouching.js';

const KEY = 'the key of the connection';
const NOW = Date.parse('2026-11-30T10:00:00.000Z');
const MESSAGE = {
  type: 'decide',
  request: 'r1',
  approval: 'a',
  content: 'c',
  decision: 'approved',
  comment: ''
};
let vouching: Vouching;
beforeEach(() => {
  vouching = new Vouching(KEY, () => NOW);
});

function vouched(change: object = {}, key = KEY, message: object = MESSAGE): object {
  const at = new Date(NOW).toISOString();
  const text = JSON.stringify({
    username: 'ann',
    name: 'Ann Lee',
    at,
    subject: subjectOf(message),
    ...change
  });
  const mac = createHmac('sha256', key).update(`launchbook-vouch\n${text}`).digest('hex');
  return { ...message, vouch: { text, mac } };
}

test('names whoever the server has named, once', () => {
  const message = vouched();
  expect(vouching.userOf(message)).toEqual({ username: 'ann', name: 'Ann Lee' });
  expect(vouching.userOf(message)).toBeNull();
});

test.each<[string, () => object]>([
  ['without a word', () => MESSAGE],
  ['sealed with another key', () => vouched({}, 'another key')],
  ['for another message', () => ({ ...vouched(), comment: 'No' })],
  ['for another request', () => ({ ...vouched(), request: 'r2' })],
  ['of a minute ago', () => vouched({ at: new Date(NOW - 60_000).toISOString() })],
  ['from the future', () => vouched({ at: new Date(NOW + 60_000).toISOString() })],
  ['without a time', () => vouched({ at: 'soon' })],
  ['without a name', () => vouched({ username: '' })],
  ['with a name that is none', () => vouched({ username: { toString: 'ann' } })],
  ['with a seal of another length', () => ({ ...MESSAGE, vouch: { text: '{}', mac: 'ab' } })],
  ['that is no word', () => ({ ...MESSAGE, vouch: 'ann' })]
])('believes nothing %s', (_, message) => {
  expect(vouching.userOf(message())).toBeNull();
});

test('believes nothing without a key', () => {
  expect(new Vouching('', () => NOW).userOf(vouched({}, ''))).toBeNull();
});

test('an asker is attested under the name of the server, whatever the page says', () => {
  const people = new People();
  people.introduce('s', { username: 'boss', name: 'Boss' });
  const client = { session: 's' };
  expect(people.asking(client)).toMatchObject({ username: 'boss', grade: 'claimed' });
  expect(people.asking({ ...client, vouched: { username: 'ann', name: 'Ann Lee' } })).toEqual({
    username: 'ann',
    name: 'Ann Lee',
    grade: 'attested'
  });
});

test('where the server vouches, the owner’s name without its word is a claim', () => {
  const hub = new Hub({ environment: {} });
  Object.defineProperty(hub, 'word', { value: { user: 'ann', doubt: null } });
  const people = new People(hub);
  people.introduce('anns', { username: 'ann', name: 'Ann Lee' });
  people.introduce('bobs', { username: 'ann', name: 'Ann Lee' });
  expect(people.asking({ session: 'bobs' }).grade).toBe('authenticated');
  const vouched = { username: 'ann', name: 'Ann Lee' };
  expect(people.asking({ session: 'anns', vouched }).grade).toBe('authenticated');
  expect(people.asking({ session: 'bobs' })).toMatchObject({
    grade: 'claimed',
    doubt: expect.stringContaining('vouch')
  });
  expect(people.asking({ session: 'bobs', vouched: { username: 'bob', name: 'Bob' } })).toMatchObject({
    username: 'bob',
    grade: 'attested'
  });
});
