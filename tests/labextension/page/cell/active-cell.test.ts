// What waits while a button of the mouse is pressed.
import { beforeEach, expect, test } from '@jest/globals';
import { Pointer } from '../../../../labextension/page/cell/active-cell.js';

let press: () => void;
let release: () => void;
let later: (() => void)[];
let pointer: Pointer;
let done: string[];

beforeEach(() => {
  later = [];
  done = [];
  pointer = new Pointer({
    onPress: handle => (press = handle),
    onRelease: handle => (release = handle),
    afterwards: act => later.push(act)
  });
});

const wish = (name: string): void => pointer.whenReleased(() => done.push(name));
const settle = (): void => later.splice(0).forEach(act => act());

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
