// The way through the tour.
import { expect, test } from '@jest/globals';
import { Tour, tourSteps } from '../../../labextension/help/tour.js';
import { ENGLISH } from '../english.js';

const steps = tourSteps(ENGLISH);

test('it has six steps at most, each with a title and a text', () => {
  expect(steps.length).toBeGreaterThan(0);
  expect(steps.length).toBeLessThanOrEqual(6);
  steps.forEach(step => expect([step.title, step.text]).not.toContain(''));
});

test('it goes from the first step to the last and back, and no further', () => {
  const tour = new Tour(steps);
  tour.back();
  expect([tour.index, tour.isFirst, tour.isLast]).toEqual([0, true, false]);
  steps.forEach(() => tour.next());
  expect([tour.index, tour.isFirst, tour.isLast]).toEqual([steps.length - 1, false, true]);
  tour.back();
  expect(tour.step).toBe(steps.at(-2));
});
