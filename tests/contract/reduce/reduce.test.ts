import { describe, expect, test } from '@jest/globals';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { applyRecord, foldJournal } from '../../../contract/reduce/reduce.js';
import { emptyRunState } from '../../../contract/state/state.js';
import {
  ANN,
  BOB,
  KERNEL,
  OPENED,
  OUTLINE,
  decided,
  ended,
  requested,
  stamp,
  started
} from '../sample-journal.js';

const stateOf = (...bodies: RecordBody[]) =>
  foldJournal(stamp([OPENED, KERNEL, { kind: 'outline', outline: OUTLINE }, ...bodies]));

describe('foldJournal', () => {
  test('an empty journal is the empty state', () => expect(foldJournal([])).toEqual(emptyRunState()));

  test('keeps every attempt of a step, and its status is that of the last one', () => {
    const state = stateOf(started('p1'), ended('p1', 1, 'failed'), started('p1', 2), ended('p1', 2));
    expect(state.steps['p1']?.status).toBe('passed');
    expect(state.steps['p1']?.attempts.map(attempt => attempt.outcome)).toEqual(['failed', 'passed']);
    expect(state.steps['p1']?.attempts[1]).toMatchObject({ by: ANN, durationMs: 1500 });
  });

  test('a step waits while an approval is pending and runs on when it is approved', () => {
    expect(stateOf(started('s1'), requested('s1')).steps['s1']?.status).toBe('waiting');
    const state = stateOf(started('s1'), requested('s1'), decided('s1'));
    expect(state.steps['s1']?.status).toBe('running');
    expect(state.approvals['s1:1:QA sign-off']).toMatchObject({
      status: 'approved',
      decisions: [{ by: BOB }]
    });
  });

  test('two open holds of one step both have to be settled', () => {
    const two = [started('s1'), requested('s1', 1, 'A'), requested('s1', 1, 'B')];
    expect(stateOf(...two, decided('s1', 'approved', 1, 'A')).steps['s1']?.status).toBe('waiting');
    expect(
      stateOf(...two, decided('s1', 'approved', 1, 'A'), decided('s1', 'approved', 1, 'B')).steps['s1']
        ?.status
    ).toBe('running');
  });

  test('a decision on an approval that is not pending changes nothing', () => {
    const state = stateOf(
      started('s1'),
      requested('s1'),
      decided('s1', 'rejected'),
      decided('s1', 'approved')
    );
    expect(state.approvals['s1:1:QA sign-off']?.status).toBe('rejected');
    expect(state.approvals['s1:1:QA sign-off']?.decisions).toHaveLength(1);
  });

  test.each([KERNEL, { kind: 'executor-replaced', reason: 'killed' } as const])(
    '$kind makes what ran inconclusive and withdraws what waited',
    body => {
      const state = stateOf(started('p1'), ended('p1'), started('s1'), requested('s1'), body);
      expect(state.steps['s1']?.status).toBe('inconclusive');
      expect(state.steps['s1']?.attempts[0]?.outcome).toBe('inconclusive');
      expect(state.approvals['s1:1:QA sign-off']?.status).toBe('withdrawn');
      expect(state.steps['p1']?.status).toBe('passed');
    }
  );

  test('an effect is open until its end', () => {
    const start: RecordBody = {
      kind: 'effect-started',
      effect: 'e1',
      step: 'p1',
      attempt: 1,
      helper: 'shell',
      label: 'true',
      request: null
    };
    expect(Object.keys(stateOf(started('p1'), start).openEffects)).toEqual(['e1']);
    const end: RecordBody = {
      kind: 'effect-ended',
      effect: 'e1',
      outcome: 'passed',
      durationMs: 3,
      result: null
    };
    expect(stateOf(started('p1'), start, end).openEffects).toEqual({});
  });

  test('ticks carry who and when, and can be taken back', () => {
    const ask: RecordBody = {
      kind: 'checklist-requested',
      checklist: 'c',
      name: 'Closing',
      step: 'd1',
      attempt: 1,
      phase: 'Deploy',
      items: [{ text: 'Dashboards', required: true }]
    };
    const tick: RecordBody = { kind: 'checklist-ticked', checklist: 'c', item: 0, ticked: true, by: BOB };
    expect(stateOf(started('d1'), ask, tick).checklists['c']?.items[0]?.ticked?.by).toEqual(BOB);
    expect(
      stateOf(started('d1'), ask, tick, { ...tick, ticked: false }).checklists['c']?.items[0]?.ticked
    ).toBeNull();
    expect(
      stateOf(started('d1'), ask, tick, { kind: 'checklist-closed', checklist: 'c', status: 'done' }).steps[
        'd1'
      ]?.status
    ).toBe('running');
  });

  test('checkpoints, rollbacks and notes are kept in order', () => {
    const state = stateOf(
      { kind: 'checkpoint', name: 'schema', step: 'p1' },
      { kind: 'rollback-registered', rollback: 'r1', name: 'Schema down', step: 'p1' },
      { kind: 'rollback-started', rollback: 'r1', step: 'd1' },
      { kind: 'rollback-ended', rollback: 'r1', outcome: 'passed' },
      { kind: 'note', text: 'DB was slow', step: null, by: ANN }
    );
    expect(state.checkpoints.map(checkpoint => checkpoint.name)).toEqual(['schema']);
    expect(state.rollbacks).toEqual([
      { id: 'r1', name: 'Schema down', step: 'p1', status: 'passed', seq: 5, attempt: null, ranIn: 'd1' }
    ]);
    expect(state.notes[0]?.text).toBe('DB was slow');
  });

  test('a rollback that is registered again takes the place of the earlier one unless that was undone', () => {
    const register = (rollback: string): RecordBody => ({
      kind: 'rollback-registered',
      rollback,
      name: 'Schema down',
      step: 'p1'
    });
    const end = (outcome: 'passed' | 'failed'): RecordBody => ({
      kind: 'rollback-ended',
      rollback: 'r1',
      outcome
    });
    const ids = (...bodies: RecordBody[]): string[] =>
      stateOf(register('r1'), ...bodies, register('r2')).rollbacks.map(rollback => rollback.id);
    expect(ids()).toEqual(['r2']);
    expect(ids(end('failed'))).toEqual(['r2']);
    expect(ids(end('passed'))).toEqual(['r1', 'r2']);
  });

  test('records about unknown steps, approvals, effects and unknown kinds only move the position', () => {
    const odd = { kind: 'from-the-future' } as unknown as RecordBody;
    const end: RecordBody = {
      kind: 'effect-ended',
      effect: 'no',
      outcome: 'passed',
      durationMs: 1,
      result: null
    };
    const state = stateOf(ended('nobody'), decided('nobody'), end, odd);
    expect(state).toEqual({ ...stateOf(), seq: 7, lastAt: state.lastAt, latestAt: state.lastAt });
  });
});

