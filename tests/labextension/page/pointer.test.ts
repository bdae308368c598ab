// What waits while a button of the mouse is pressed.
import { beforeEach, expect, test } from '@jest/globals';
import { Pointer } from '../../../labextension/page/pointer.js';

let press: () => void;
let release: () => void;
let later: { act: () => void; ms: number }[];
let pointer: Pointer;
let done: string[];

beforeEach(() => {
  later = [];
  done = [];
  pointer = new Pointer({
    onPress: handle => (press = handle),
    onRelease: handle => (release = handle),
    later: (act, ms) => later.push({ act, ms })
  });
});

const wish = (name: string): void => pointer.whenReleased(() => done.push(name));
/** Everything that was to be done so long after something. */
const settle = (ms = 0): void => {
  const due = later.filter(each => each.ms <= ms);
  later = later.filter(each => each.ms > ms);
  due.forEach(({ act }) => act());
};

test('acts at once while nothing is pressed, as with keys', () => {
  wish('a');
  expect(done).toEqual(['a']);
});

test('acts in the order of the wishes, after everything that the release does', () => {
  press();
  wish('a');
  release();
  expect(done).toEqual([]);
  wish('b');
  settle();
  expect(done).toEqual(['a', 'b']);
  wish('c');
  expect(done).toEqual(['a', 'b', 'c']);
});

test('a press that follows at once keeps it waiting; a release without a press does nothing', () => {
  release();
  expect(later).toEqual([]);
  press();
  wish('a');
  release();
  press();
  settle();
  expect(done).toEqual([]);
  release();
  settle();
  expect(done).toEqual(['a']);
});

test('a release that nobody tells of is taken for granted after a while; that of a later press is not', () => {
  press();
  wish('a');
  settle(3000);
  settle();
  expect(done).toEqual(['a']);
  press();
  release();
  press();
  wish('b');
  const [first] = later.splice(0, 1);
  first!.act();
  settle();
  expect(done).toEqual(['a']);
});
