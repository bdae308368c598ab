import { describe, expect, test } from '@jest/globals';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { undoStepOf } from '../../../contract/notebook/outline.js';
import { foldJournal } from '../../../contract/reduce/reduce.js';
import { continuableAttempt } from '../../../contract/plans/resume-plan.js';
import { openEffectsOf } from '../../../contract/plans/rollback-plan.js';
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

const passed = (step: string, attempt = 1): RecordBody[] => [started(step, attempt), ended(step, attempt)];
const EXECUTOR: RecordBody = { kind: 'executor-replaced', reason: 'died' };
const SIGNED_OFF = [started('s1'), requested('s1'), decided('s1'), ended('s1')];

describe('recovery', () => {
  test('is pending after a process ended, with the steps in the order in which they passed', () => {
    const state = stateOf(...passed('s2'), ...passed('p1'), started('d1'), KERNEL);
    expect(state.recovery).toMatchObject({ cause: 'kernel', lost: ['s2', 'p1'], resume: null });
    expect(stateOf(...passed('p1'), EXECUTOR).recovery?.cause).toBe('executor');
  });

  test('is not pending when nothing of the notebook had passed', () => {
    expect(stateOf(started('p1'), ended('p1', 1, 'failed'), KERNEL).recovery).toBeNull();
    expect(stateOf(...passed('unnamed-1a2b'), KERNEL).recovery).toBeNull();
  });

  test('shrinks with each replayed step and ends with the resume', () => {
    const begun: RecordBody[] = [
      ...passed('p1'),
      ...passed('s2'),
      KERNEL,
      { kind: 'resume-started', by: ANN, steps: ['p1', 's2'] },
      { kind: 'step-replayed', step: 'p1', attempt: 1, durationMs: 5 }
    ];
    expect(stateOf(...begun).recovery).toMatchObject({ lost: ['s2'], resume: { steps: ['p1', 's2'] } });
    const rest: RecordBody = { kind: 'step-replayed', step: 's2', attempt: 1, durationMs: 5 };
    expect(stateOf(...begun, rest, { kind: 'resume-ended', outcome: 'passed' }).recovery).toBeNull();
  });

  test('stays pending when another process ended while the resume went on, even if the resume passed', () => {
    const state = stateOf(
      ...passed('p1'),
      KERNEL,
      { kind: 'resume-started', by: ANN, steps: ['p1'] },
      { kind: 'step-replayed', step: 'p1', attempt: 1, durationMs: 5 },
      EXECUTOR,
      { kind: 'resume-ended', outcome: 'passed' }
    );
    expect(state.recovery).toMatchObject({ cause: 'executor', lost: ['p1'], resume: null, error: null });
  });

  test('stays pending when a resume stops, and says why', () => {
    const error = { name: 'DivergedError', code: 'resume.diverged', message: 'other command' };
    const state = stateOf(
      ...passed('p1'),
      KERNEL,
      { kind: 'resume-started', by: ANN, steps: ['p1'] },
      { kind: 'resume-ended', outcome: 'failed', error }
    );
    expect(state.recovery).toMatchObject({ lost: ['p1'], resume: null, error });
  });

  test('discarding makes the steps from there on stale, also one that died in the middle', () => {
    const state = stateOf(...passed('p1'), ...SIGNED_OFF, ...passed('s2'), started('d1'), KERNEL, {
      kind: 'recovery-discarded',
      from: 's1',
      by: ANN,
      reason: 'other data'
    });
    expect(state.recovery?.lost).toEqual(['p1']);
    expect(Object.values(state.steps).map(step => [step.id, step.status])).toEqual([
      ['p1', 'passed'],
      ['s1', 'stale'],
      ['s2', 'stale'],
      ['d1', 'stale']
    ]);
    expect(state.approvals['s1:1:QA sign-off']?.status).toBe('stale');
  });

  test('discarding everything leaves nothing to bring back', () => {
    const discarded: RecordBody = { kind: 'recovery-discarded', from: null, by: ANN, reason: 'anew' };
    const state = stateOf(...passed('p1'), ...passed('s2'), KERNEL, discarded);
    expect(state.recovery).toBeNull();
    expect(state.steps['p1']?.stale).toMatchObject({ because: 'discarded', cause: 'anew' });
  });

  test('discarding everything leaves an undo step that died as it is, so that nothing is undone twice', () => {
    const undo = undoStepOf('r1');
    const effect = (id: string): RecordBody => ({
      kind: 'effect-started',
      effect: id,
      step: undo,
      attempt: 1,
      helper: 'shell',
      label: id,
      request: {}
    });
    const state = stateOf(
      ...passed('p1'),
      started(undo),
      effect('e1'),
      { kind: 'effect-ended', effect: 'e1', outcome: 'passed', durationMs: 1, result: {} },
      effect('e2'),
      KERNEL,
      { kind: 'recovery-discarded', from: null, by: ANN, reason: 'anew' }
    );
    expect(state.steps['p1']?.status).toBe('stale');
    expect(state.steps[undo]).toMatchObject({ status: 'inconclusive', stale: null });
    expect(continuableAttempt(state.steps[undo])?.attempt).toBe(1);
    expect(openEffectsOf(state, undo).map(({ id }) => id)).toEqual(['e2']);
  });
});

