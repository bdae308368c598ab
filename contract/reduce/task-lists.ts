// What the records of task lists mean. A task list outlives the cell that assigned it: people work on while other steps run.
import type { TaskListState, TaskState } from '../holds/task-list.js';
import { isPending } from '../holds/pending.js';
import { resumeStep, waitFor, type Draft, type RulesOf } from './draft.js';

type TaskListKind =
  'tasks-assigned' | 'task-moved' | 'task-checked' | 'task-handed-over' | 'gather-started' | 'gather-ended';

export const TASK_LIST_RULES: RulesOf<TaskListKind> = {
  'tasks-assigned': (draft, record) => {
    draft.taskLists[record.board] = {
      id: record.board,
      name: record.name,
      step: record.step,
      attempt: record.attempt,
      phase: record.phase,
      tasks: record.tasks.map(task => ({
        ...task,
        status: 'open',
        heard: null,
        handedOverAt: null,
        checkFault: ''
      })),
      ...(record.nonce === undefined ? {} : { nonce: record.nonce }),
      assignedAt: record.at,
      gathering: null,
      status: 'open',
      changedAt: record.at,
      rev: record.seq
    };
  },
  'task-moved': (draft, record) => {
    const { status, by, comment, at, signature } = record;
    const signed = signature && { signed: signature.id };
    updateTask(draft, record, () => ({ status, heard: { by, at, comment, ...signed }, checkFault: '' }));
  },
  'task-checked': (draft, record) =>
    updateTask(draft, record, task =>
      task.status === 'claimed'
        ? { status: record.passed ? 'done' : 'accepted', checkFault: record.passed ? '' : record.fault }
        : {}
    ),
  'task-handed-over': (draft, record) => updateTask(draft, record, () => ({ handedOverAt: record.at })),
  'gather-started': (draft, record) => {
    update(draft, record, () => ({ gathering: record.rule, status: 'open' }));
    const taskList = draft.taskLists[record.board];
    if (taskList) {
      waitFor(draft, record.step, taskList.id);
    }
  },
  'gather-ended': (draft, record) => {
    const status = record.status === 'gathered' ? ('gathered' as const) : ('open' as const);
    update(draft, record, () => ({ gathering: null, status }));
    resumeStep(draft, record.step);
  }
};

/** A process or the attempt with these holds ended: no cell waits any more. The tasks stay with their people. */
export function endGathering(
  draft: Draft,
  at: string,
  seq: number,
  ids: readonly string[] = Object.keys(draft.taskLists)
): void {
  for (const taskList of ids.flatMap(id => draft.taskLists[id] ?? [])) {
    if (isPending(taskList)) {
      update(draft, { board: taskList.id, at, seq }, () => ({ gathering: null }));
    }
  }
}

interface Stamp {
  readonly board: string;
  readonly at: string;
  readonly seq: number;
}

function updateTask(
  draft: Draft,
  stamp: Stamp & { readonly task: string },
  change: (task: TaskState) => Partial<TaskState>
): void {
  update(draft, stamp, taskList => ({
    tasks: taskList.tasks.map(task => (task.id === stamp.task ? { ...task, ...change(task) } : task))
  }));
}

function update(
  draft: Draft,
  { board: id, at, seq }: Stamp,
  change: (taskList: TaskListState) => Partial<TaskListState>
): void {
  const taskList = draft.taskLists[id];
  if (taskList) {
    draft.taskLists[id] = { ...taskList, ...change(taskList), changedAt: at, rev: seq };
  }
}
