// When a desktop notification is raised, against a browser that records what it is asked.
import { beforeEach, expect, test } from '@jest/globals';
import { Desktop, type DesktopPort } from '../../../labextension/notify/desktop.js';
import type { Notice } from '../../../labextension/notify/notice.js';

const notice: Notice = {
  kind: 'waiting',
  title: 'Waiting for you',
  body: 'b',
  where: '2.4.0 · production',
  tag: 't',
  cell: 'c',
  hold: 'h'
};

const QUIET = { sticky: 'waiting', sound: false } as const;
const failed: Notice = { ...notice, kind: 'failed', title: 'Failed: a', tag: 'f', hold: null };

let closed: string[];
let shown: { title: string; body: string; tag: string; isSticky: boolean; click: () => void }[];
let isLookedAt: boolean;
let permission: 'granted' | 'denied' | 'default';
let requests: number;
let played: boolean[];
let now: number;
let desktop: Desktop;

beforeEach(() => {
  shown = [];
  closed = [];
  isLookedAt = false;
  permission = 'granted';
  requests = 0;
  played = [];
  now = 0;
  const port: DesktopPort = {
    permission: () => permission,
    request: () => {
      requests += 1;
      permission = 'granted';
      return Promise.resolve(permission);
    },
    isLookedAt: () => isLookedAt,
    show: (title, { body, tag, isSticky }, click) => {
      shown.push({ title, body, tag, isSticky, click });
      return () => void closed.push(tag);
    },
    play: isBad => played.push(isBad),
    now: () => now
  };
  desktop = new Desktop(port);
});

test('raised while the person looks elsewhere; a click goes to the cell', () => {
  let visits = 0;
  expect(desktop.show(notice, QUIET, () => (visits += 1))).toBe(true);
  expect(shown).toMatchObject([{ title: 'Waiting for you', tag: 't', isSticky: true }]);
  shown[0]!.click();
  expect(visits).toBe(1);
});

test('not raised while the person looks at the page', () => {
  isLookedAt = true;
  expect(desktop.show(notice, QUIET, () => undefined)).toBe(false);
  expect(shown).toEqual([]);
});

test.each(['denied', 'default'] as const)(
  'not raised with permission `%s`, and permission is never asked on its own',
  given => {
    permission = given;
    expect(desktop.show(notice, QUIET, () => undefined)).toBe(false);
    expect(requests).toBe(0);
  }
);

test('only what waits for people stays until it is closed', () => {
  desktop.show({ ...notice, kind: 'long' }, QUIET, () => undefined);
  expect(shown[0]!.isSticky).toBe(false);
});

test('what comes shortly after one of its kind replaces it and counts on', () => {
  desktop.show(failed, QUIET, () => undefined);
  now = 2000;
  desktop.show({ ...failed, title: 'Failed: b' }, QUIET, () => undefined);
  desktop.show(notice, QUIET, () => undefined);
  now = 9000;
  desktop.show(failed, QUIET, () => undefined);
  expect(shown.map(each => [each.title, each.tag])).toEqual([
    ['Failed: a', 'f'],
    ['Failed: b (+1)', 'f'],
    ['Waiting for you', 't'],
    ['Failed: a', 'f']
  ]);
  expect(shown[1]!.body).toBe('Failed: a\nFailed: b\n2.4.0 · production');
});

test('the setting decides what stays on the desktop', () => {
  desktop.show(failed, { sticky: 'all', sound: false }, () => undefined);
  desktop.show(notice, { sticky: 'none', sound: false }, () => undefined);
  expect(shown.map(each => each.isSticky)).toEqual([true, false]);
});

test('the sound is another one for a failure, and there is none without a notification', () => {
  const loud = { sticky: 'waiting', sound: true } as const;
  desktop.show(failed, loud, () => undefined);
  desktop.show(notice, loud, () => undefined);
  desktop.show(notice, QUIET, () => undefined);
  isLookedAt = true;
  desktop.show(notice, loud, () => undefined);
  expect(played).toEqual([true, false]);
});

test('a notification is taken away by its tag, once', () => {
  desktop.show(notice, QUIET, () => undefined);
  desktop.close(notice.tag);
  desktop.close(notice.tag);
  desktop.close('other');
  expect(closed).toEqual([notice.tag]);
});

test('what is told again of one hold is not counted as another thing', () => {
  desktop.show({ ...notice, hold: 'assigned:h', title: 'Tasks for you' }, QUIET, () => undefined);
  desktop.show(notice, QUIET, () => undefined);
  desktop.show({ ...notice, hold: 'other', title: 'Waiting for qa' }, QUIET, () => undefined);
  expect(shown.map(({ title }) => title)).toEqual([
    'Tasks for you',
    'Waiting for you',
    'Waiting for qa (+1)'
  ]);
});
