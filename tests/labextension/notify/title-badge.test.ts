// The count before the title of the page.
import { expect, test } from '@jest/globals';
import { TitleBadge } from '../../../labextension/notify/title-badge.js';

function page(): {
  title: string;
  isLooking: boolean;
  run: string;
  isLookedAt(): boolean;
  where(): string;
  badge: TitleBadge;
} {
  const made = {
    title: 'release - JupyterLab',
    isLooking: false,
    run: '',
    where: () => made.run
  } as ReturnType<typeof page>;
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

test('the run that is shown stands before the title, after the number, and goes when another notebook is shown', () => {
  const made = page();
  made.run = '2.4.0 · production';
  made.badge.retitled();
  made.badge.retitled();
  expect(made.title).toBe('2.4.0 · production · release - JupyterLab');
  made.badge.add();
  expect(made.title).toBe('(1) 2.4.0 · production · release - JupyterLab');
  made.run = '2.4.0 · staging';
  made.badge.retitled();
  expect(made.title).toBe('(1) 2.4.0 · staging · release - JupyterLab');
  made.isLooking = true;
  made.badge.looked();
  expect(made.title).toBe('2.4.0 · staging · release - JupyterLab');
  made.run = '';
  made.title = 'template - JupyterLab';
  made.badge.retitled();
  expect(made.title).toBe('template - JupyterLab');
});

// Everything that can happen to the title, in every order of four.
test('what stands before the title is never doubled or left behind', () => {
  const RUNS = ['', '2.4.0 · production', '2.4.0 · staging'];
  const acts: ((made: ReturnType<typeof page>) => void)[] = [
    ...RUNS.map(run => (made: ReturnType<typeof page>) => void (made.run = run)),
    made => made.badge.add(),
    made => void (made.title = 'other - JupyterLab'),
    made => {
      made.isLooking = true;
      made.badge.looked();
      made.isLooking = false;
    }
  ];
  const orders = acts.flatMap(a => acts.flatMap(b => acts.flatMap(c => acts.map(d => [a, b, c, d]))));
  for (const order of orders) {
    const made = page();
    let plain = 'release - JupyterLab';
    let count = 0;
    for (const act of order) {
      act(made);
      made.badge.retitled();
      plain = act === acts[4] ? 'other - JupyterLab' : plain;
      count = act === acts[3] ? count + 1 : act === acts[5] ? 0 : count;
      const number = count > 0 ? `(${count}) ` : '';
      expect(made.title).toBe(`${number}${made.run === '' ? '' : `${made.run} · `}${plain}`);
    }
  }
});
