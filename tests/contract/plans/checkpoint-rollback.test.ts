// Going back to a checkpoint: what it undoes, and what it cannot.
import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../../contract/base/json.js';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { foldJournal } from '../../../contract/reduce/reduce.js';
import { undoStepOf } from '../../../contract/notebook/outline.js';
import { planRollback, type RollbackPlan } from '../../../contract/plans/rollback-plan.js';
import { withWhatHasNoUndo } from '../../../contract/plans/without-undo.js';
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
} from '../sample-journal.js';

const recordsOf = (...bodies: RecordBody[]) =>
  stamp([RUN_OPENED, KERNEL, { kind: 'outline', outline: OUTLINE }, ...bodies]);
const stateOf = (...bodies: RecordBody[]) => foldJournal(recordsOf(...bodies));
const planTo = (checkpoint: string, ...bodies: RecordBody[]): RollbackPlan | null =>
  planRollback(stateOf(...bodies), OUTLINE, { checkpoint, step: null });
const withoutUndo = async (checkpoint: string, ...bodies: RecordBody[]) => {
  const plan = planTo(checkpoint, ...bodies)!;
  const found = await withWhatHasNoUndo(plan, stateOf(...bodies), OUTLINE, recordsOf(...bodies));
  return found.without.map(({ title, effects }) => [title, effects]);
};
const passed = (step: string): RecordBody[] => [started(step), ended(step)];
const undo = (name: string, step: string): RecordBody => ({
  kind: 'rollback-registered',
  rollback: `id of ${name}`,
  name,
  step
});
const mark = (name: string): RecordBody => ({ kind: 'checkpoint', name, step: 'p1' });

const did = (label: string, step: string, request: JsonObject = {}): RecordBody => ({
  kind: 'effect-started',
  effect: `${step}:${label}`,
  step,
  attempt: 1,
  helper: 'method' in request ? 'http' : 'shell',
  label,
  request
});

test('names stale steps, undo steps from the newest, approvals that fall, and the expected time', () => {
  const plan = planTo(
    'schema',
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
  )!;
  expect(plan).toMatchObject({ checkpoint: 'schema', step: null, title: '' });
  expect(plan.reachedAt).toBe('2026-11-22T08:00:06.000Z');
  expect(plan.steps.map(({ step }) => step)).toEqual(['s1', 'd1']);
  expect(plan.rollbacks.map(({ name, title }) => [name, title])).toEqual([
    ['second', 'Deploy'],
    ['first', 'Deploy']
  ]);
  expect(plan.approvals.map(({ name }) => name)).toEqual(['QA sign-off']);
  expect(plan.expectedMs).toBe(3000);
  expect(plan.undoMs).toBeNull();
});

test('the step that reached the checkpoint is stale only when it registered an undo step after it', () => {
  const reached = [started('p1'), mark('middle')];
  expect(planTo('middle', ...reached, ended('p1'))?.steps).toEqual([]);
  const plan = planTo('middle', ...reached, undo('u', 'p1'), ended('p1'));
  expect(plan?.steps.map(({ step }) => step)).toEqual(['p1']);
});

test('a step that was left out after the checkpoint becomes stale; what is undone already is not undone again', () => {
  const plan = planTo(
    'm',
    ...passed('p1'),
    mark('m'),
    undo('u', 'd1'),
    { kind: 'rollback-started', rollback: 'id of u', step: 'd1' },
    { kind: 'rollback-ended', rollback: 'id of u', outcome: 'passed' },
    { kind: 'step-skipped', step: 's2', by: ANN, reason: 'r' }
  )!;
  expect(plan.steps.map(({ step }) => step)).toEqual(['s2']);
  expect(plan.rollbacks).toEqual([]);
});

test('after a stop only what is left is undone, and what is undone already makes its step stale too', () => {
  const at = undoStepOf('id of late');
  const stopped: RecordBody[] = [
    started('p1'),
    mark('middle'),
    undo('late', 'p1'),
    ended('p1'),
    started('d1'),
    undo('first', 'd1'),
    ended('d1'),
    started(at),
    { kind: 'rollback-started', rollback: 'id of late', step: at },
    { kind: 'rollback-ended', rollback: 'id of late', outcome: 'passed' },
    ended(at)
  ];
  const plan = planTo('middle', ...stopped)!;
  expect(plan.rollbacks.map(({ name }) => name)).toEqual(['first']);
  expect(plan.steps.map(({ step }) => step)).toEqual(['p1', 'd1']);
});

test('counts from the newest checkpoint of the name, and there is no plan without one', () => {
  const bodies = [mark('m'), ...passed('p1'), mark('m'), ...passed('d1')];
  expect(planTo('m', ...bodies)?.steps.map(({ step }) => step)).toEqual(['d1']);
  expect(planTo('n', ...bodies)).toBeNull();
});

test('an undo step that was cut off is asked about', () => {
  const at = undoStepOf('id of first');
  const plan = planTo(
    'm',
    mark('m'),
    started('d1'),
    undo('first', 'd1'),
    started(at),
    did('deploy 4', at),
    KERNEL
  );
  expect(plan?.asks.map(({ label }) => label)).toEqual(['deploy 4']);
});

test('names what was done after it without an undo step, also in the middle of the step that reached it', async () => {
  expect(
    await withoutUndo(
      'm',
      started('p1'),
      undo('back', 'p1'),
      did('migrate', 'p1'),
      mark('m'),
      did('warm up', 'p1'),
      ended('p1'),
      started('s1'),
      did('GET', 's1', { method: 'GET' }),
      did('announce', 's1'),
      ended('s1'),
      started('d1'),
      undo('first', 'd1'),
      did('deploy', 'd1'),
      ended('d1')
    )
  ).toEqual([
    ['Look', ['warm up']],
    ['Ask', ['announce']]
  ]);
});

test('what an earlier rollback has left is not named again for the steps that it made stale', async () => {
  const done = {
    kind: 'rolled-back',
    checkpoint: 'm',
    step: null,
    by: ANN,
    reason: 'slow',
    approvals: []
  } as const;
  const bodies = [mark('m'), started('d1'), did('announce', 'd1'), ended('d1')];
  expect(await withoutUndo('m', ...bodies)).toEqual([['Deploy', ['announce']]]);
  expect(await withoutUndo('m', ...bodies, { ...done, steps: ['d1'] })).toEqual([]);
});
