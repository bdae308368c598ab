import { expect, test } from '@jest/globals';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { undoStepOf } from '../../../contract/notebook/outline.js';
import { foldJournal } from '../../../contract/reduce/reduce.js';
import { planResume } from '../../../contract/plans/resume-plan.js';
import { planRollback } from '../../../contract/plans/rollback-plan.js';
import { EffectsDone } from '../../../contract/plans/without-undo.js';
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

const stateOf = (...bodies: RecordBody[]) =>
  foldJournal(stamp([RUN_OPENED, KERNEL, { kind: 'outline', outline: OUTLINE }, ...bodies]));
const beforeStep = (step: string | null) => ({ checkpoint: null, step });
const undo = (name: string, step: string, rollback = `id of ${name}`): RecordBody => ({
  kind: 'rollback-registered',
  rollback,
  name,
  step
});
const undone = (name: string, outcome: 'passed' | 'failed' = 'passed'): RecordBody[] => [
  started(undoStepOf(`id of ${name}`)),
  { kind: 'rollback-started', rollback: `id of ${name}`, step: undoStepOf(`id of ${name}`) },
  { kind: 'rollback-ended', rollback: `id of ${name}`, outcome },
  ended(undoStepOf(`id of ${name}`), 1, outcome)
];
const RELEASE: RecordBody[] = [
  started('p1'),
  undo('look back', 'p1'),
  ended('p1'),
  started('s1'),
  requested('s1'),
  decided('s1'),
  ended('s1'),
  started('d1'),
  undo('first', 'd1'),
  undo('second', 'd1'),
  ended('d1', 1, 'failed')
];
const begun: RecordBody = {
  kind: 'undoing-started',
  checkpoint: null,
  step: 'd1',
  rollbacks: ['id of second', 'id of first'],
  by: ANN,
  reason: 'slow'
};

test('a step takes what is behind it in the outline with it, and leaves what is before it', () => {
  const plan = planRollback(stateOf(...RELEASE), OUTLINE, beforeStep('s1'))!;
  expect(plan.title).toBe('Ask');
  expect(plan.rollbacks.map(({ name, title }) => [name, title])).toEqual([
    ['second', 'Deploy'],
    ['first', 'Deploy']
  ]);
  expect(plan.steps.map(({ step }) => step)).toEqual(['s1', 'd1']);
  expect(plan.approvals.map(({ name }) => name)).toEqual(['QA sign-off']);
  expect(plan.expectedMs).toBe(1500);
});

test('without a step everything is undone; of a step that is not in the notebook there is no plan', () => {
  const plan = planRollback(stateOf(...RELEASE), OUTLINE, beforeStep(null))!;
  expect(plan.rollbacks.map(({ name }) => name)).toEqual(['second', 'first', 'look back']);
  expect(planRollback(stateOf(...RELEASE), OUTLINE, beforeStep('gone'))).toBeNull();
});

test('what a cell outside of the notebook registered is undone with the steps that ran before it', () => {
  const state = stateOf(...RELEASE, undo('console', 'unnamed-1'));
  expect(planRollback(state, OUTLINE, beforeStep('d1'))!.rollbacks[0]).toMatchObject({
    name: 'console',
    title: ''
  });
  const before = stateOf(started('p1'), undo('console', 'unnamed-1'), started('d1'));
  expect(planRollback(before, OUTLINE, beforeStep('d1'))!.rollbacks).toEqual([]);
});

test('what is undone is not undone again; a failed undo step is, and how long one took is known the next time', () => {
  const half = stateOf(...RELEASE, begun, ...undone('second'), ...undone('first', 'failed'));
  expect(planRollback(half, OUTLINE, beforeStep('d1'))!).toMatchObject({
    rollbacks: [{ name: 'first', status: 'failed' }],
    undoMs: null
  });
  const again = stateOf(...RELEASE, ...undone('first'), ...undone('second'), undo('first', 'd1', 'anew'));
  expect(planRollback(again, OUTLINE, beforeStep('d1'))!).toMatchObject({
    rollbacks: [{ id: 'anew', expectedMs: 1500 }],
    undoMs: 1500
  });
});

