// When a step or a phase takes longer than it usually does.
import { expect, test } from '@jest/globals';
import { EMPTY_OUTLINE, type Outline } from '../../../contract/notebook/outline.js';
import { lateAfterMs, latePhaseOf, type StepHabit } from '../../../contract/state/habits.js';
import { emptyRunState, type RunState } from '../../../contract/state/state.js';

const habit = (usualMs: number, mostMs = usualMs, runs = 3): StepHabit => ({ usualMs, mostMs, runs });

test.each<[StepHabit | undefined, number | null]>([
  [undefined, null],
  [habit(60_000, 60_000, 2), null],
  [habit(2000), 32_000],
  [habit(600_000), 900_000],
  [habit(600_000, 1_200_000), 1_200_000]
])('%j is late after %j ms', (known, expected) => {
  expect(lateAfterMs(known)).toBe(expected);
});

const OUTLINE: Outline = {
  ...EMPTY_OUTLINE,
  phases: [
    {
      id: 'deploy',
      title: 'Deploy',
      steps: ['a', 'b'].map(id => ({ id, title: id, holds: [] }))
    },
    { id: 'look', title: 'Look', steps: [{ id: 'c', title: 'c', holds: [] }] }
  ]
};

function after(durationMs: number): RunState {
  const attempts = [{ durationMs }];
  return { ...emptyRunState(), steps: { a: { attempts } } } as unknown as RunState;
}

test('a phase has what its steps have together, less what they took', () => {
  const steps = { a: habit(60_000), b: habit(60_000) };
  expect(latePhaseOf('b', after(100_000), OUTLINE, { steps })).toEqual({
    id: 'deploy',
    title: 'Deploy',
    usualMs: 120_000,
    leftMs: 80_000
  });
  expect(latePhaseOf('b', after(500_000), OUTLINE, { steps })?.leftMs).toBe(0);
});

test('nothing is told of a phase of one step, of an unknown one, and where a step has no habit', () => {
  const steps = { a: habit(60_000), c: habit(60_000) };
  expect(latePhaseOf('c', after(0), OUTLINE, { steps })).toBeNull();
  expect(latePhaseOf('x', after(0), OUTLINE, { steps })).toBeNull();
  expect(latePhaseOf('a', after(0), OUTLINE, { steps })).toBeNull();
  expect(latePhaseOf('a', after(0), OUTLINE, { steps: { ...steps, b: habit(1, 1, 1) } })).toBeNull();
});
