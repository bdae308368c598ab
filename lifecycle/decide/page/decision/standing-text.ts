// Where an approval stands, in sentences for whoever is asked.
import { rulesOf, standingOf } from '../../../../contract/holds/approval-rules.js';
import { describeApprovalStatus } from '../../../../contract/holds/fallback.js';
import type { ApprovalState } from '../../../../contract/holds/hold.js';
import { ruleSentences, type SentenceWords } from '../../../../contract/holds/rule-sentences.js';
import { describePerson } from '../../../../contract/base/person.js';
import { formatUtc } from '../../../../contract/base/format.js';

/** How it ended, one sentence; null while somebody can still decide. One that its run waits for no longer is asked again by it. */
export function settledText(approval: ApprovalState, nowMs: number): string | null {
  const { status, request, decisions, closure, breakGlass, changedAt } = approval;
  const isOver = request.expiresAt !== null && Date.parse(request.expiresAt) <= nowMs;
  if (status === 'pending' || status === 'withdrawn') {
    return isOver ? `Expired at ${formatUtc(request.expiresAt)}: nothing is released by it any more.` : null;
  }
  const last = decisions.at(-1);
  const who = closure?.by ?? breakGlass?.by ?? last?.by;
  const why = closure?.reason ?? breakGlass?.reason ?? last?.comment ?? '';
  const word = breakGlass === undefined ? describeApprovalStatus(status) : 'Released against the policy';
  return `${word}${who ? ` by ${describePerson(who)}` : ''} at ${formatUtc(closure?.at ?? last?.at ?? changedAt)}${why === '' ? '' : `: ${why}`}.`;
}

/** `1 of 2 have approved.`; '' when one is enough. */
export function progressText(approval: ApprovalState): string {
  const { approvedBy, required } = standingOf(approval);
  return required > 1 ? `${approvedBy.length} of ${required} have approved.` : '';
}

/** Who is asked, and by which rules, a sentence each. */
export function askedSentences(approval: ApprovalState): string[] {
  const { awaited } = standingOf(approval);
  const who = awaited.length > 0 ? awaited : approval.request.approvers;
  return [
    `Asked: ${who.join(', ') || 'anybody'}, since ${formatUtc(approval.requestedAt)}.`,
    ...(approval.status === 'withdrawn'
      ? [
          'The run does not wait at this moment. A decision is kept and counts when it asks the same question again.'
        ]
      : []),
    progressText(approval),
    ...ruleSentences(approval, ENGLISH)
  ].filter(text => text !== '');
}

/** The usernames that may decide now; null when anybody may. */
export function mayDecide({ request, escalatedAt }: ApprovalState): readonly string[] | null {
  const { seats, escalation } = rulesOf(request);
  const all = [...seats, ...(escalatedAt === undefined ? [] : (escalation?.seats ?? []))];
  return seats.length === 0 || all.some(({ members }) => members === null)
    ? null
    : [...new Set(all.flatMap(({ members }) => members ?? []))];
}

const ENGLISH: SentenceWords = {
  __: (text, ...values) => text.replace(/%(\d)/g, (_, at: string) => String(values[Number(at) - 1])),
  _n: (one, many, count) => (count === 1 ? one : many.replace('%1', String(count)))
};
