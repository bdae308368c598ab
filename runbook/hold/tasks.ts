// `assign` and `gather`: tasks of people outside of the notebook, each with an owner, a deputy and a due time.
import type { GatherRule, TaskState } from '../../contract/holds/task-list.js';
import { toErrorRecord } from '../../contract/base/error.js';
import { alreadyShown } from '../already-shown.js';
import { ports } from '../context.js';
import { parseDuration, type Duration } from '../duration.js';
import { UsageError } from '../errors/usage-error.js';
import { faultsOfOptions, faultsOfValue, refuseFaults } from '../usage/check-options.js';
import { describeValue } from '../usage/describe-value.js';
import { callback, flag, longDuration, required, rule, text } from '../usage/rules.js';

/** One task as an author writes it. */
export interface TaskOptions {
  /** What is to be done. */
  readonly task: string;
  /** Username or group of launchbook.yml; `*` is anybody. */
  readonly owner: string;
  /** Who takes over when the owner does not answer. @default nobody */
  readonly deputy?: string;
  /** By when it must be done. @default no due time */
  readonly due?: Duration;
  /** By when the owner must have answered; after that the task goes to the deputy. @default half of `due` */
  readonly answer?: Duration;
  /** `gather` with `wait: 'critical'` waits for these alone. @default true */
  readonly critical?: boolean;
  /** Proves that it is done: called when somebody says so while a cell gathers, with the values that the names of the notebook had when it was assigned. When it throws or gives `false`, the task is open again. @default none: it is done when somebody says so */
  readonly check?: () => unknown;
}

/** Tasks that were assigned. Hand it to {@link gather}. */
export interface AssignedTaskList {
  /** Unique in the run. */
  readonly id: string;
  /** The name that `assign` was given. */
  readonly name: string;
  /** Titles in order. */
  readonly tasks: readonly string[];
}

/** How long `gather` waits, and for what. */
export interface GatherOptions {
  /** All tasks, the critical ones, or this many of any kind. @default 'all' */
  readonly wait?: GatherRule;
  /** After which it fails; the tasks stay assigned. @default it waits for ever */
  readonly timeout?: Duration;
}

/**
 * Gives people their tasks and goes on at once. They are posted to Slack when launchbook.yml names it, and shown as a list.
 * A task whose owner does not answer goes to its deputy.
 *
 * Recorded: on resume, and when the step is run again, the same tasks are not assigned again.
 * @param name - Of the task list, for reading; not empty.
 * @param tasks - At least one, each with an owner.
 * @throws {@link UsageError} listing every fault. Nothing is assigned.
 * @example
 * const tasks = await assign('Smoke tests', [{ task: 'Order a tea', owner: 'ann', deputy: 'bob', due: '30m' }])
 * // { id: '…', name: 'Smoke tests', tasks: ['Order a tea'] }
 */
export async function assign(name: string, tasks: readonly TaskOptions[]): Promise<AssignedTaskList> {
  refuseFaults('assign', [...faultsOfValue('The name', name, required(text)), ...faultsOfTasks(tasks)]);
  const kept = tasks.map(({ check }) => (check === undefined ? undefined : ports().keep(check).run));
  const id = await ports().people.assign({
    name,
    tasks: tasks.map(task => {
      const dueMs = task.due === undefined ? null : parseDuration(task.due, 'due');
      const answerMs = task.answer === undefined ? null : parseDuration(task.answer, 'answer');
      return {
        title: task.task,
        owner: task.owner,
        deputy: task.deputy ?? null,
        dueMs,
        answerMs: answerMs ?? (dueMs === null ? null : Math.round(dueMs / 2)),
        critical: task.critical ?? true,
        hasCheck: task.check !== undefined
      };
    })
  });
  checks.set(id, kept);
  return alreadyShown({ id, name, tasks: tasks.map(({ task }) => task) });
}

/**
 * Waits until the tasks of a task list are done: all, the critical ones, or a number. A task without an answer never counts as done.
 *
 * Recorded: on resume a task that was done is done.
 * @param taskList - What {@link assign} gave.
 * @param options - Which tasks, and how long. Without them it waits for all, for ever.
 * @returns every task with its status, who did it and when.
 * @throws code `gather.expired` when the time is over, naming what is missing.
 * @throws {@link UsageError} listing every fault of the call.
 * @example
 * await gather(tasks, { wait: 'critical', timeout: '1h' })
 * // [{ id: 'task-1', title: 'Order a tea', status: 'done', heard: { by: { username: 'ann', … }, at: '…', comment: '' }, … }]
 */
export async function gather(
  taskList: AssignedTaskList,
  options: GatherOptions = {}
): Promise<readonly TaskState[]> {
  refuseFaults('gather', [
    ...(isTaskList(taskList)
      ? []
      : [`The task list is ${describeValue(taskList)}, expected what assign() gave.`]),
    ...faultsOfOptions(options, { wait: gatherRule, timeout: longDuration })
  ]);
  const { people, now } = ports();
  const most = taskList.tasks.length;
  if (typeof options.wait === 'number' && options.wait > most) {
    throw new UsageError(`gather cannot wait for ${options.wait} tasks: “${taskList.name}” has ${most}.`);
  }
  const untilMs = options.timeout === undefined ? null : now() + parseDuration(options.timeout, 'timeout');
  for (;;) {
    const answer = await people.gather({ taskList: taskList.id, rule: options.wait ?? 'all', untilMs });
    if (answer.kind === 'gathered') {
      return alreadyShown([...answer.tasks]);
    }
    await people.checked({
      taskList: taskList.id,
      task: answer.task,
      ...(await runCheck(taskList.id, answer.task))
    });
  }
}

/** Checks live in the process that runs the cells; a process that has lost them counts no task as done. */
const checks = new Map<string, readonly (TaskOptions['check'] | undefined)[]>();

async function runCheck(taskList: string, task: string): Promise<{ passed: boolean; fault: string }> {
  const check = checks.get(taskList)?.[Number(task.replace('task-', '')) - 1];
  if (!check) {
    return {
      passed: false,
      fault: 'The check is not known any more: run the step that assigns the tasks again.'
    };
  }
  try {
    return (await check()) === false
      ? { passed: false, fault: 'The check gave false.' }
      : { passed: true, fault: '' };
  } catch (error) {
    return { passed: false, fault: toErrorRecord(error).message };
  }
}

const gatherRule = rule("'all', 'critical' or a whole number from 1", value =>
  typeof value === 'number'
    ? Number.isSafeInteger(value) && value >= 1
    : value === 'all' || value === 'critical'
);

function isTaskList(taskList: unknown): taskList is AssignedTaskList {
  const { id, tasks } = (taskList ?? {}) as Partial<AssignedTaskList>;
  return typeof id === 'string' && Array.isArray(tasks);
}

function faultsOfTasks(tasks: unknown): string[] {
  if (!Array.isArray(tasks) || tasks.length === 0) {
    return [`The tasks are ${describeValue(tasks)}, expected a list with at least one.`];
  }
  return tasks.flatMap((task: unknown, index) =>
    faultsOfOptions(task, {
      task: required(text),
      owner: required(text),
      deputy: text,
      due: longDuration,
      answer: longDuration,
      critical: flag,
      check: callback
    }).map(fault => `Task ${index + 1}: ${fault}`)
  );
}
