// Why a decision does not count, as far as the run alone tells: the one list of reasons for the click, the signed decision, every later
// look at the journal, and the page. What a signature proves is judged beside it (record/decisions/).
import type { JsonObject } from '../base/json.js';
import type { Person } from '../base/person.js';
import {
  faultsOfValues,
  ineligibilityOf,
  rulesOf,
  type DecisionProof,
  type Driver,
  type Ineligibility
} from './approval-rules.js';
import type { ApprovalState } from './hold.js';
import { isPending } from './pending.js';

/** A decision that somebody has made, or wants to. */
export interface MadeDecision {
  /** The content hash that it was made on. */
  readonly content: string;
  readonly decision: 'approved' | 'rejected';
  readonly comment: string;
  readonly values?: JsonObject;
  readonly by: Person;
  /** With what it was signed. Absent: nothing was signed. */
  readonly proof?: DecisionProof;
}

/** A reason; `code` is stable, `message` is a sentence. */
export interface ReasonAgainst {
  readonly code:
    | Ineligibility['code']
    | 'hold.settled'
    | 'hold.other_content'
    | 'hold.bad_decision'
    | 'hold.bad_values'
    | 'hold.no_reason'
    | 'hold.no_comment';
  readonly message: string;
}

/**
 * Every reason, the most telling first; none when the decision counts.
 *
 * @param approval - As it stands before the decision.
 * @param driver - Who drives now.
 * @example
 * reasonsAgainst(approval, { content, decision: 'approved', comment: '', by: ann }, ann) // [{ code: 'hold.four_eyes', message: '…' }]
 */
export function reasonsAgainst(approval: ApprovalState, made: MadeDecision, driver: Driver): ReasonAgainst[] {
  const { name, status, decisions, request, content } = approval;
  if (!isPending(approval)) {
    const by = decisions.at(-1)?.by.name;
    const message = `“${name}” is ${status} already${by ? `, by ${by}` : ''}.`;
    return [{ code: 'hold.settled', message }];
  }
  const rules = rulesOf(request);
  const isWord = made.decision === 'approved' || made.decision === 'rejected';
  const values = faultsOfValues(rules.form, made.values ?? {}, made.decision);
  const ineligible = ineligibilityOf(approval, made.by, driver, made.proof);
  return [
    ...when(
      made.content !== content,
      'hold.other_content',
      `“${name}” asks about other content than was shown.`
    ),
    ...when(
      !isWord,
      'hold.bad_decision',
      `A decision is “approved” or “rejected”, not ${JSON.stringify(made.decision)}.`
    ),
    ...when(
      values.length > 0,
      'hold.bad_values',
      `The form of “${name}” is not filled in as it asks: ${values.join(' ')}`
    ),
    ...reasonsOfComment(made, name, rules.comment),
    ...(ineligible ? [ineligible] : [])
  ];
}

function reasonsOfComment(
  { comment, decision }: MadeDecision,
  name: string,
  isAsked: boolean
): ReasonAgainst[] {
  if (comment.trim() !== '') {
    return [];
  }
  return decision === 'rejected'
    ? [{ code: 'hold.no_reason', message: 'A rejection needs a reason.' }]
    : when(isAsked, 'hold.no_comment', `“${name}” asks for a comment with every decision.`);
}

function when(isSo: boolean, code: ReasonAgainst['code'], message: string): ReasonAgainst[] {
  return isSo ? [{ code, message }] : [];
}