describe('staleness', () => {
  test('re-running a step that had passed makes later steps and approvals stale', () => {
    const state = stateOf(...passed('p1'), ...SIGNED_OFF, ...passed('s2'), started('p1', 2));
    expect(state.steps['s2']).toMatchObject({ status: 'stale', stale: { because: 'rerun', cause: 'p1' } });
    expect(state.approvals['s1:1:QA sign-off']?.status).toBe('stale');
    expect(state.steps['p1']?.attempts).toHaveLength(2);
  });

  test('a retry after a failure makes nothing stale, and a stale step that runs again counts', () => {
    const retried = [...passed('s2'), started('p1'), ended('p1', 1, 'failed'), ...passed('p1', 2)];
    expect(stateOf(...retried).steps['s2']?.status).toBe('passed');
    const again = [...passed('p1'), ...passed('s2'), ...passed('p1', 2), ...passed('s2', 2)];
    expect(stateOf(...again).steps['s2']).toMatchObject({ status: 'passed', stale: null });
  });
});

describe('a request of a cell that has ended', () => {
  const closed: RecordBody = {
    kind: 'approval-closed',
    approval: 's1:1:QA sign-off',
    status: 'withdrawn',
    reason: 'The waiting cell was stopped.'
  };
  const list: RecordBody[] = [
    {
      kind: 'checklist-requested',
      checklist: 'list',
      name: 'Closing',
      step: 's1',
      attempt: 1,
      phase: 'QA sign-off',
      items: [{ text: 'Mail', required: true }]
    },
    { kind: 'checklist-closed', checklist: 'list', status: 'done' }
  ];

  test.each(['passed', 'failed'] as const)('leaves a step that %s as it is, also once it is settled', how => {
    const before = [started('s1'), ended('s1', 1, how)];
    const late = [...before, requested('s1'), closed, ...list];
    for (let count = before.length + 1; count <= late.length; count += 1) {
      expect(stateOf(...late.slice(0, count)).steps['s1']?.status).toBe(how);
    }
    const { status, holds } = stateOf(...late, KERNEL).steps['s1']!;
    expect([status, holds]).toEqual([how, ['s1:1:QA sign-off', 'list']]);
  });
});

describe('skip, judgement and rewind', () => {
  test('a step that is left out is skipped with its reason, until it is run', () => {
    const skip: RecordBody = { kind: 'step-skipped', step: 'd1', by: ANN, reason: 'done by hand' };
    expect(stateOf(skip).steps['d1']).toMatchObject({
      status: 'skipped',
      skipped: { reason: 'done by hand', by: ANN }
    });
    expect(stateOf(skip, ...passed('d1')).steps['d1']).toMatchObject({ status: 'passed', skipped: null });
  });

  test('a judged effect keeps the last word', () => {
    const judged = (judgement: 'passed' | 'again'): RecordBody => ({
      kind: 'effect-judged',
      effect: 'e1',
      judgement,
      by: ANN,
      reason: 'seen'
    });
    const effect: RecordBody = {
      kind: 'effect-started',
      effect: 'e1',
      step: 'p1',
      attempt: 1,
      helper: 'shell',
      label: 'deploy',
      request: {}
    };
    const state = stateOf(started('p1'), effect, KERNEL, judged('again'), judged('passed'));
    expect(state.openEffects['e1']?.judged).toMatchObject({ judgement: 'passed', by: ANN });
  });

  test('rewinding, in a journal of an earlier version, makes what came after stale, drops later checkpoints and keeps every attempt', () => {
    const state = stateOf(
      ...passed('p1'),
      { kind: 'checkpoint', name: 'before', step: 'p1' },
      ...SIGNED_OFF,
      { kind: 'checkpoint', name: 'later', step: 's1' },
      {
        kind: 'rewound',
        checkpoint: 'before',
        by: ANN,
        reason: '',
        steps: ['s1'],
        approvals: ['s1:1:QA sign-off']
      }
    );
    expect(state.checkpoints.map(({ name }) => name)).toEqual(['before']);
    expect(state.steps['s1']).toMatchObject({
      status: 'stale',
      stale: { because: 'rewound', cause: 'before' }
    });
    expect(state.steps['s1']?.attempts).toHaveLength(1);
    expect(state.approvals['s1:1:QA sign-off']?.status).toBe('stale');
  });

  const REACHED: readonly RecordBody[] = [
    ...passed('p1'),
    { kind: 'checkpoint', name: 'before', step: 'p1' },
    ...SIGNED_OFF,
    { kind: 'checkpoint', name: 'later', step: 's1' }
  ];
  const rolledBack = (to: object, steps: readonly string[]): RecordBody => ({
    kind: 'rolled-back',
    step: null,
    ...to,
    by: ANN,
    reason: 'too slow',
    steps,
    approvals: ['s1:1:QA sign-off']
  });
  const namesOf = (...bodies: RecordBody[]) =>
    stateOf(...REACHED, ...bodies).checkpoints.map(({ name }) => name);

  test('rolling back to a checkpoint does the same, with the reason', () => {
    const state = stateOf(...REACHED, rolledBack({ checkpoint: 'before' }, ['s1']));
    expect(state.checkpoints.map(({ name }) => name)).toEqual(['before']);
    expect(state.steps['s1']).toMatchObject({
      status: 'stale',
      stale: { because: 'rolled-back', cause: 'too slow' }
    });
    expect(state.steps['s1']?.attempts).toHaveLength(1);
    expect(state.approvals['s1:1:QA sign-off']?.status).toBe('stale');
  });

  test('rolling back to before a step drops the checkpoints of what is undone; earlier versions kept them', () => {
    expect(namesOf(rolledBack({ checkpoint: null, step: 's1' }, ['s1']))).toEqual(['before']);
    expect(namesOf(rolledBack({ checkpoint: null }, ['p1', 's1']))).toEqual([]);
    expect(namesOf(rolledBack({ step: 's1' }, ['s1']))).toEqual(['before', 'later']);
  });
});
