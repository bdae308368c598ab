// What the rules of a pending approval ask, as sentences: whoever is asked should know before deciding what counts.
import { rulesOf } from '../../contract/approval-rules.js';
import { formatUtc } from '../../contract/format.js';
import type { ApprovalState } from '../../contract/hold.js';
import type { Words } from '../words.js';

/** The sentences; none for one decision of anybody. */
export function ruleSentences(approval: ApprovalState, words: Words): string[] {
  const { request, escalatedAt, reminders = 0 } = approval;
  const rules = rulesOf(request);
  const deputies = rules.escalation?.seats.map(seat => seat.name).join(', ') ?? '';
  return [
    ...(rules.everyone ? [words.__('Everybody who is named has to approve.')] : []),
    ...(!rules.everyone && rules.required > 1
      ? [words.__('%1 different people have to approve.', rules.required)]
      : []),
    ...(rules.fourEyes ? [words.__('The driver may not decide.')] : []),
    ...(rules.grade === 'claimed' ? [] : [words.__('Identities have to be %1.', rules.grade)]),
    ...(rules.comment ? [words.__('A decision needs a comment.')] : []),
    ...(request.expiresAt === null
      ? []
      : [words.__('Expires %1; that never releases.', formatUtc(request.expiresAt))]),
    ...(escalatedAt === undefined
      ? rules.escalation
        ? [words.__('Goes to %1 as well at %2.', deputies, formatUtc(rules.escalation.at))]
        : []
      : [
          words.__('Went to %1 as well at %2, because nobody had decided.', deputies, formatUtc(escalatedAt))
        ]),
    ...(reminders > 0 ? [words._n('Reminded once.', 'Reminded %1 times.', reminders)] : [])
  ];
}