describe('applyRecord', () => {
  test('record by record gives the same state as foldJournal, and a record that came before is not applied twice', () => {
    const records = stamp([
      OPENED,
      KERNEL,
      started('p1'),
      ended('p1'),
      started('s1'),
      requested('s1'),
      decided('s1'),
      ended('s1')
    ]);
    const state = emptyRunState();
    for (const record of records) {
      applyRecord(state, record);
      applyRecord(state, record);
    }
    expect(state).toEqual(foldJournal(records));
  });

  test('the latest time stays when the clock goes back, also of a state that was kept without it, until a person accepts the clock', () => {
    const [late, early, accepted] = stamp([
      OPENED,
      KERNEL,
      { kind: 'clock-accepted', by: ANN, reason: 'it was ahead', latest: '' }
    ]).map((record, index) => ({ ...record, at: `2026-11-22T0${[9, 7, 8][index]}:00:00.000Z` }));
    const state = foldJournal([late!, early!]);
    expect(state).toMatchObject({ lastAt: early!.at, latestAt: late!.at });
    const { latestAt, ...kept } = foldJournal([late!]);
    expect(latestAt).toBe(late!.at);
    applyRecord(kept, early!);
    expect(kept).toMatchObject({ latestAt: late!.at });
    applyRecord(state, accepted!);
    expect(state.latestAt).toBe(accepted!.at);
  });
});
