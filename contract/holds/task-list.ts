// Tasks of people: who owns each, by when, and what was heard of it. `assign` makes a task list, `gather` waits for it.
import type { ApproverSeat } from './hold-rules.js';
import { formatCount } from '../base/format.js';
import type { Person } from '../base/person.js';

/** A task as it is assigned. */
export interface AssignedTask {
  /** Unique in its task list. */
  readonly id: string;
  readonly title: string;
  readonly owner: ApproverSeat;
  /** Who takes over when the owner is silent; null when nobody does. */
  readonly deputy: ApproverSeat | null;
  /** ISO 8601 UTC, or null. */
  readonly dueAt: string | null;
  /** Until when the owner must have been heard of, ISO 8601 UTC, or null. */
  readonly answerBy: string | null;
  /** `gather` with `critical` waits for these. */
  readonly critical: boolean;
  /** True: being told that it is done is not enough, a check runs. */
  readonly hasCheck: boolean;
}

/** A task with what was heard of it. */
export interface TaskState extends AssignedTask {
  /** `claimed`: said to be done, and its check has not passed. */
  readonly status: 'open' | 'accepted' | 'claimed' | 'done';
  /** Who last moved it, when, and what they said; null while nothing was heard. */
  readonly heard: {
    readonly by: Person;
    readonly at: string;
    readonly comment: string;
    /** Id of the statement that was signed. Absent: nothing was. */
    readonly signed?: string;
  } | null;
  /** When it went to the deputy, ISO 8601 UTC, or null. */
  readonly handedOverAt: string | null;
  /** What the check said the last time; empty when it passed or has not run. */
  readonly checkFault: string;
}

/** How many tasks must be done. */
export type GatherRule = 'all' | 'critical' | number;

/** A task list with all its tasks. Plain data: also the payload of its MIME type. */
export interface TaskListState {
  readonly id: string;
  readonly name: string;
  /** The step that assigned, and its attempt (1-based). */
  readonly step: string;
  readonly attempt: number;
  readonly phase: string;
  readonly tasks: readonly TaskState[];
  /** What is signed about the list names it. Absent in older journals. */
  readonly nonce?: string;
  readonly assignedAt: string;
  /** What a cell waits for now; null while none does. */
  readonly gathering: GatherRule | null;
  /** `gathered`: enough was done. */
  readonly status: 'open' | 'gathered';
  readonly changedAt: string;
  readonly rev: number;
}

/** How a task looks to a reader. `silent`: nothing was heard in time. `late`: the due time is over. */
export type TaskLook = 'open' | 'accepted' | 'claimed' | 'done' | 'late' | 'silent';

/** The look of `task` at `now` (ISO 8601 UTC). */
export function lookOfTask(task: TaskState, now: string): TaskLook {
  if (task.status === 'done') {
    return 'done';
  }
  if (task.dueAt !== null && task.dueAt <= now) {
    return 'late';
  }
  const isSilent = task.status === 'open' && task.answerBy !== null && task.answerBy <= now;
  return isSilent ? 'silent' : task.status;
}

/** Who has to do it now: the deputy once it was handed over. */
export function holderOf(task: AssignedTask & Pick<TaskState, 'handedOverAt'>): ApproverSeat {
  return task.handedOverAt !== null && task.deputy !== null ? task.deputy : task.owner;
}

/** Tasks that `rule` still needs: none when the task list is gathered. A number counts done tasks of any kind. */
export function missingTasks(taskList: Pick<TaskListState, 'tasks'>, rule: GatherRule): readonly TaskState[] {
  const open = taskList.tasks.filter(task => task.status !== 'done');
  if (rule === 'critical') {
    return open.filter(task => task.critical);
  }
  const isEnough = rule !== 'all' && taskList.tasks.length - open.length >= rule;
  return isEnough ? [] : open;
}

/**
 * What is left of a task list, for reading.
 *
 * @param nameOf - What whoever has a task is called. Absent: by the name in the task.
 * @example
 * describeOpenTasks(taskList, now) // 'Ann Lee, Bob Ray: 2 tasks, 1 late'
 */
export function describeOpenTasks(
  taskList: Pick<TaskListState, 'tasks'>,
  now: string,
  nameOf: (task: TaskState) => string = task => holderOf(task).name
): string {
  const open = taskList.tasks.filter(task => task.status !== 'done');
  const holders = new Set(open.map(nameOf));
  const late = open.filter(task => ['late', 'silent'].includes(lookOfTask(task, now))).length;
  return `${[...holders].join(', ')}: ${formatCount(open.length, 'task')}${late > 0 ? `, ${late} late` : ''}`;
}
