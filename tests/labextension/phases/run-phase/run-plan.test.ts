// Which steps "run phase" runs, and what it asks before.
import { expect, test } from '@jest/globals';
import { planPhase, type RunPlan } from '../../../../labextension/phases/run-phase/run-plan.js';
import type { RecordBody } from '../../../../contract/journal/journal.js';
import { ended, opened, OUTLINE, started, stateOf } from '../../journal-of.js';

function plan(phase: string | undefined, isRun: boolean, ...bodies: readonly RecordBody[]): RunPlan | null {
  return planPhase({ outline: OUTLINE, state: stateOf(opened(), ...bodies), isRun, isOurs: true, phase });
}

const ids = (found: RunPlan | null): string[] | undefined => found?.steps.map(step => step.id);

test('a fresh phase runs from its first step, without a question', () => {
  expect(plan('prepare', true)).toMatchObject({ ask: 'nothing', title: 'Preparation' });
  expect(ids(plan('prepare', true))).toEqual(['a', 'b']);
});

test('a step that passed is not run a second time', () => {
  expect(ids(plan('prepare', true, started('a'), ended('a')))).toEqual(['b']);
});

test('a step that failed is run again', () => {
  expect(ids(plan('prepare', true, started('a'), ended('a', 'failed')))).toEqual(['a', 'b']);
});

test('a phase that passed asks before all of it runs again', () => {
  const found = plan('prepare', true, started('a'), ended('a'), started('b'), ended('b'));
  expect(found).toMatchObject({ ask: 'again', about: ['Check', 'Freeze'] });
});

test('a step that a person stopped begins again, so it is asked about; one that died goes on, so it is not', () => {
  const stopped = { name: 'InterruptedError', code: 'cell.interrupted', message: 'Interrupted' };
  const end = ended('a', 'inconclusive') as Extract<RecordBody, { kind: 'attempt-ended' }>;
  expect(plan('prepare', true, started('a'), { ...end, error: stopped })).toMatchObject({
    ask: 'inconclusive',
    about: ['Check']
  });
  expect(plan('prepare', true, started('a'), end)).toMatchObject({ ask: 'nothing', about: [] });
});

test('in a scratch notebook every step runs', () => {
  expect(ids(plan('prepare', false, started('a'), ended('a')))).toEqual(['a', 'b']);
  expect(plan('prepare', false, started('a'), ended('a'), started('b'), ended('b'))?.ask).toBe('nothing');
});

test('without a phase it is the first that has not passed', () => {
  const before = [started('a'), ended('a'), started('b'), ended('b')];
  expect(plan(undefined, true, ...before)).toMatchObject({
    title: 'Sign-off',
    steps: [{ id: 'c', isHold: true }]
  });
});

test('a phase that does not exist is no plan', () => {
  expect(plan('elsewhere', true)).toBeNull();
});

test('a step of which the kernel has not said whether it holds ends its batch like one that does', () => {
  const outline = {
    ...OUTLINE,
    phases: OUTLINE.phases.map(phase => ({
      ...phase,
      steps: phase.steps.map(step => (step.id === 'a' ? { ...step, isUnknown: true as const } : step))
    }))
  };
  const found = planPhase({ outline, state: stateOf(opened()), isRun: true, isOurs: true, phase: 'prepare' });
  expect(found?.steps).toEqual([
    { id: 'a', isHold: true },
    { id: 'b', isHold: false }
  ]);
});

test('the next phase to run is never one that is optional as a whole; asked for by name it runs', () => {
  const outline = {
    ...OUTLINE,
    phases: OUTLINE.phases.map(phase => ({
      ...phase,
      steps: phase.steps.map(step =>
        phase.id === 'sign-off' ? { ...step, holds: [], isOptional: true as const } : step
      )
    }))
  };
  const state = stateOf(opened(), started('a'), ended('a'), started('b'), ended('b'));
  expect(planPhase({ outline, state, isRun: true, isOurs: true, phase: undefined })?.title).toBe('Finish');
  expect(ids(planPhase({ outline, state, isRun: true, isOurs: true, phase: 'sign-off' }))).toEqual(['c']);
});
