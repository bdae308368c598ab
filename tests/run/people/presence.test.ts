import { expect, test } from '@jest/globals';
import type { Person } from '../../../contract/base/person.js';
import { Presence } from '../../../run/people/presence.js';

let nowMs = 0;
const make = (): Presence =>
  new Presence(
    (session): Person => ({ username: session, name: session.toUpperCase(), grade: 'claimed' }),
    () => nowMs
  );
const names = (presence: Presence): string[] => presence.people().map(({ username }) => username);

test('a person with two pages is there once, until the last of them is gone', () => {
  const presence = make();
  presence.seen('page-1', 'ann');
  presence.seen('page-2', 'bob');
  presence.seen('page-3', 'ann');
  expect(names(presence)).toEqual(['ann', 'bob']);
  presence.gone('page-1');
  expect(names(presence)).toEqual(['bob', 'ann']);
  presence.gone('page-3');
  expect(names(presence)).toEqual(['bob']);
});

test('a page that gives no sign of life for 150 s has gone away without a word', () => {
  const presence = make();
  nowMs = 0;
  presence.seen('page-1', 'ann');
  presence.seen('page-2', 'bob');
  nowMs = 150_000;
  presence.seen('page-1', 'ann');
  expect(names(presence)).toEqual(['ann', 'bob']);
  nowMs = 150_001;
  expect(names(presence)).toEqual(['ann']);
});

test('a person who has vanished is there again as soon as a page of theirs is heard of', () => {
  const presence = make();
  nowMs = 0;
  presence.seen('page-1', 'ann');
  presence.seen('page-2', 'bob');
  presence.seen('page-3', 'ann');
  presence.vanished('ann');
  expect(names(presence)).toEqual(['bob']);
  presence.seen('page-3', 'ann');
  expect(names(presence)).toEqual(['bob', 'ann']);
});
