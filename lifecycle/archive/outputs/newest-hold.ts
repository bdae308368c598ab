// What people were asked, as it stands at the end of the run.
import type { MimeBundle } from '../../../contract/base/json.js';
import { approvalBundle, checklistBundle, taskListBundle } from '../../../contract/holds/fallback.js';
import { APPROVAL_MIME, CHECKLIST_MIME, TASK_LIST_MIME } from '../../../contract/holds/mime.js';
import type { RunState } from '../../../contract/state/state.js';

/** What was decided after the cell had ended is told too, as a page does. */
export function newestHold(data: MimeBundle, state: RunState): MimeBundle | null {
  const run = state.run?.id ?? null;
  const { approval } = payloadOf(data[APPROVAL_MIME]);
  const { checklist } = payloadOf(data[CHECKLIST_MIME]);
  const { board } = payloadOf(data[TASK_LIST_MIME]);
  const [newApproval, newChecklist, newList] = [
    newerOf(state.approvals, approval),
    newerOf(state.checklists, checklist),
    newerOf(state.taskLists, board)
  ];
  return (
    (newApproval && approvalBundle(newApproval, run)) ??
    (newChecklist && checklistBundle(newChecklist, run)) ??
    (newList && taskListBundle(newList, run, state.lastAt ?? '')) ??
    null
  );
}

type Shown = { readonly id?: unknown; readonly rev?: unknown } | undefined;

function payloadOf(payload: unknown): { readonly [part: string]: Shown } {
  return typeof payload === 'object' && payload !== null ? (payload as { [part: string]: Shown }) : {};
}

function newerOf<H extends { readonly rev: number }>(
  holds: { readonly [id: string]: H },
  shown: Shown
): H | undefined {
  const hold = holds[String(shown?.id ?? '')];
  return hold && hold.rev > Number(shown?.rev ?? 0) ? hold : undefined;
}
