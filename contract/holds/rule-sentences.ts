// The rules of a pending approval as sentences, so that people know them before they decide.
import { formatUtc } from '../base/format.js';
import { wordsOfMeans } from '../signature/decision-means.js';
import { rulesOf } from './approval-rules.js';
import type { ApprovalState } from './hold.js';

/** Translates; `%1`, `%2` … stand for the arguments. */
export interface SentenceWords {
  __(text: string, ...values: unknown[]): string;
  _n(one: string, many: string, count: number, ...values: unknown[]): string;
}

/** The sentences; none for one decision of anybody. */
export function ruleSentences(approval: ApprovalState, words: SentenceWords): string[] {
  const { request, escalatedAt, reminders = 0 } = approval;
  const rules = rulesOf(request);
  const deputies = rules.escalation?.seats.map(seat => seat.name).join(', ') ?? '';
  return [
    ...(rules.everyone ? [words.__('Everybody who is named has to approve.')] : []),
    ...(!rules.everyone && rules.required > 1
      ? [words.__('%1 different people have to approve.', rules.required)]
      : []),
    ...(rules.fourEyes ? [words.__('The driver may not decide.')] : []),
    ...(request.doubt === undefined ? [] : [request.doubt]),
    ...(rules.grade === 'claimed' ? [] : [words.__('Identities have to be %1.', rules.grade)]),
    ...(rules.means === undefined
      ? []
      : [
          words.__(
            'A decision has to be signed with a %1.',
            wordsOfMeans(rules.means).join(words.__(' or a '))
          )
        ]),
    ...(rules.synced === false ? [words.__('A passkey has to stay on one device.')] : []),
    ...(rules.comment ? [words.__('A decision needs a comment.')] : []),
    ...(request.expiresAt === null
      ? []
      : [words.__('Expires at %1; nothing is released then.', formatUtc(request.expiresAt))]),
    ...(escalatedAt === undefined
      ? rules.escalation
        ? [words.__('At %2 the question also goes to %1.', deputies, formatUtc(rules.escalation.at))]
        : []
      : [
          words.__(
            'At %2 the question also went to %1, because nobody had decided.',
            deputies,
            formatUtc(escalatedAt)
          )
        ]),
    ...(reminders > 0 ? [words._n('Reminded once.', 'Reminded %1 times.', reminders)] : [])
  ];
}
