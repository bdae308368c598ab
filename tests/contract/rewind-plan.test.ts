import { expect, test } from '@jest/globals';
import type { RecordBody } from '../../contract/journal.js';
import { replay } from '../../contract/reduce.js';
import { planRewind } from '../../contract/rewind-plan.js';
import {
  ANN,
  KERNEL,
  OUTLINE,
  RUN_OPENED,
  decided,
  ended,
  requested,
  stamp,
  started
} from './sample-journal.js';

const stateOf = (...bodies: RecordBody[]) =>
  replay(stamp([RUN_OPENED, KERNEL, { kind: 'outline', outline: OUTLINE }, ...bodies]));
const passed = (step: string): RecordBody[] => [started(step), ended(step)];
const undo = (name: string, step: string): RecordBody => ({
  kind: 'rollback-registered',
  rollback: `id of ${name}`,
  name,
  step
});
const mark = (name: string): RecordBody => ({ kind: 'checkpoint', name, step: 'p1' });

test('names stale steps, undo steps from the newest, approvals that fall, and the expected time', () => {
  const state = stateOf(
    started('p1'),
    undo('before', 'p1'),
    mark('schema'),
    ended('p1'),
    started('s1'),
    requested('s1'),
    decided('s1'),
    ended('s1'),
    started('d1'),
    undo('first', 'd1'),
    undo('second', 'd1'),
    ended('d1')
  );
  const plan = planRewind(state, OUTLINE, 'schema')!;
  expect(plan.steps.map(({ step }) => step)).toEqual(['s1', 'd1']);
  expect(plan.rollbacks.map(({ name }) => name)).toEqual(['second', 'first']);
  expect(plan.approvals.map(({ name }) => name)).toEqual(['QA sign-off']);
  expect(plan.expectedMs).toBe(3000);
});

test('the step that reached the checkpoint is stale only when it registered an undo step after it', () => {
  const reached = [started('p1'), mark('middle')];
  expect(planRewind(stateOf(...reached, ended('p1')), OUTLINE, 'middle')?.steps).toEqual([]);
  const state = stateOf(...reached, undo('u', 'p1'), ended('p1'));
  expect(planRewind(state, OUTLINE, 'middle')?.steps.map(({ step }) => step)).toEqual(['p1']);
});

test('a step that was left out after the checkpoint becomes stale; what is undone already is not undone again', () => {
  const state = stateOf(
    ...passed('p1'),
    mark('m'),
    undo('u', 'd1'),
    { kind: 'rollback-started', rollback: 'id of u', step: 'd1' },
    { kind: 'rollback-ended', rollback: 'id of u', outcome: 'passed' },
    { kind: 'step-skipped', step: 's2', by: ANN, reason: 'r' }
  );
  const plan = planRewind(state, OUTLINE, 'm')!;
  expect(plan.steps.map(({ step }) => step)).toEqual(['s2']);
  expect(plan.rollbacks).toEqual([]);
});

test('counts from the newest checkpoint of the name, and there is no plan without one', () => {
  const state = stateOf(mark('m'), ...passed('p1'), mark('m'), ...passed('d1'));
  expect(planRewind(state, OUTLINE, 'm')?.steps.map(({ step }) => step)).toEqual(['d1']);
  expect(planRewind(state, OUTLINE, 'n')).toBeNull();
});
