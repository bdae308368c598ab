// What was asked of people at hold points and as tasks, who answered, and how long they were waited for.
import type { ApprovalDecision, ApprovalState, ChecklistState } from '../../contract/holds/hold.js';
import type { TaskState } from '../../contract/holds/task-list.js';
import type { RunState } from '../../contract/state/state.js';

/** A decision. */
export interface DecisionFacts extends ApprovalDecision {
  /** Since it was asked for, in milliseconds. 0 for one that was signed before. */
  readonly waitedMs: number;
}

/** An approval with its decisions. */
export interface ApprovalFacts extends ApprovalState {
  readonly decisions: readonly DecisionFacts[];
}

/** A checklist. */
export interface ChecklistFacts extends ChecklistState {
  /** Until every item was ticked, in milliseconds; null when that is not so. */
  readonly waitedMs: number | null;
}

/** Approvals and checklists in the order of their requests. */
export function holdsOf(state: RunState): (ApprovalFacts | ChecklistFacts)[] {
  const approvals = Object.values(state.approvals).map(approval => ({
    ...approval,
    decisions: approval.decisions.map(decision => ({
      ...decision,
      waitedMs: waited(approval.requestedAt, decision.at)
    }))
  }));
  const checklists = Object.values(state.checklists).map(checklist => ({
    ...checklist,
    waitedMs: checklist.status === 'done' ? waited(checklist.requestedAt, checklist.changedAt) : null
  }));
  return [...approvals, ...checklists].sort((a, b) => Date.parse(a.requestedAt) - Date.parse(b.requestedAt));
}

/** A task. */
export interface TaskFacts extends TaskState {
  /** Name of its task list. */
  readonly list: string;
  /** How late it was done, or is now: milliseconds at the last record. 0: in time, or without a due time. */
  readonly lateMs: number;
}

/** Every task, in the order in which they were given out. */
export function tasksOf({ taskLists, lastAt }: RunState): TaskFacts[] {
  return Object.values(taskLists).flatMap(({ name, tasks }) =>
    tasks.map(task => {
      const end = task.status === 'done' || task.status === 'claimed' ? task.heard?.at : lastAt;
      const lateMs = task.dueAt && end ? Math.max(0, Date.parse(end) - Date.parse(task.dueAt)) : 0;
      return { ...task, list: name, lateMs };
    })
  );
}

function waited(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from));
}