test('rolled back steps are stale with the reason, their approvals fall, and nobody goes back any more', () => {
  const state = stateOf(...RELEASE, begun, {
    kind: 'rolled-back',
    step: 's1',
    by: ANN,
    reason: 'slow',
    steps: ['s1', 'd1'],
    approvals: Object.keys(stateOf(...RELEASE).approvals)
  });
  expect(state.steps['d1']).toMatchObject({
    status: 'stale',
    stale: { because: 'rolled-back', cause: 'slow' }
  });
  expect(Object.values(state.approvals).map(({ status }) => status)).toEqual(['stale']);
  expect(state.undoing).toBeNull();
});

test('who goes back is told with the reason of its stop, until it is finished or somebody runs a step', () => {
  expect(stateOf(...RELEASE, begun).undoing).toMatchObject({ by: ANN, reason: 'slow', error: null });
  expect(stateOf(...RELEASE, begun, KERNEL).undoing?.error?.code).toBe('rollback.cut_off');
  const error = { name: 'E', code: 'e.e', message: 'no' };
  const stopped: RecordBody = { kind: 'undoing-stopped', error };
  expect(stateOf(...RELEASE, begun, stopped).undoing?.error).toEqual(error);
  expect(stateOf(...RELEASE, begun, stopped, started(undoStepOf('x'))).undoing).not.toBeNull();
  expect(stateOf(...RELEASE, begun, stopped, started('d1', 2)).undoing).toBeNull();
});

test('undo steps are no variables that are lost; one that was cut off asks what became of it', () => {
  const id = undoStepOf('id of second');
  const state = stateOf(
    ...RELEASE,
    ...undone('first'),
    started(id),
    {
      kind: 'effect-started',
      effect: 'e1',
      step: id,
      attempt: 1,
      helper: 'shell',
      label: 'deploy 4',
      request: null
    },
    KERNEL
  );
  expect(state.recovery?.lost).toEqual(['p1', 's1']);
  const plan = planResume(state, OUTLINE, {});
  expect(plan.steps.at(-1)).toMatchObject({ step: id, title: 'second', action: 'ask' });
  expect(plan.next).toBe('s2');
  expect(planRollback(state, OUTLINE, beforeStep('d1'))!.asks.map(({ label }) => label)).toEqual([
    'deploy 4'
  ]);
});

test('what only looked is not named as what has no undo step: by its kind, by its author, and in a wait', () => {
  const effect = (id: string, label: string, more: object = {}): RecordBody => ({
    kind: 'effect-started',
    effect: id,
    step: 'd1',
    attempt: 1,
    helper: 'shell',
    label,
    request: null,
    ...more
  });
  const effects = new EffectsDone();
  stamp([
    effect('e1', 'ctl version', { request: { changes: false } }),
    effect('e2', 'until healthy', { helper: 'poll' }),
    effect('e3', 'ctl look', { within: 'e2' }),
    effect('e4', 'ctl drain', { within: 'e2', request: { changes: true } }),
    effect('e5', 'GET /health', { helper: 'http', request: { method: 'GET' } }),
    effect('e6', 'each', { helper: 'scatter' }),
    effect('e7', 'ctl deploy', { within: 'e6' }),
    effect('e8', 'ctl drain again', { within: 'e2', request: { changes: true } }),
    effect('e9', 'ctl inside', { within: 'e8' })
  ]).forEach(record => effects.note(record));
  expect(effects.changesOf('d1', 0).filter(label => label !== 'each')).toEqual([
    'ctl drain',
    'ctl deploy',
    'ctl drain again',
    'ctl inside'
  ]);
});

test('effects that a changed journal has inside of each other end no reader', () => {
  const effect = (id: string, within?: string): RecordBody => ({
    kind: 'effect-started',
    effect: id,
    step: 'd1',
    attempt: 1,
    helper: 'shell',
    label: id,
    request: null,
    ...(within === undefined ? {} : { within })
  });
  const effects = new EffectsDone();
  const records = stamp([effect('e1'), effect('e2', 'e1'), effect('e1', 'e2'), effect('e3', 'e1')]);
  records.forEach(record => effects.note(record));
  expect(effects.changesOf('d1', 0)).toEqual(['e1', 'e2', 'e3']);
});
