// Tasks of people: assigned by one cell, gathered by another, worked on in between. Silence hands a task to the deputy, by rule and
// in the journal; being told that a task is done is not enough when it has a check.
import {
  holderOf,
  missingTasks,
  type BoardState,
  type GatherRule,
  type TaskState
} from '../../contract/board.js';
import { isNamed } from '../../contract/approval-rules.js';
import type { TaskMessage } from '../../contract/comm.js';
import { boardBundle } from '../../contract/fallback.js';
import { formatUtc } from '../../contract/format.js';
import { phaseOfStep } from '../../contract/outline.js';
import type { Person } from '../../contract/person.js';
import { seatOf } from '../../runbook/hold/apply-policy.js';
import type { PeoplePolicy } from '../../runbook/hold/policy.js';
import type { AssignRequest, GatherAnswer } from '../../runbook/ports.js';
import type { OutputSink } from '../core/ports.js';
import { setAlarm } from './alarm.js';
import { makeError } from './cell-error.js';
import type { OutlineSource } from './outline-source.js';
import type { RunKeeper } from './run-keeper.js';
import type { RunningStep } from './step-register.js';

/** What the boards work with. */
export interface BoardParts {
  readonly keeper: RunKeeper;
  readonly outline: OutlineSource;
  readonly outputs: () => OutputSink;
  readonly policy: () => PeoplePolicy;
  readonly tell: (text: string) => void;
}

/** What a gathering cell asks for. */
export interface GatherParams {
  readonly board: string;
  readonly rule: GatherRule;
  /** Milliseconds since the epoch after which it fails, or null. */
  readonly untilMs: number | null;
}

/** All boards of this kernel. */
export class Boards {
  readonly #parts: BoardParts;
  #count = 0;
  readonly #shownIn = new Map<string, string>();

