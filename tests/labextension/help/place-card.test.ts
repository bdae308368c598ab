// Where the card of the tour stands.
import { expect, test } from '@jest/globals';
import { placeCard, type Box } from '../../../labextension/help/place-card.js';

const WINDOW = { width: 1000, height: 800 };
const CARD = { width: 300, height: 200 };

function box(left: number, top: number, width: number, height: number): Box {
  return { left, top, width, height };
}

test.each([
  ['right of a sidebar', box(0, 100, 250, 600), { left: 262, top: 100 }],
  ['below something wide at the top', box(0, 50, 1000, 100), { left: 12, top: 162 }],
  ['left of something at the right edge', box(800, 100, 200, 700), { left: 488, top: 100 }],
  ['above something wide at the bottom', box(0, 500, 1000, 300), { left: 12, top: 288 }],
  ['in the corner of something that fills the window', box(0, 0, 1000, 800), { left: 688, top: 588 }]
])('%s', (_where, target, place) => {
  expect(placeCard(target, CARD, WINDOW)).toEqual(place);
});

test('in the middle when it is about nothing that can be seen', () => {
  expect(placeCard(null, CARD, WINDOW)).toEqual({ left: 350, top: 300 });
});

test('at the corner of a window that is smaller than the card', () => {
  expect(placeCard(null, CARD, { width: 200, height: 100 })).toEqual({ left: 12, top: 12 });
});
