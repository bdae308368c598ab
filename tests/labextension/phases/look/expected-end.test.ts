// How much work of the run is left.
import { expect, test } from '@jest/globals';
import { expectedEnds, expectedRest } from '../../../../labextension/phases/look/expected-end.js';
import { asked, decided, ended, opened, OUTLINE, started, stateOf, timeOf } from '../../journal-of.js';

const NOW = Date.parse(timeOf(60));

test('nothing can be told before anything has passed', () => {
  expect(expectedRest(stateOf(opened()), OUTLINE, NOW)).toBeNull();
});

test('nothing can be told while an open step has never been measured', () => {
  const state = stateOf(opened(), started('a'), ended('a', 'passed', 4000));
  expect(expectedRest(state, OUTLINE, NOW)).toBeNull();
  expect(expectedRest(state, OUTLINE, NOW, step => (step === 'b' ? 1000 : null))).toBeNull();
});

test('what it took in an earlier run is used, and steps that ask people are left out', () => {
  const earlier = new Map([
    ['b', 1000],
    ['c', 2000],
    ['d', 3000]
  ]);
  const state = stateOf(opened(), started('a'), ended('a', 'passed', 4000));
  expect(expectedRest(state, OUTLINE, NOW, step => earlier.get(step) ?? null)).toBe(4000);
});

test('what runs now has its own time taken off, down to nothing', () => {
  const state = stateOf(
    opened(),
    started('a'),
    ended('a', 'passed', 70_000),
    started('b'),
    ended('b', 'passed', 70_000),
    started('b', 2)
  );
  const at = Date.parse(state.steps['b']!.attempts[1]!.startedAt);
  const deploy = (step: string): number | null => (step === 'd' ? 5000 : null);
  expect(expectedRest(state, OUTLINE, at + 30_000, deploy)).toBe(40_000 + 5000);
  expect(expectedRest(state, OUTLINE, at + 600_000, deploy)).toBe(5000);
});

test('a step that waited for people says nothing about work', () => {
  const state = stateOf(opened(), started('c'), asked(), decided(), ended('c', 'passed', 900_000));
  expect(expectedRest(state, OUTLINE, NOW)).toBeNull();
});

test('a run that is over has no rest', () => {
  const all = ['a', 'b', 'c', 'd'].flatMap(step => [started(step), ended(step)]);
  expect(expectedRest(stateOf(opened(), ...all), OUTLINE, NOW)).toBeNull();
});

test('each phase that is not done ends after those before it, as long as all of them are known', () => {
  const state = stateOf(opened(), started('a'), ended('a', 'passed', 4000));
  const known = new Map([
    ['b', 1000],
    ['d', 3000]
  ]);
  const [first, , last] = OUTLINE.phases.map(({ id }) => id);
  const ends = expectedEnds(state, OUTLINE, NOW, step => known.get(step) ?? null);
  expect(ends.get(first!)).toBe(1000);
  expect(ends.get(last!)).toBe(
    expectedRest(state, OUTLINE, NOW, step => known.get(step) ?? null) ?? undefined
  );
  known.delete('b');
  expect([...expectedEnds(state, OUTLINE, NOW, step => known.get(step) ?? null)]).toEqual([]);
});
