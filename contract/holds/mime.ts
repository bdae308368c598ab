// Our MIME types. Every bundle that carries one also carries html, markdown and plain text (fallback.ts), because GitHub and every other
// reader show those. A payload is `{ version: 1, run, … }` with the id of the run, or null in a scratch notebook, and the state as it
// stood when the output was written. The live state comes over the comm; the higher `rev` wins.

/** Payload: `{ version: 1, run, approval: ApprovalState }`. */
export const APPROVAL_MIME = 'application/vnd.launchbook.approval.v1+json';

/** Payload: `{ version: 1, run, checklist: ChecklistState }`. */
export const CHECKLIST_MIME = 'application/vnd.launchbook.checklist.v1+json';

/** Payload: `{ version: 1, run, board: TaskListState }`. */
export const TASK_LIST_MIME = 'application/vnd.launchbook.board.v1+json';
