// Tasks of people: assigned by one cell, gathered by another, worked on in between. When an owner does not answer, the task goes to the
// deputy, which is recorded. When a task has a check, it is not enough that somebody says it is done.
import { randomUUID } from 'node:crypto';
import type { DecisionSignature } from '../../contract/holds/hold.js';
import {
  holderOf,
  missingTasks,
  type TaskListState,
  type GatherRule,
  type TaskState
} from '../../contract/holds/task-list.js';
import { isNamed } from '../../contract/holds/approval-rules.js';
import { driverOf } from '../../contract/state/state.js';
import type { ActParams } from '../../contract/comms/acts.js';
import { taskListBundle } from '../../contract/holds/fallback.js';
import { formatUtc } from '../../contract/base/format.js';
import { phaseOfStep } from '../../contract/notebook/outline.js';
import type { Person } from '../../contract/base/person.js';
import { seatOf } from '../../record/policy/apply-policy.js';
import type { PeoplePolicy } from '../../runbook/hold/policy.js';
import type { AssignRequest, GatherAnswer } from '../../runbook/ports.js';
import { setAlarm } from './alarm.js';
import { makeError } from '../make-error.js';
import type { OutlineSource } from '../keeper/outline-source.js';
import type { RunningStep } from '../keeper/step-register.js';
import { PendingHolds, type HoldRules, type PendingHoldParts } from './pending-hold.js';

/** What the task lists work with. */
export interface TaskListParts extends PendingHoldParts {
  readonly outline: OutlineSource;
  readonly policy: () => PeoplePolicy;
}

/** What a gathering cell asks for. */
export interface GatherParams {
  readonly taskList: string;
  readonly rule: GatherRule;
  /** Milliseconds since the epoch after which it fails, or null. */
  readonly untilMs: number | null;
}

/** A cell waits for a task list while it gathers; a task that was said to be done goes to the cell's check first. */
const TASK_LIST: HoldRules<TaskListState, GatherAnswer> = {
  kind: 'task-list',
  find: (state, id) => state.taskLists[id],
  bundle: (taskList, run) => taskListBundle(taskList, run, new Date().toISOString()),
  answerOf: ({ id, tasks, gathering }, step) => {
    const claimed = tasks.find(task => task.status === 'claimed');
    if (claimed) {
      return { value: { kind: 'check', task: claimed.id } };
    }
    return missingTasks({ tasks }, gathering ?? 'all').length === 0
      ? {
          record: { kind: 'gather-ended', board: id, step, status: 'gathered' },
          value: { kind: 'gathered', tasks }
        }
      : null;
  },
  closing: ({ id }, _status, _reason, step) => ({
    kind: 'gather-ended',
    board: id,
    step,
    status: 'withdrawn'
  }),
  elsewhere: 'Open the run in JupyterLab with the Launchbook extension and run this step again.'
};

/** All task lists of this kernel. */
export class TaskLists {
  readonly #parts: TaskListParts;
  readonly #holds: PendingHolds<TaskListState, GatherAnswer>;

