// Which holds wait, and for whom: the one meaning that the gate, the panel, the notices and the status share.
import { describe, expect, test } from '@jest/globals';
import { OPEN_RULES } from '../../../contract/holds/approval-rules.js';
import { holdOf, isPending, pendingHolds, tasksOf, waitsForViewer } from '../../../contract/holds/pending.js';
import type { RecordBody } from '../../../contract/journal/journal.js';
import { summarizePhases } from '../../../contract/state/phase-status.js';
import {
  ANN,
  asked,
  decided,
  ended,
  listed,
  opened,
  started,
  stateOf
} from '../../labextension/journal-of.js';

const BOB = { username: 'bob', name: 'Bob Ray', grade: 'claimed' as const };
const task = (id: string, owner: string, hasCheck = false) => ({
  id,
  title: `Task of ${owner}`,
  owner: { name: owner, members: [owner] },
  deputy: { name: 'ann', members: ['ann'] },
  dueAt: null,
  answerBy: null,
  critical: true,
  hasCheck
});
const ASSIGNED: RecordBody = {
  kind: 'tasks-assigned',
  board: 'tasks-1',
  name: 'Smoke tests',
  step: 'a',
  attempt: 1,
  phase: 'Preparation',
  tasks: [task('t1', 'ann', true), task('t2', 'bob')]
};
const GATHER: RecordBody = { kind: 'gather-started', board: 'tasks-1', step: 'b', rule: 'all' };
const moved = (id: string, status: 'claimed' | 'done'): RecordBody => ({
  kind: 'task-moved',
  board: 'tasks-1',
  task: id,
  status,
  by: ANN,
  comment: ''
});

/** What waits after `bodies`, by name. */
const pendingAfter = (...bodies: RecordBody[]): string[] =>
  pendingHolds(stateOf(opened(), started('a'), started('b'), started('c'), started('d'), ...bodies)).map(
    ({ name }) => name
  );

test('an approval and a checklist wait from the request on, a task list while a cell gathers it', () => {
  expect(pendingAfter(asked(), listed(), ASSIGNED)).toEqual(['QA sign-off', 'Before we leave']);
  expect(pendingAfter(ASSIGNED, GATHER)).toEqual(['Smoke tests']);
  expect(pendingAfter(asked(), decided())).toEqual([]);
  expect(isPending(holdOf(stateOf(opened()), 'no'))).toBe(false);
});

test('an approval waits until enough have decided', () => {
  const body = asked() as Extract<RecordBody, { kind: 'approval-requested' }>;
  const two = { ...body, request: { ...body.request, rules: { ...OPEN_RULES, required: 2 } } };
  expect(pendingAfter(two, decided())).toEqual(['QA sign-off']);
});

test('a task list waits no longer when the step that gathered it has ended: its check may have been interrupted', () => {
  expect(pendingAfter(ASSIGNED, GATHER, moved('t1', 'claimed'), ended('b', 'inconclusive'))).toEqual([]);
  expect(pendingAfter(ASSIGNED, GATHER, ended('a'))).toEqual(['Smoke tests']);
});

test('what waits stands once, in the phase of the step that made it', () => {
  const state = stateOf(opened(), started('a'), ASSIGNED, started('b'), GATHER, started('c'), asked());
  const outline = {
    title: '',
    phases: ['a', 'b', 'c'].map(id => ({ id, title: id, steps: [{ id, title: id, holds: [] }] }))
  };
  expect(summarizePhases(state, outline).map(({ waiting }) => waiting.map(({ name }) => name))).toEqual([
    ['Smoke tests'],
    [],
    ['QA sign-off']
  ]);
});

describe('a task list that is gathered waits', () => {
  const listAfter = (...bodies: RecordBody[]) =>
    stateOf(opened(), started('a'), started('b'), ASSIGNED, GATHER, ...bodies).taskLists['tasks-1']!;
  const waitsFor = (person: typeof BOB | null, ...bodies: RecordBody[]): boolean =>
    waitsForViewer(listAfter(...bodies), { you: person, driver: null });

  test('for the people who have something to do, and for whoever is not known', () => {
    expect(tasksOf(listAfter(), BOB).map(({ id }) => id)).toEqual(['t2']);
    expect(waitsFor(BOB)).toBe(true);
    expect(waitsFor(BOB, moved('t2', 'done'))).toBe(false);
    expect(waitsFor(null, moved('t2', 'done'))).toBe(true);
    expect(waitsFor({ ...BOB, username: 'cat' })).toBe(false);
  });

  test('for the check, not for the person, once they said that it is done', () => {
    expect(waitsFor({ ...BOB, username: 'ann' }, moved('t1', 'claimed'))).toBe(false);
  });

  test('for the deputy once the task was handed over', () => {
    const handed: RecordBody = { kind: 'task-handed-over', board: 'tasks-1', task: 't2', reason: 'silent' };
    expect(tasksOf(listAfter(handed), BOB)).toEqual([]);
    expect(tasksOf(listAfter(handed), { ...BOB, username: 'ann' }).map(({ id }) => id)).toEqual(['t1', 't2']);
  });
});
