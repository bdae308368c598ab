// What differs between the kinds of hold (approval, checklist, task list): payload, place in the state, text for the saved file, view.
import type { TaskListState } from '../../contract/holds/task-list.js';
import { approvalBundle, taskListBundle, checklistBundle } from '../../contract/holds/fallback.js';
import type { ApprovalState, ChecklistState } from '../../contract/holds/hold.js';
import type { MimeBundle } from '../../contract/base/json.js';
import { APPROVAL_MIME, TASK_LIST_MIME, CHECKLIST_MIME } from '../../contract/holds/mime.js';
import type { RunState } from '../../contract/state/state.js';
import type { IRunModel } from '../tokens.js';
import type { Words } from '../page/words.js';
import { ApprovalView } from './approval-view.js';
import { TaskListView } from './task-list-view.js';
import { ChecklistView } from './checklist-view.js';
import { isPending, type HoldState } from '../../contract/holds/pending.js';
import type { HoldView } from './hold-view.js';

/** A kind of hold; `H` is its state. */
export interface HoldKind<H extends HoldState> {
  readonly mimeType: string;
  /** The hold in a payload, or null when the payload is damaged. */
  read(payload: unknown): H | null;
  find(state: RunState, id: string): H | undefined;
  /** True when nothing is waited for any more, so that the saved file should show the result. */
  isFinal(hold: H): boolean;
  bundle(hold: H, run: string | null): MimeBundle;
  makeView(words: Words, runOf: () => IRunModel | null): HoldView<H>;
}

export const APPROVAL_KIND: HoldKind<ApprovalState> = {
  mimeType: APPROVAL_MIME,
  read: payload => {
    const approval = (payload as { approval?: ApprovalState } | null | undefined)?.approval;
    const isWhole =
      typeof approval?.id === 'string' &&
      Array.isArray(approval.decisions) &&
      Array.isArray(approval.request?.approvers);
    return isWhole && Array.isArray(approval.request.evidence) ? approval : null;
  },
  find: (state, id) => state.approvals[id],
  isFinal: approval => !isPending(approval),
  bundle: approvalBundle,
  makeView: (words, runOf) => new ApprovalView(words, runOf)
};

export const CHECKLIST_KIND: HoldKind<ChecklistState> = {
  mimeType: CHECKLIST_MIME,
  read: payload => {
    const checklist = (payload as { checklist?: ChecklistState } | null | undefined)?.checklist;
    return typeof checklist?.id === 'string' && Array.isArray(checklist.items) ? checklist : null;
  },
  find: (state, id) => state.checklists[id],
  isFinal: checklist => !isPending(checklist),
  bundle: checklistBundle,
  makeView: (words, runOf) => new ChecklistView(words, runOf)
};

export const TASK_LIST_KIND: HoldKind<TaskListState> = {
  mimeType: TASK_LIST_MIME,
  read: payload => {
    const taskList = (payload as { board?: TaskListState } | null | undefined)?.board;
    return typeof taskList?.id === 'string' && Array.isArray(taskList.tasks) ? taskList : null;
  },
  find: (state, id) => state.taskLists[id],
  isFinal: taskList => taskList.status === 'gathered' || taskList.tasks.every(task => task.status === 'done'),
  bundle: (taskList, run) => taskListBundle(taskList, run, new Date().toISOString()),
  makeView: (words, runOf) => new TaskListView(words, runOf)
};
