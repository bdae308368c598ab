import { describe, expect, test } from '@jest/globals';
import { lookOfTask, missingTasks } from '../../contract/holds/task-list.js';
import type { RecordBody } from '../../contract/journal/journal.js';
import { lockOf } from '../../contract/state/hold-locks.js';
import { foldJournal } from '../../contract/reduce/reduce.js';
import { ANN, BOB, decided, KERNEL, OPENED, OUTLINE, requested, stamp, started } from './sample-journal.js';

const stateOf = (...bodies: RecordBody[]) =>
  foldJournal(stamp([OPENED, KERNEL, { kind: 'outline', outline: OUTLINE }, ...bodies]));
const ID = 's1:1:QA sign-off';

const assigned: RecordBody = {
  kind: 'tasks-assigned',
  board: 'b1',
  name: 'Smoke tests',
  step: 'p1',
  attempt: 1,
  phase: 'Prepare',
  tasks: [
    {
      id: 't1',
      title: 'Order tea',
      owner: { name: 'ann', members: ['ann'] },
      deputy: { name: 'bob', members: ['bob'] },
      dueAt: '2026-11-22T09:00:00.000Z',
      answerBy: '2026-11-22T08:30:00.000Z',
      critical: true,
      hasCheck: true
    },
    {
      id: 't2',
      title: 'Look at the mails',
      owner: { name: 'bob', members: ['bob'] },
      deputy: null,
      dueAt: null,
      answerBy: null,
      critical: false,
      hasCheck: false
    }
  ]
};

describe('an approval', () => {
  test('that is revoked locks what follows again, and says who took it back and why', () => {
    const revoked: RecordBody = {
      kind: 'approval-closed',
      approval: ID,
      status: 'revoked',
      reason: 'Wrong build',
      by: BOB
    };
    const before = stateOf(started('s1'), requested('s1'), decided('s1'));
    expect(lockOf(before, OUTLINE, 'd1')).toBeUndefined();
    const after = stateOf(started('s1'), requested('s1'), decided('s1'), revoked);
    expect(lockOf(after, OUTLINE, 'd1')?.hold).toBe('QA sign-off');
    expect(after.approvals[ID]).toMatchObject({
      status: 'revoked',
      closure: { reason: 'Wrong build', by: BOB }
    });
  });

  test('that was released against the policy marks the whole run', () => {
    const broken: RecordBody = { kind: 'glass-broken', approval: ID, by: ANN, reason: 'Payments are down' };
    const state = stateOf(started('s1'), requested('s1'), broken);
    expect(state.glassBroken).toEqual([ID]);
    expect(state.approvals[ID]).toMatchObject({
      status: 'approved',
      breakGlass: { by: ANN, reason: 'Payments are down' }
    });
  });

  test('counts its reminders and says when the deputies were asked', () => {
    const state = stateOf(
      started('s1'),
      requested('s1'),
      { kind: 'approval-reminded', approval: ID, awaited: ['qa-lead'] },
      { kind: 'approval-reminded', approval: ID, awaited: ['qa-lead'] },
      { kind: 'approval-escalated', approval: ID, to: ['cleo'] }
    );
    expect(state.approvals[ID]).toMatchObject({ reminders: 2, status: 'pending' });
    expect(state.approvals[ID]?.escalatedAt).toBeDefined();
  });
});

describe('a task list', () => {
  test('goes from open over claimed to done, by its check', () => {
    const moved: RecordBody = {
      kind: 'task-moved',
      board: 'b1',
      task: 't1',
      status: 'claimed',
      by: ANN,
      comment: ''
    };
    const failed: RecordBody = {
      kind: 'task-checked',
      board: 'b1',
      task: 't1',
      passed: false,
      fault: 'No order'
    };
    const task = (...bodies: RecordBody[]) => stateOf(assigned, ...bodies).taskLists['b1']!.tasks[0]!;
    expect(task(moved).status).toBe('claimed');
    expect(task(moved, failed)).toMatchObject({ status: 'accepted', checkFault: 'No order' });
    expect(task(moved, { ...failed, passed: true }).status).toBe('done');
    expect(task({ ...failed, passed: true }).status).toBe('open');
  });

  test('says which tasks are late and which owners are silent', () => {
    const [task] = stateOf(assigned).taskLists['b1']!.tasks;
    expect(lookOfTask(task!, '2026-11-22T08:10:00.000Z')).toBe('open');
    expect(lookOfTask(task!, '2026-11-22T08:30:00.000Z')).toBe('silent');
    expect(lookOfTask(task!, '2026-11-22T09:00:00.000Z')).toBe('late');
  });

  test('knows what is missing for all, for the critical ones and for a number', () => {
    const done: RecordBody = {
      kind: 'task-moved',
      board: 'b1',
      task: 't1',
      status: 'done',
      by: ANN,
      comment: ''
    };
    const taskList = stateOf(assigned, done).taskLists['b1']!;
    expect(missingTasks(taskList, 'critical')).toEqual([]);
    expect(missingTasks(taskList, 1)).toEqual([]);
    expect(missingTasks(taskList, 2)).toHaveLength(1);
    expect(missingTasks(taskList, 'all')).toHaveLength(1);
  });

  test('holds its step while a cell gathers, and stays with its people when the process ends', () => {
    const gathering: RecordBody = { kind: 'gather-started', board: 'b1', step: 'p1', rule: 'all' };
    const waiting = stateOf(started('p1'), assigned, gathering);
    expect(waiting.steps['p1']?.status).toBe('waiting');
    const ended = stateOf(started('p1'), assigned, gathering, {
      kind: 'gather-ended',
      board: 'b1',
      step: 'p1',
      status: 'gathered'
    });
    expect(ended.steps['p1']?.status).toBe('running');
    const restarted = stateOf(started('p1'), assigned, gathering, KERNEL);
    expect(restarted.taskLists['b1']).toMatchObject({ gathering: null, status: 'open' });
    expect(restarted.taskLists['b1']?.tasks[0]?.status).toBe('open');
  });
});

describe('the driver', () => {
  test('changes by records alone, and an answered request for the wheel is gone', () => {
    const first: RecordBody = { kind: 'driver-changed', by: ANN, client: 'page-1', how: 'first', reason: '' };
    const asks: RecordBody = { kind: 'wheel-asked', wheel: 'w1', by: BOB, client: 'page-2' };
    expect(stateOf(first, asks)).toMatchObject({ driver: { person: ANN }, wheel: { id: 'w1', by: BOB } });
    const refused: RecordBody = { kind: 'wheel-refused', wheel: 'w1', by: ANN, reason: 'In a minute' };
    expect(stateOf(first, asks, refused).wheel).toBeNull();
    const given: RecordBody = {
      kind: 'driver-changed',
      by: BOB,
      client: 'page-2',
      how: 'handed-over',
      reason: '',
      agreedBy: ANN
    };
    expect(stateOf(first, asks, given)).toMatchObject({
      driver: { person: BOB, how: 'handed-over' },
      wheel: null
    });
  });
});
