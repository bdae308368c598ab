// What the records of approvals mean. The rules of the request are applied here too, so that a record alone cannot release:
// a decision releases only when enough different people have approved.
import { standingOf } from '../holds/approval-rules.js';
import type { ApprovalDecision, ApprovalState, ApprovalStatus } from '../holds/hold.js';
import { isPending } from '../holds/pending.js';
import type { Outline } from '../notebook/outline.js';
import type { AskedBetween } from '../state/state.js';
import { resumeStep, waitFor, type Draft, type RulesOf } from './draft.js';

type ApprovalKind =
  | 'approval-requested'
  | 'approval-decided'
  | 'approval-closed'
  | 'approval-reminded'
  | 'approval-escalated'
  | 'glass-broken';

export const APPROVAL_RULES: RulesOf<ApprovalKind> = {
  'approval-requested': (draft, record) => {
    draft.approvals[record.approval] = {
      id: record.approval,
      name: record.name,
      step: record.step,
      attempt: record.attempt,
      phase: record.phase,
      request: record.request,
      content: record.content,
      requestedAt: record.at,
      status: 'pending',
      decisions: [],
      changedAt: record.at,
      rev: record.seq,
      ...(record.binding === undefined ? {} : { binding: record.binding })
    };
    draft.askedBetween[record.step] = stepsAround(draft.outline, record.step);
    waitFor(draft, record.step, record.approval);
  },
  'approval-decided': (draft, record) =>
    updatePending(draft, record, approval => {
      const decisions = [...approval.decisions, record.decision];
      return { decisions, status: statusAfter({ ...approval, decisions }, record.decision) };
    }),
  'approval-closed': (draft, { approval, status, reason, by, at, seq }) => {
    if (mayClose(draft.approvals[approval]?.status, status)) {
      const closure = { status, reason, by: by ?? null, at };
      update(draft, { approval, at, seq }, () => ({ status, closure }));
    }
  },
  'approval-reminded': (draft, record) =>
    updatePending(draft, record, approval => ({ reminders: (approval.reminders ?? 0) + 1 })),
  'approval-escalated': (draft, record) => updatePending(draft, record, () => ({ escalatedAt: record.at })),
  'glass-broken': (draft, record) => {
    const { by, at, reason } = record;
    updatePending(draft, record, () => ({ status: 'approved', breakGlass: { by, at, reason } }));
    draft.glassBroken = [...draft.glassBroken, record.approval];
  }
};

/** A request that waits may end unanswered, an approval that was given may fall. No record turns a refusal into anything else. */
export function mayClose(from: ApprovalStatus | undefined, to: ApprovalStatus): boolean {
  return to === 'expired' || to === 'withdrawn'
    ? from === 'pending'
    : (to === 'stale' || to === 'revoked') && from === 'approved';
}

/** A process ended: nobody waits for these any more. */
export function withdrawApprovals(draft: Draft, at: string, seq: number): void {
  for (const approval of Object.values(draft.approvals)) {
    if (isPending(approval)) {
      update(draft, { approval: approval.id, at, seq }, () => ({ status: 'withdrawn' }));
    }
  }
}

/** What was approved does not hold any more. */
export function staleApproval(
  draft: Draft,
  approval: string,
  reason: string,
  { at, seq }: { readonly at: string; readonly seq: number }
): void {
  const closure = { status: 'stale' as const, reason, by: null, at };
  update(draft, { approval, at, seq }, () => ({ status: 'stale', closure }));
}

/** A step that no outline knows has every other behind it. */
function stepsAround({ phases }: Outline, step: string): AskedBetween {
  const ids = phases.flatMap(({ steps }) => steps.map(({ id }) => id));
  const index = ids.indexOf(step);
  return { before: ids.slice(0, Math.max(0, index)), behind: ids.slice(index + 1) };
}

/** One rejection rejects; approvals release when there are enough. */
function statusAfter(approval: ApprovalState, decision: ApprovalDecision): ApprovalStatus {
  if (decision.decision === 'rejected') {
    return 'rejected';
  }
  return standingOf(approval).isComplete ? 'approved' : 'pending';
}

interface Stamp {
  readonly approval: string;
  readonly at: string;
  readonly seq: number;
}

function updatePending(
  draft: Draft,
  stamp: Stamp,
  change: (approval: ApprovalState) => Partial<ApprovalState>
): void {
  if (isPending(draft.approvals[stamp.approval])) {
    update(draft, stamp, change);
  }
}

function update(
  draft: Draft,
  { approval: id, at, seq }: Stamp,
  change: (approval: ApprovalState) => Partial<ApprovalState>
): void {
  const approval = draft.approvals[id];
  if (approval) {
    draft.approvals[id] = { ...approval, ...change(approval), changedAt: at, rev: seq };
    resumeStep(draft, approval.step);
  }
}
