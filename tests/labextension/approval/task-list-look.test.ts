// A list of people's tasks as they see it.
import { describe, expect, test } from '@jest/globals';
import type { RecordBody } from '../../../contract/journal/journal.js';
import type { Person } from '../../../contract/base/person.js';
import { taskListLook } from '../../../labextension/approval/task-list-look.js';
import { ENGLISH } from '../english.js';
import { ANN, opened, started, stateOf, timeOf } from '../journal-of.js';

const CAT: Person = { username: 'cat', name: 'Cat Poe', grade: 'claimed' };
const DAN: Person = { username: 'dan', name: 'Dan', grade: 'claimed' };
const ASSIGNED: RecordBody = {
  kind: 'tasks-assigned',
  board: 'b1',
  name: 'Smoke tests',
  step: 'a',
  attempt: 1,
  phase: 'Preparation',
  tasks: [
    {
      id: 't1',
      title: 'Orders',
      owner: { name: 'ann', members: ['ann'] },
      deputy: { name: 'cat', members: ['cat'] },
      dueAt: timeOf(50),
      answerBy: timeOf(30),
      critical: true,
      hasCheck: true
    },
    {
      id: 't2',
      title: 'Payments',
      owner: { name: 'cat', members: ['cat'] },
      deputy: null,
      dueAt: null,
      answerBy: null,
      critical: false,
      hasCheck: false
    }
  ]
};
const moved = (task: string, status: 'accepted' | 'claimed' | 'done', by = ANN): RecordBody => ({
  kind: 'task-moved',
  board: 'b1',
  task,
  status,
  by,
  comment: 'on it'
});
const look = (seconds: number, you: Person | null, ...more: RecordBody[]) =>
  taskListLook(
    stateOf(opened(), started('a'), ASSIGNED, ...more).taskLists['b1']!,
    'live',
    you,
    timeOf(seconds),
    ENGLISH
  );

test('whoever drives sees the buttons of every task, as the kernel allows it', () => {
  const taskList = stateOf(opened(), started('a'), ASSIGNED).taskLists['b1']!;
  const actionsFor = (driver: string | null): (readonly string[])[] =>
    taskListLook(taskList, 'live', DAN, timeOf(10), ENGLISH, driver).tasks.map(({ actions }) => actions);
  expect(actionsFor(null)).toEqual([[], []]);
  expect(actionsFor('dan')).toEqual([
    ['accept', 'done'],
    ['accept', 'done']
  ]);
});

describe('a task', () => {
  test('is silent when nothing was heard in time, and late after its due time', () => {
    expect(look(10, ANN).tasks[0]).toMatchObject({ word: 'open', actions: ['accept', 'done'] });
    expect(look(31, ANN).tasks[0]?.word).toBe('no answer in time');
    expect(look(51, ANN).tasks[0]?.word).toBe('late');
  });

  test('shows what was heard, from whom and when', () => {
    const [task] = look(10, ANN, moved('t1', 'accepted')).tasks;
    expect(task).toMatchObject({ word: 'taken on', actions: ['done'] });
    expect(task?.heard).toBe('Ann Lee (claimed) · 2026-11-22 08:00:04 UTC · on it');
  });

  test('that is only said to be done waits for its check', () => {
    expect(look(10, ANN, moved('t1', 'claimed')).tasks[0]?.heard).toContain('Its check has not passed yet.');
  });

  test('goes to the deputy by rule, and says so', () => {
    const handed: RecordBody = { kind: 'task-handed-over', board: 'b1', task: 't1', reason: 'silent' };
    expect(look(40, CAT, handed).tasks[0]?.holder).toBe('cat for ann since 2026-11-22 08:00:04 UTC');
  });

  test('has buttons for whoever is named alone', () => {
    expect(look(10, { ...ANN, username: 'eve' }).tasks.map(task => task.actions)).toEqual([[], []]);
    expect(look(10, CAT).tasks.map(task => task.actions.length)).toEqual([2, 2]);
  });
});

describe('the task list', () => {
  test('says how many tasks a cell waits for', () => {
    const gather: RecordBody = { kind: 'gather-started', board: 'b1', step: 'a', rule: 'critical' };
    expect(look(10, ANN, gather)).toMatchObject({
      glyph: 'waiting',
      word: 'Waiting for 1 task',
      progress: '0 of 2 done'
    });
  });

  test('is over when enough was done', () => {
    const end: RecordBody = { kind: 'gather-ended', board: 'b1', step: 'a', status: 'gathered' };
    const gather: RecordBody = { kind: 'gather-started', board: 'b1', step: 'a', rule: 'critical' };
    expect(look(10, ANN, gather, moved('t1', 'done'), end)).toMatchObject({
      glyph: 'passed',
      word: 'Gathered'
    });
  });
});
