// When a desktop notification is raised, against a browser that records what it is asked.
import { beforeEach, expect, test } from '@jest/globals';
import { Desktop, type DesktopPort } from '../../../labextension/notify/desktop.js';
import type { Notice } from '../../../labextension/notify/notices.js';

const notice: Notice = {
  kind: 'waiting',
  title: 'Waiting for you',
  body: 'b',
  tag: 't',
  cell: 'c',
  hold: 'h'
};

let shown: { title: string; tag: string; isSticky: boolean; click: () => void }[];
let isLookedAt: boolean;
let permission: 'granted' | 'denied' | 'default';
let requests: number;
let desktop: Desktop;

beforeEach(() => {
  shown = [];
  isLookedAt = false;
  permission = 'granted';
  requests = 0;
  const port: DesktopPort = {
    permission: () => permission,
    request: () => {
      requests += 1;
      permission = 'granted';
      return Promise.resolve(permission);
    },
    isLookedAt: () => isLookedAt,
    show: (title, { tag, isSticky }, click) => shown.push({ title, tag, isSticky, click })
  };
  desktop = new Desktop(port);
});

test('raised while the person looks elsewhere; a click goes to the cell', () => {
  let visits = 0;
  expect(desktop.show(notice, () => (visits += 1))).toBe(true);
  expect(shown).toMatchObject([{ title: 'Waiting for you', tag: 't', isSticky: true }]);
  shown[0]!.click();
  expect(visits).toBe(1);
});

test('not raised while the person looks at the page', () => {
  isLookedAt = true;
  expect(desktop.show(notice, () => undefined)).toBe(false);
  expect(shown).toEqual([]);
});

test.each(['denied', 'default'] as const)(
  'not raised with permission `%s`, and permission is never asked on its own',
  given => {
    permission = given;
    expect(desktop.show(notice, () => undefined)).toBe(false);
    expect(requests).toBe(0);
  }
);

test('only what waits for people stays until it is closed', () => {
  desktop.show({ ...notice, kind: 'long' }, () => undefined);
  expect(shown[0]!.isSticky).toBe(false);
});
