import { describe, expect, test } from '@jest/globals';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { lockOf } from '../../../contract/state/hold-locks.js';
import { summarizePhases } from '../../../contract/state/phase-status.js';
import { undoStepOf, type Outline } from '../../../contract/notebook/outline.js';
import { foldJournal } from '../../../contract/reduce/reduce.js';
import {
  ANN,
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
const statuses = (...bodies: RecordBody[]) => summarizePhases(stateOf(...bodies)).map(phase => phase.status);

describe('summarizePhases', () => {
  test('phases behind a hold point that nobody asked for yet are locked from the start', () => {
    expect(statuses()).toEqual(['not-started', 'not-started', 'locked']);
  });

  test('while the hold point waits, its phase waits and the later ones are locked', () => {
    const bodies = [started('p1'), ended('p1'), started('s1'), requested('s1')];
    expect(statuses(...bodies)).toEqual(['passed', 'waiting', 'locked']);
    const [, signOff, deploy] = summarizePhases(stateOf(...bodies));
    expect(signOff?.waiting.map(hold => hold.name)).toEqual(['QA sign-off']);
    expect(signOff?.steps.map(step => step.status)).toEqual(['waiting', 'locked']);
    expect(deploy?.lock).toMatchObject({
      hold: 'QA sign-off',
      phase: 'QA sign-off',
      approval: { status: 'pending' }
    });
  });

  test('an approval unlocks what follows', () => {
    expect(statuses(started('s1'), requested('s1'), decided('s1'), ended('s1'))).toEqual([
      'not-started',
      'begun',
      'not-started'
    ]);
  });

  test('a rejection is its own state and keeps the lock', () => {
    expect(
      statuses(started('s1'), requested('s1'), decided('s1', 'rejected'), ended('s1', 1, 'rejected'))
    ).toEqual(['not-started', 'rejected', 'locked']);
  });

  test('asking again in a second attempt locks again until that one is approved', () => {
    const first = [started('s1'), requested('s1'), decided('s1'), ended('s1')];
    expect(statuses(...first, started('s1', 2), requested('s1', 2)).at(-1)).toBe('locked');
    expect(
      statuses(...first, started('s1', 2), requested('s1', 2), decided('s1', 'approved', 2)).at(-1)
    ).toBe('not-started');
  });

  test('an approval that was taken back makes its step stale, and locks what has not run', () => {
    const revoked: RecordBody = {
      kind: 'approval-closed',
      approval: 's1:1:QA sign-off',
      status: 'revoked',
      reason: 'The evidence was of yesterday.'
    };
    const [, signOff, deploy] = summarizePhases(
      stateOf(started('s1'), requested('s1'), decided('s1'), ended('s1'), started('s2'), ended('s2'), revoked)
    );
    expect(signOff?.steps.map(step => step.status)).toEqual(['stale', 'passed']);
    expect(signOff).toMatchObject({ status: 'stale', passedSteps: 1 });
    expect(deploy?.status).toBe('locked');
  });

  test('a step that a rollback has undone already is stale, although the rollback has not come to its end', () => {
    const registered: RecordBody = { kind: 'rollback-registered', rollback: 'r1', name: 'back', step: 'p1' };
    const passed = [started('p1'), registered, ended('p1')];
    const undoneIn = (step: string): RecordBody[] => [
      { kind: 'rollback-started', rollback: 'r1', step },
      { kind: 'rollback-ended', rollback: 'r1', outcome: 'passed' }
    ];
    const undone = undoneIn(undoStepOf('r1'));
    expect(statuses(...passed, ...undoneIn('s1'))[0]).toBe('passed');
    expect(statuses(...passed)[0]).toBe('passed');
    expect(statuses(...passed, ...undone)[0]).toBe('stale');
    expect(statuses(...passed, ...undone, started('p1', 2), ended('p1', 2))[0]).toBe('passed');
  });

  test('a failed step makes its phase failed, and passing it again makes it passed', () => {
    expect(statuses(started('p1'), ended('p1', 1, 'failed'))[0]).toBe('failed');
    expect(statuses(started('p1'), ended('p1', 1, 'failed'), started('p1', 2), ended('p1', 2))[0]).toBe(
      'passed'
    );
  });

  test('an optional step that has not begun holds its phase up in nothing; one that has begun counts', () => {
    const optional: Outline = {
      ...OUTLINE,
      phases: OUTLINE.phases.map(phase => ({
        ...phase,
        steps: phase.steps.map(step => (step.id === 'p1' ? step : { ...step, isOptional: true as const }))
      }))
    };
    const look = (...bodies: RecordBody[]) =>
      summarizePhases(stateOf(...bodies), optional).map(({ status, isUnneeded }) => [status, isUnneeded]);
    expect(look(started('p1'), ended('p1'))).toEqual([
      ['passed', false],
      ['not-started', true],
      ['locked', true]
    ]);
    expect(look(started('s2'), ended('s2'))[1]).toEqual(['passed', false]);
    expect(look(started('s2'), ended('s2', 1, 'failed'))[1]).toEqual(['failed', false]);
    expect(look(started('s2'))[1]).toEqual(['running', false]);
  });

  test('elapsed time counts every attempt, progress the last ones', () => {
    const [prepare] = summarizePhases(
      stateOf(started('p1'), ended('p1', 1, 'failed'), started('p1', 2), ended('p1', 2))
    );
    expect(prepare).toMatchObject({ elapsedMs: 3000, passedSteps: 1 });
  });

  test('what was left out is not counted as passed, and a phase of nothing else is skipped', () => {
    const skipped = (step: string): RecordBody => ({
      kind: 'step-skipped',
      step,
      by: ANN,
      reason: 'by hand'
    });
    const approved = [started('s1'), requested('s1'), decided('s1'), ended('s1')];
    const [prepare, signOff] = summarizePhases(stateOf(skipped('p1'), ...approved, skipped('s2')));
    expect(prepare).toMatchObject({ status: 'skipped', passedSteps: 0, skippedSteps: 1 });
    expect(signOff).toMatchObject({ status: 'passed', passedSteps: 1, skippedSteps: 1 });
  });
});

describe('lockOf', () => {
  test('a step before, or at, the hold point is free; a step behind it is locked; an unknown step is free', () => {
    const state = stateOf();
    expect(lockOf(state, OUTLINE, 'p1')).toBeUndefined();
    expect(lockOf(state, OUTLINE, 's1')).toBeUndefined();
    expect(lockOf(state, OUTLINE, 's2')?.hold).toBe('QA sign-off');
    expect(lockOf(state, OUTLINE, 'd1')?.hold).toBe('QA sign-off');
    expect(lockOf(state, OUTLINE, 'nobody')).toBeUndefined();
  });

  describe('a hold point whose name is computed', () => {
    const outline = {
      title: '',
      phases: [
        {
          id: 'a',
          title: 'A',
          steps: [
            { id: 's1', title: '', holds: ['hold point'] },
            { id: 'd1', title: '', holds: [] }
          ]
        }
      ]
    };
    const holdOf = (...bodies: RecordBody[]): string | undefined =>
      lockOf(stateOf(...bodies), outline, 'd1')?.hold;
    const asked = (attempt: number, name: string): RecordBody[] => [
      requested('s1', attempt, name),
      decided('s1', 'approved', attempt, name)
    ];
    const revoked = (attempt: number, name: string): RecordBody => ({
      kind: 'approval-closed',
      approval: `s1:${attempt}:${name}`,
      status: 'revoked',
      reason: 'The errors rise.'
    });

    test('is released when its cell has passed', () => {
      expect(holdOf()).toBe('hold point');
      expect(holdOf(started('s1'), ...asked(1, 'Go A'), ended('s1'))).toBeUndefined();
    });

    test('holds while its cell may ask for more names, also when it died in between', () => {
      expect(holdOf(started('s1'), ...asked(1, 'Go A'))).toBe('hold point');
      expect(holdOf(started('s1'), ...asked(1, 'Go A'), ended('s1', 1, 'failed'))).toBe('hold point');
      expect(holdOf(started('s1'), ...asked(1, 'Go A'), requested('s1', 1, 'Go B'))).toBe('Go B');
    });

    test('is released by approvals that a later attempt took over, and holds again when one of them falls', () => {
      const taken = [
        started('s1'),
        ...asked(1, 'Go A'),
        ended('s1', 1, 'failed'),
        started('s1', 2),
        ended('s1', 2)
      ];
      expect(holdOf(...taken)).toBeUndefined();
      expect(holdOf(...taken, revoked(1, 'Go A'))).toBe('Go A');
    });

    test('is not held by a name that fell before its cell was run again', () => {
      expect(
        holdOf(
          started('s1'),
          ...asked(1, 'Go 2.4.0'),
          ended('s1'),
          revoked(1, 'Go 2.4.0'),
          started('s1', 2),
          ...asked(2, 'Go 2.4.1'),
          ended('s1', 2)
        )
      ).toBeUndefined();
    });
  });
});
