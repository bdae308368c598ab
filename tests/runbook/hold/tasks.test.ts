import { expect, test } from '@jest/globals';
import { assign, gather } from '../../../runbook/index.js';
import type { GatherAnswer } from '../../../runbook/ports.js';
import { installFakePorts } from '../fake-ports.js';

test('assign hands on everything filled in, and gives half of the due time to answer', async () => {
  const ports = installFakePorts();
  const taskList = await assign('Smoke', [{ task: 'Order tea', owner: 'ann', deputy: 'bob', due: '30m' }]);
  expect(taskList).toEqual({ id: 'task-list-1', name: 'Smoke', tasks: ['Order tea'] });
  expect(ports.asked).toEqual([
    {
      name: 'Smoke',
      tasks: [
        {
          title: 'Order tea',
          owner: 'ann',
          deputy: 'bob',
          dueMs: 1_800_000,
          answerMs: 900_000,
          critical: true,
          hasCheck: false
        }
      ]
    }
  ]);
});

test('gather runs the check of a task that was said to be done, and tells what it has seen', async () => {
  const answers: GatherAnswer[] = [
    { kind: 'check', task: 'task-1' },
    { kind: 'check', task: 'task-1' },
    { kind: 'check', task: 'task-1' },
    { kind: 'gathered', tasks: [] }
  ];
  const ports = installFakePorts({ people: { gather: async () => answers.shift()! } });
  const seen = [
    () => false,
    () => {
      throw new Error('No order today');
    },
    () => 'fine'
  ];
  const taskList = await assign('Smoke', [{ task: 'Order tea', owner: 'ann', check: () => seen.shift()!() }]);
  await gather(taskList);
  expect(ports.asked.filter(asked => 'passed' in (asked as object))).toEqual([
    { taskList: 'task-list-1', task: 'task-1', passed: false, fault: 'The check gave false.' },
    { taskList: 'task-list-1', task: 'task-1', passed: false, fault: 'No order today' },
    { taskList: 'task-list-1', task: 'task-1', passed: true, fault: '' }
  ]);
});

test('every fault of a call is named, and nothing is assigned', async () => {
  const ports = installFakePorts();
  const wrong = [
    { task: '', owner: 7 },
    { task: 'x', owner: 'ann', due: 'soon' }
  ] as never;
  await expect(assign('', wrong)).rejects.toThrow(
    /The name[\s\S]*Task 1: 'task'[\s\S]*Task 1: 'owner'[\s\S]*Task 2: 'due'/
  );
  await expect(assign('Smoke', [])).rejects.toThrow(/at least one/);
  await expect(gather('tasks' as never)).rejects.toThrow(/expected what assign\(\) gave/);
  const taskList = await assign('Smoke', [{ task: 'x', owner: 'ann' }]);
  await expect(gather(taskList, { wait: 2 })).rejects.toThrow(/has 1/);
  expect(ports.asked).toHaveLength(1);
});
