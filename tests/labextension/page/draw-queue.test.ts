// When lines are drawn.
import { expect, test } from '@jest/globals';
import { DrawQueue } from '../../../labextension/page/draw-queue.js';

/** A page whose drawing of a cell takes a millisecond. */
function page(): { queue: DrawQueue; frames: string[][]; frame(): void; isWaiting(): boolean } {
  const frames: string[][] = [];
  let now = 0;
  let next: (() => void) | null = null;
  const queue = new DrawQueue(
    cell => {
      now += 1;
      frames.at(-1)?.push(cell);
    },
    {
      request: draw => {
        next = draw;
        return 1;
      },
      cancel: () => {
        next = null;
      },
      now: () => now
    }
  );
  const frame = (): void => {
    const draw = next;
    next = null;
    frames.push([]);
    draw?.();
  };
  return { queue, frames, frame, isWaiting: () => next !== null };
}

test('a cell that changes several times is drawn once', () => {
  const { queue, frames, frame, isWaiting } = page();
  ['a', 'b', 'a'].forEach(cell => queue.add(cell));
  frame();
  expect(frames).toEqual([['a', 'b']]);
  expect(isWaiting()).toBe(false);
});

test('many cells are spread over frames, in order', () => {
  const { queue, frames, frame } = page();
  const cells = Array.from({ length: 10 }, (_, index) => String(index));
  cells.forEach(cell => queue.add(cell));
  frame();
  frame();
  frame();
  expect(frames.map(drawn => drawn.length)).toEqual([4, 4, 2]);
  expect(frames.flat()).toEqual(cells);
});

test('nothing is drawn after the end', () => {
  const { queue, isWaiting } = page();
  queue.add('a');
  queue.dispose();
  expect(isWaiting()).toBe(false);
});