  constructor(parts: TaskListParts) {
    this.#parts = parts;
    this.#holds = new PendingHolds(parts, TASK_LIST);
    parts.keeper.subscribe(record => {
      if (record.kind === 'kernel-started') {
        Object.values(parts.keeper.state.taskLists).forEach(taskList => this.#watchSilence(taskList));
      }
    });
  }

  /** Gives people their tasks. The same tasks of the same step are not given a second time, so that a resume assigns nothing twice. */
  async assign(running: RunningStep, request: AssignRequest): Promise<TaskListState> {
    const { keeper, outline, policy } = this.#parts;
    const earlier = Object.values(keeper.state.taskLists).findLast(
      taskList => taskList.step === running.step && isSameWork(taskList, request)
    );
    if (earlier) {
      this.#holds.show(earlier.id, running.cell.key);
      return earlier;
    }
    const nowMs = Date.now();
    const id = this.#holds.nextId(running);
    const groups = policy();
    const later = (ms: number | null): string | null =>
      ms === null ? null : new Date(nowMs + ms).toISOString();
    await keeper.append({
      kind: 'tasks-assigned',
      board: id,
      name: request.name,
      step: running.step,
      attempt: running.attempt,
      phase: phaseOfStep(outline.current(), running.step)?.title ?? '',
      tasks: request.tasks.map((task, index) => ({
        id: `task-${index + 1}`,
        title: task.title,
        owner: seatOf(task.owner, groups),
        deputy: task.deputy === null ? null : seatOf(task.deputy, groups),
        dueAt: later(task.dueMs),
        answerBy: later(task.answerMs),
        critical: task.critical,
        hasCheck: task.hasCheck
      })),
      nonce: randomUUID()
    });
    const taskList = this.#holds.find(id)!;
    this.#holds.show(id, running.cell.key);
    this.#watchSilence(taskList);
    return taskList;
  }

  /**
   * Waits until enough is done, or until a task has to be checked by the cell. Every other end rejects.
   * `unanswerable` tells why nobody can move a task here, or null; then it does not wait.
   */
  async gather(
    running: RunningStep,
    params: GatherParams,
    signal: AbortSignal,
    unanswerable: string | null = null
  ): Promise<GatherAnswer> {
    const { taskList: id, rule, untilMs } = params;
    const { gathering } = this.#holds.find(id) ?? noTaskList(id);
    return this.#holds.ask({
      id,
      running,
      signal,
      record: gathering === rule ? null : { kind: 'gather-started', board: id, step: running.step, rule },
      isShown: true,
      startClock: () => {
        const expire = (): void =>
          void this.#holds.end(id, 'expired', () => lateError(this.#holds.find(id)!, rule));
        return untilMs === null ? () => undefined : setAlarm(untilMs - Date.now(), expire);
      },
      onAsked: () => {
        if (unanswerable !== null) {
          void this.#holds.giveUp(id, unanswerable);
        }
      }
    });
  }

  /** What the cell's check has seen. */
  async checked(params: { taskList: string; task: string; passed: boolean; fault: string }): Promise<void> {
    const { taskList: board, ...seen } = params;
    await this.#holds.inTurn(board, async () => {
      await this.#parts.keeper.append({ kind: 'task-checked', board, ...seen });
      await this.#holds.changed(board);
    });
  }

  /** A person reports on a task. Resolves when it is on disk; rejects, with the reason, when it does not count. */
  async move(message: ActParams['task'], by: Person, signature?: DecisionSignature): Promise<void> {
    const { board: id, task, comment } = message;
    await this.#holds.inTurn(id, async () => {
      const { keeper } = this.#parts;
      const taskList = this.#holds.find(id);
      const status = statusAfter(message, taskList, by, driverOf(keeper.state, taskList)?.username ?? null);
      await keeper.append({
        kind: 'task-moved',
        board: id,
        task,
        status,
        by,
        comment: comment.trim(),
        ...(signature && { signature })
      });
      await this.#holds.changed(id);
    });
  }

  #watchSilence(taskList: TaskListState): void {
    for (const task of taskList.tasks) {
      if (task.answerBy !== null && task.deputy !== null && task.handedOverAt === null) {
        setAlarm(
          Date.parse(task.answerBy) - Date.now(),
          () => void this.#handOver(taskList.id, task.id).catch(() => undefined)
        );
      }
    }
  }

  async #handOver(taskList: string, id: string): Promise<void> {
    const { keeper } = this.#parts;
    await this.#holds.inTurn(taskList, async () => {
      const task = this.#holds.find(taskList)?.tasks.find(candidate => candidate.id === id);
      if (task?.status === 'open' && task.handedOverAt === null && task.deputy !== null) {
        const reason = `${task.owner.name} did not answer until ${formatUtc(task.answerBy ?? '')}, so “${task.title}” is now the task of ${task.deputy.name}.`;
        await keeper.append({ kind: 'task-handed-over', board: taskList, task: id, reason });
        this.#holds.show(taskList);
      }
    });
  }
}

/** The status that a task has after the move; throws the reason when the move does not count. */
function statusAfter(
  { board, task: id, action }: ActParams['task'],
  taskList: TaskListState | undefined,
  by: Person,
  driver: string | null
): TaskState['status'] {
  const task = taskList?.tasks.find(candidate => candidate.id === id);
  if (!task) {
    throw refuse('task.unknown', `This run has no task ${id} on the task list ${board}.`);
  }
  const next = Object.hasOwn(STATUS_AFTER, action) ? STATUS_AFTER[action]!(task) : undefined;
  if (!next) {
    throw refuse('task.bad_action', `A task is accepted, done or reopened, not ${JSON.stringify(action)}.`);
  }
  const seats = [task.owner, ...(task.deputy ? [task.deputy] : [])];
  if (!isNamed(by.username, seats) && driver !== by.username) {
    throw refuse(
      'task.not_yours',
      `“${task.title}” is the task of ${seats.map(seat => seat.name).join(' and ')}; ${by.name} may not report on it.`,
      'The driver may do it for them, and is recorded; in a rehearsal whoever ran the step that assigned it.'
    );
  }
  if (task.status === next) {
    throw refuse('task.settled', `“${task.title}” is ${next} already.`);
  }
  return next;
}

const STATUS_AFTER: { readonly [action: string]: (task: TaskState) => TaskState['status'] } = {
  accept: () => 'accepted',
  done: task => (task.hasCheck ? 'claimed' : 'done'),
  reopen: () => 'open'
};

function isSameWork(taskList: TaskListState, request: AssignRequest): boolean {
  const work = (tasks: readonly { title: string; owner: string }[]): string => JSON.stringify(tasks);
  return (
    taskList.name === request.name &&
    work(taskList.tasks.map(({ title, owner }) => ({ title, owner: owner.name }))) ===
      work(request.tasks.map(({ title, owner }) => ({ title, owner: owner === '*' ? 'anybody' : owner })))
  );
}

function lateError(taskList: TaskListState, rule: GatherRule): Error {
  const missing = missingTasks(taskList, rule).map(task => `${task.title} (${holderOf(task).name})`);
  return makeError(
    'GatherExpiredError',
    'gather.expired',
    `“${taskList.name}” was not gathered in time; not done: ${missing.join(', ')}.`,
    'The tasks stay assigned. Run this step again to continue waiting.'
  );
}

function noTaskList(id: string): never {
  throw refuse(
    'task.unknown',
    `This run has no task list ${id}.`,
    'Run the step that assigns the tasks first.'
  );
}

function refuse(code: string, message: string, hint?: string): Error {
  return makeError('TaskRefusedError', code, message, hint);
}