  constructor(parts: BoardParts) {
    this.#parts = parts;
    parts.keeper.subscribe(record => {
      if (record.kind === 'kernel-started') {
        Object.values(parts.keeper.state.boards).forEach(board => this.#watchSilence(board));
      }
    });
  }

  /** Gives people their tasks. The same tasks of the same step are not given a second time, so that a resume assigns nothing anew. */
  async assign(running: RunningStep, request: AssignRequest): Promise<BoardState> {
    const { keeper, outline, policy, tell } = this.#parts;
    const earlier = Object.values(keeper.state.boards).findLast(
      board => board.step === running.step && isSameWork(board, request)
    );
    if (earlier) {
      this.#show(running.cell.key, earlier, 'display');
      return earlier;
    }
    const nowMs = Date.now();
    const id = `${running.step}:${running.attempt}:board-${++this.#count}`;
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
      }))
    });
    const board = keeper.state.boards[id]!;
    this.#show(running.cell.key, board, 'display');
    this.#watchSilence(board);
    const lines = board.tasks.map(
      task =>
        `• ${task.title}: ${task.owner.name}${task.dueAt === null ? '' : `, due ${formatUtc(task.dueAt)}`}`
    );
    tell([`Tasks of “${board.name}”:`, ...lines].join('\n'));
    return board;
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
    const { keeper } = this.#parts;
    const { step } = running;
    const board = (): BoardState => keeper.state.boards[params.board] ?? noBoard(params.board);
    if (board().gathering === null) {
      await keeper.append({ kind: 'gather-started', board: params.board, step, rule: params.rule });
    }
    const end = async (status: 'gathered' | 'withdrawn'): Promise<void> => {
      await keeper.append({ kind: 'gather-ended', board: params.board, step, status });
      this.#showAgain(params.board);
    };
    if (unanswerable !== null && answerOf(board(), params.rule) === null) {
      await end('withdrawn');
      throw makeError(
        'HoldUnansweredError',
        'hold.unanswered',
        unanswerable,
        'Open the run in JupyterLab with the Launchbook extension and run this step again.'
      );
    }
    const answer = await this.#until(signal, params.untilMs, () => answerOf(board(), params.rule));
    if (answer === 'stopped' || answer === 'late') {
      await end('withdrawn').catch(() => undefined);
      throw answer === 'stopped'
        ? makeError('HoldWithdrawnError', 'hold.withdrawn', 'The waiting cell was stopped.')
        : lateError(board(), params.rule);
    }
    if (answer.kind === 'gathered') {
      await end('gathered');
    }
    return answer;
  }

  /** What the cell's check has seen. */
  async checked(params: { board: string; task: string; passed: boolean; fault: string }): Promise<void> {
    await this.#parts.keeper.append({ kind: 'task-checked', ...params });
    this.#showAgain(params.board);
  }

  /** A person moves a task. Resolves when it is on disk; rejects, with the reason, when it does not count. */
  async move(message: Pick<TaskMessage, 'board' | 'task' | 'action' | 'comment'>, by: Person): Promise<void> {
    const { keeper } = this.#parts;
    const board = keeper.state.boards[message.board];
    const task = board?.tasks.find(({ id }) => id === message.task);
    if (!board || !task) {
      throw refuse('task.unknown', `This run has no task ${message.task} on the board ${message.board}.`);
    }
    const next = STATUS_AFTER[message.action]?.(task);
    if (!next) {
      throw refuse(
        'task.bad_action',
        `A task is accepted, done or reopened, not ${JSON.stringify(message.action)}.`
      );
    }
    const seats = [task.owner, ...(task.deputy ? [task.deputy] : [])];
    const isDriver = keeper.state.driver?.person.username === by.username;
    if (!isNamed(by.username, seats) && !isDriver) {
      throw refuse(
        'task.not_yours',
        `“${task.title}” is the task of ${seats.map(seat => seat.name).join(' and ')}; ${by.name} may not move it.`,
        'The driver may do it for them, and is recorded.'
      );
    }
    if (task.status === next) {
      throw refuse('task.settled', `“${task.title}” is ${next} already.`);
    }
    const { board: id, task: taskId, comment } = message;
    await keeper.append({
      kind: 'task-moved',
      board: id,
      task: taskId,
      status: next,
      by,
      comment: comment.trim()
    });
    this.#showAgain(id);
  }

  #watchSilence(board: BoardState): void {
    for (const task of board.tasks) {
      if (task.answerBy !== null && task.deputy !== null && task.handedOverAt === null) {
        setAlarm(
          Date.parse(task.answerBy) - Date.now(),
          () => void this.#handOver(board.id, task.id).catch(() => undefined)
        );
      }
    }
  }

  async #handOver(board: string, id: string): Promise<void> {
    const { keeper, tell } = this.#parts;
    const task = keeper.state.boards[board]?.tasks.find(candidate => candidate.id === id);
    if (task?.status === 'open' && task.handedOverAt === null && task.deputy !== null) {
      const reason = `Nothing was heard of ${task.owner.name} until ${formatUtc(task.answerBy ?? '')}, so “${task.title}” is now the task of ${task.deputy.name}.`;
      await keeper.append({ kind: 'task-handed-over', board, task: id, reason });
      this.#showAgain(board);
      tell(reason);
    }
  }

  /** The first answer, looked for after each record; or why there is none. */
  #until<T>(
    signal: AbortSignal,
    untilMs: number | null,
    look: () => T | null
  ): Promise<T | 'stopped' | 'late'> {
    return new Promise(resolve => {
      const stops: (() => void)[] = [];
      const end = (result: T | 'stopped' | 'late'): void => {
        stops.forEach(stop => stop());
        resolve(result);
      };
      const tryNow = (): void => {
        const found = look();
        if (found !== null) {
          end(found);
        }
      };
      const stop = (): void => end('stopped');
      signal.addEventListener('abort', stop, { once: true });
      stops.push(() => signal.removeEventListener('abort', stop), this.#parts.keeper.subscribe(tryNow));
      if (untilMs !== null) {
        stops.push(setAlarm(untilMs - Date.now(), () => end('late')));
      }
      if (signal.aborted) {
        stop();
      } else {
        tryNow();
      }
    });
  }

  #show(cellKey: string, board: BoardState, kind: 'display' | 'update'): void {
    this.#shownIn.set(board.id, cellKey);
    const data = boardBundle(board, this.#parts.keeper.state.run?.id ?? null, new Date().toISOString());
    this.#parts.outputs().publish(cellKey, { kind, data, metadata: {}, displayId: board.id });
  }

  #showAgain(id: string): void {
    const cellKey = this.#shownIn.get(id);
    if (cellKey !== undefined) {
      this.#show(cellKey, this.#parts.keeper.state.boards[id]!, 'update');
    }
  }
}

const STATUS_AFTER: { readonly [action: string]: (task: TaskState) => TaskState['status'] } = {
  accept: () => 'accepted',
  done: task => (task.hasCheck ? 'claimed' : 'done'),
  reopen: () => 'open'
};

function answerOf(board: BoardState, rule: GatherRule): GatherAnswer | null {
  const claimed = board.tasks.find(task => task.status === 'claimed');
  if (claimed) {
    return { kind: 'check', task: claimed.id };
  }
  return missingTasks(board, rule).length === 0 ? { kind: 'gathered', tasks: board.tasks } : null;
}

function isSameWork(board: BoardState, request: AssignRequest): boolean {
  const work = (tasks: readonly { title: string; owner: string }[]): string => JSON.stringify(tasks);
  return (
    board.name === request.name &&
    work(board.tasks.map(({ title, owner }) => ({ title, owner: owner.name }))) ===
      work(request.tasks.map(({ title, owner }) => ({ title, owner: owner === '*' ? 'anybody' : owner })))
  );
}

function lateError(board: BoardState, rule: GatherRule): Error {
  const missing = missingTasks(board, rule).map(task => `${task.title} (${holderOf(task).name})`);
  return makeError(
    'GatherExpiredError',
    'gather.expired',
    `“${board.name}” was not gathered in time; not done: ${missing.join(', ')}.`,
    'The tasks stay with their people. Run this step again to wait on.'
  );
}

function noBoard(id: string): never {
  throw refuse('task.unknown', `This run has no board ${id}.`, 'Run the step that assigns the tasks first.');
}

function refuse(code: string, message: string, hint?: string): Error {
  return makeError('TaskRefusedError', code, message, hint);
}
