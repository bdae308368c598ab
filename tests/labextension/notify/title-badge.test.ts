// The count before the title of the page.
import { expect, test } from '@jest/globals';
import { TitleBadge } from '../../../labextension/notify/title-badge.js';

function page(): { title: string; isLooking: boolean; isLookedAt(): boolean; badge: TitleBadge } {
  const made = { title: 'release - JupyterLab', isLooking: false } as ReturnType<typeof page>;
  made.isLookedAt = () => made.isLooking;
  made.badge = new TitleBadge(made);
  return made;
}

test('counts what was not seen, and goes when somebody looks', () => {
  const made = page();
  made.badge.add();
  made.badge.add();
  expect(made.title).toBe('(2) release - JupyterLab');
  made.badge.looked();
  expect(made.title).toBe('(2) release - JupyterLab');
  made.isLooking = true;
  made.badge.looked();
  expect(made.title).toBe('release - JupyterLab');
});

test('stands there again when JupyterLab has written another title, and counts on', () => {
  const made = page();
  made.badge.add();
  made.title = 'other - JupyterLab';
  made.badge.retitled();
  expect(made.title).toBe('(1) other - JupyterLab');
  made.badge.add();
  expect(made.title).toBe('(2) other - JupyterLab');
});

test('counts nothing while somebody looks', () => {
  const made = page();
  made.isLooking = true;
  made.badge.add();
  expect(made.title).toBe('release - JupyterLab');
});

test('leaves a title alone before there is something to count', () => {
  const made = page();
  made.badge.retitled();
  expect(made.title).toBe('release - JupyterLab');
});
