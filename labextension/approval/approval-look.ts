// What an approval looks like, as plain data: the view only draws it. Also decides whether a person may act here.
import { describeApprovalStatus } from '../../contract/fallback.js';
import { formatUtc } from '../../contract/format.js';
import type { ApprovalState, ApprovalStatus, Evidence } from '../../contract/hold.js';
import { describePerson } from '../../contract/person.js';
import type { StatusName } from '../status-look.js';
import { bothClocks } from '../time-text.js';
import type { Words } from '../words.js';
import type { HoldAccess } from './hold-access.js';

/** One decision, for reading. */
export interface DecisionLook {
  readonly glyph: StatusName;
  readonly text: string;
  readonly at: string;
  readonly atText: string;
  readonly atTitle: string;
  readonly comment: string;
}

export interface ApprovalLook {
  readonly glyph: StatusName;
  readonly word: string;
  readonly name: string;
  readonly phase: string;
  readonly question: string;
  /** Who is awaited, or null when nobody is any more. */
  readonly awaited: {
    readonly who: string;
    readonly at: string;
    readonly atText: string;
    readonly atTitle: string;
  } | null;
  readonly evidence: readonly Evidence[];
  readonly decisions: readonly DecisionLook[];
  /** `open`: a person may decide here. `sending`: sent, not confirmed. `none`: for reading only. */
  readonly form: 'open' | 'sending' | 'none';
  /** Why it cannot be decided here, or what the status means. */
  readonly note: string;
}

const GLYPHS: Record<ApprovalStatus, StatusName> = {
  pending: 'waiting',
  approved: 'passed',
  rejected: 'rejected',
  expired: 'failed',
  withdrawn: 'aborted',
  stale: 'stale',
  revoked: 'rejected'
};

/** The look of `approval`, which is the newest state that is known, in the place that `access` describes. */
export function approvalLook(
  approval: ApprovalState,
  access: HoldAccess,
  sent: 'approved' | 'rejected' | null,
  words: Words
): ApprovalLook {
  const isPending = approval.status === 'pending';
  const form = isPending && access === 'live' ? (sent ? 'sending' : 'open') : 'none';
  return {
    glyph: GLYPHS[approval.status],
    word: words.__(describeApprovalStatus(approval.status)),
    name: approval.name,
    phase: approval.phase,
    question: approval.request.question,
    awaited: isPending
      ? {
          who: approval.request.approvers.join(', ') || words.__('anybody'),
          at: approval.requestedAt,
          atText: formatUtc(approval.requestedAt),
          atTitle: bothClocks(approval.requestedAt)
        }
      : null,
    evidence: approval.request.evidence,
    decisions: approval.decisions.map(decision => ({
      glyph: GLYPHS[decision.decision],
      text:
        decision.decision === 'approved'
          ? words.__('Approved by %1', describePerson(decision.by))
          : words.__('Rejected by %1', describePerson(decision.by)),
      at: decision.at,
      atText: formatUtc(decision.at),
      atTitle: bothClocks(decision.at),
      comment: decision.comment
    })),
    form,
    note: noteOf(approval.status, access, sent, words)
  };
}

function noteOf(
  status: ApprovalStatus,
  access: HoldAccess,
  sent: 'approved' | 'rejected' | null,
  words: Words
): string {
  switch (status) {
    case 'pending':
      return access === 'live'
        ? sent
          ? words.__('Sent. Waiting for the kernel to record it …')
          : ''
        : readOnlyNote(access, words);
    case 'expired':
      return words.__('Nobody decided in time. Silence never releases: run the step again to ask anew.');
    case 'withdrawn':
      return words.__('The step ended before anybody decided. Run it again to ask anew.');
    case 'stale':
      return words.__('What was approved has changed since. Run the step again to ask anew.');
    case 'revoked':
      return words.__('The approval was taken back. Everything after it is locked again.');
    case 'rejected':
      return words.__(
        'The run stopped here. Nothing after it runs until the step is run again and approved.'
      );
    case 'approved':
      return '';
  }
}

/** Why a pending request cannot be settled in this place. */
export function readOnlyNote(access: HoldAccess, words: Words): string {
  switch (access) {
    case 'live':
      return '';
    case 'no-kernel':
      return words.__('For reading only: no kernel of this run is connected. Start the kernel to decide.');
    case 'not-asked':
      return words.__('For reading only: the kernel that runs now did not ask this. Run the step again.');
    case 'no-notebook':
      return words.__('For reading only: open the notebook to decide.');
  }
}
