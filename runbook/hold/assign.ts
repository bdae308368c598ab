// `assign` and `gather`: tasks of people outside of the notebook, each with an owner, a deputy and a due time.
import type { GatherRule, TaskState } from '../../contract/board.js';
import { toErrorRecord } from '../../contract/error.js';
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
  /** Who takes over when the owner is silent. @default nobody */
  readonly deputy?: string;
  /** By when it must be done. @default no due time */
  readonly due?: Duration;
  /** By when the owner must have been heard of; then the task goes to the deputy. @default half of `due` */
  readonly answer?: Duration;
  /** `gather` with `wait: 'critical'` waits for these alone. @default true */
  readonly critical?: boolean;
  /** Proves that it is done: called when somebody says so while a cell gathers. A throw or `false` sends the task back. */
  readonly check?: () => unknown;
}

/** Tasks that were assigned. Hand it to {@link gather}. */
export interface AssignedBoard {
  readonly id: string;
  readonly name: string;
  /** Titles in order. */
  readonly tasks: readonly string[];
}

/** How long `gather` waits, and for what. */
export interface GatherOptions {
  /** All tasks, the critical ones, or this many of any kind. @default 'all' */
  readonly wait?: GatherRule;
  /** After which it fails; the tasks stay with their people. @default it waits for ever */
  readonly timeout?: Duration;
}

/**
 * Gives people their tasks and goes on at once. They are posted to Slack when launchbook.yml names it, and shown as a board.
 * Silence hands a task to its deputy.
 *
 * Recorded: on resume, and when the step is run again, the same tasks are not assigned anew.
 * @throws {@link UsageError} listing every fault. Nothing is assigned.
 * @example
 * const board = await assign('Smoke tests', [{ task: 'Order a tea', owner: 'ann', deputy: 'bob', due: '30m' }])
 * // { id: '…', name: 'Smoke tests', tasks: ['Order a tea'] }
 */
export async function assign(name: string, tasks: readonly TaskOptions[]): Promise<AssignedBoard> {
  refuseFaults('assign', [...faultsOfValue('The name', name, required(text)), ...faultsOfTasks(tasks)]);
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
  checks.set(
    id,
    tasks.map(task => task.check)
  );
  return alreadyShown({ id, name, tasks: tasks.map(({ task }) => task) });
}

/**
 * Waits until the tasks of a board are done: all, the critical ones, or a number of them. Silence never counts as done.
 *
 * Recorded: on resume a task that was done is done.
 * @returns every task with its status, who did it and when.
 * @throws code `gather.expired` when the time is over, naming what is missing.
 * @throws {@link UsageError} listing every fault of the call.
 * @example
 * await gather(board, { wait: 'critical', timeout: '1h' })
 * // [{ id: 'task-1', title: 'Order a tea', status: 'done', heard: { by: { username: 'ann', … }, at: '…', comment: '' }, … }]
 */
export async function gather(
  board: AssignedBoard,
  options: GatherOptions = {}
): Promise<readonly TaskState[]> {
  refuseFaults('gather', [
    ...(isBoard(board) ? [] : [`The board is ${describeValue(board)}, expected what assign() gave.`]),
    ...faultsOfOptions(options, { wait: gatherRule, timeout: longDuration })
  ]);
  const { people, now } = ports();
  const most = board.tasks.length;
  if (typeof options.wait === 'number' && options.wait > most) {
    throw new UsageError(`gather cannot wait for ${options.wait} tasks: “${board.name}” has ${most}.`);
  }
  const untilMs = options.timeout === undefined ? null : now() + parseDuration(options.timeout, 'timeout');
  for (;;) {
    const answer = await people.gather({ board: board.id, rule: options.wait ?? 'all', untilMs });
    if (answer.kind === 'gathered') {
      return alreadyShown([...answer.tasks]);
    }
    await people.checked({ board: board.id, task: answer.task, ...(await runCheck(board.id, answer.task)) });
  }
}

/** Checks live in the process that runs the cells; a process that lost them believes nobody. */
const checks = new Map<string, readonly (TaskOptions['check'] | undefined)[]>();

async function runCheck(board: string, task: string): Promise<{ passed: boolean; fault: string }> {
  const check = checks.get(board)?.[Number(task.replace('task-', '')) - 1];
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

function isBoard(board: unknown): board is AssignedBoard {
  const { id, tasks } = (board ?? {}) as Partial<AssignedBoard>;
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
