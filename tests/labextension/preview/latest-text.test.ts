// Which text the preview renders, and when.
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { LatestText } from '../../../labextension/preview/latest-text.js';

let rendered: string[];
/** Ends the rendering that is under way. */
let finish: () => void;
let latest: LatestText;

beforeEach(() => {
  jest.useFakeTimers();
  rendered = [];
  latest = new LatestText(
    text =>
      new Promise(resolve => {
        rendered.push(text);
        finish = resolve;
      }),
    () => 200
  );
});
afterEach(() => {
  jest.useRealTimers();
});

test('the first text is rendered at once', () => {
  latest.show('a');
  expect(rendered).toEqual(['a']);
});

test('a text that changes again before it has rested is never rendered', () => {
  latest.change('a');
  jest.advanceTimersByTime(199);
  latest.change('ab');
  jest.advanceTimersByTime(199);
  expect(rendered).toEqual([]);
  jest.advanceTimersByTime(1);
  expect(rendered).toEqual(['ab']);
});

test('while one text is rendered the next waits, and only the newest of them follows', async () => {
  latest.show('a');
  latest.show('b');
  latest.show('c');
  expect(rendered).toEqual(['a']);
  finish();
  await Promise.resolve();
  await Promise.resolve();
  expect(rendered).toEqual(['a', 'c']);
});

test('the same text is not rendered twice', async () => {
  latest.show('a');
  finish();
  await Promise.resolve();
  await Promise.resolve();
  latest.show('a');
  expect(rendered).toEqual(['a']);
});

test('after it is disposed of nothing is rendered any more', () => {
  latest.change('a');
  latest.dispose();
  jest.advanceTimersByTime(1000);
  expect(rendered).toEqual([]);
});
