// Which holds wait for people, and for whom: one meaning for the kernel, its gate, the panel, the notices and the status.
import { ineligibilityOf, isNamed, type Driver } from './approval-rules.js';
import type { ApprovalState, ChecklistState } from './hold.js';
import { holderOf, missingTasks, type TaskListState, type TaskState } from './task-list.js';
import type { Person } from '../base/person.js';

/** The state of any kind of hold. */
export type HoldState = ApprovalState | ChecklistState | TaskListState;

/** All holds of a run by their ids; the state of a run has them. */
export interface Holds {
  readonly approvals: { readonly [id: string]: ApprovalState };
  readonly checklists: { readonly [id: string]: ChecklistState };
  readonly taskLists: { readonly [id: string]: TaskListState };
}

/** Who looks at a hold. */
export interface Viewer {
  /** Null when nobody said who they are. */
  readonly you: Person | null;
  readonly driver: Driver;
}

/** The hold with this id, of whatever kind; ids are unique in a run. */
export function holdOf(holds: Holds, id: string): HoldState | undefined {
  return holds.approvals[id] ?? holds.checklists[id] ?? holds.taskLists[id];
}

/**
 * True while a cell waits for people: an approval until enough people decided or it ended in another way, a checklist until it is done
 * or withdrawn, a task list while a cell gathers it.
 *
 * @example
 * isPending(approval) // true after the first of two approvals
 */
export function isPending(hold: HoldState | undefined): boolean {
  if (!hold) {
    return false;
  }
  return 'tasks' in hold ? hold.gathering !== null : hold.status === 'pending';
}

/** The holds that wait for people: of a whole run, or those among `ids`. */
export function pendingHolds(holds: Holds, ids?: readonly string[]): HoldState[] {
  const all =
    ids?.flatMap(id => holdOf(holds, id) ?? []) ??
    [holds.approvals, holds.checklists, holds.taskLists].flatMap(kind => Object.values<HoldState>(kind));
  return all.filter(isPending);
}

/** Since when people are asked, ISO 8601 UTC. */
export function askedAt(hold: HoldState): string {
  return 'tasks' in hold ? hold.assignedAt : hold.requestedAt;
}

/** True when this person can do something that the hold still needs. Whoever is not known may be anybody. */
export function waitsForViewer(hold: HoldState, { you, driver }: Viewer): boolean {
  if (!isPending(hold)) {
    return false;
  }
  if (you === null || 'items' in hold) {
    return true;
  }
  return 'tasks' in hold ? tasksOf(hold, you).length > 0 : ineligibilityOf(hold, you, driver) === null;
}

/** The tasks that this person still has to do for the cell that gathers; one that they said is done waits for its check alone. */
export function tasksOf(taskList: TaskListState, { username }: Person): readonly TaskState[] {
  return missingTasks(taskList, taskList.gathering ?? 'all').filter(
    task => task.status !== 'claimed' && isNamed(username, [holderOf(task)])
  );
}
