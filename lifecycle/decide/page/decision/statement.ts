// What an approver signs, made from what the page shows and what the person has entered. `launchbook approve` signs the same.
import type { DecisionPageData } from '../../../../contract/decide/decision-page.js';
import type { JsonObject } from '../../../../contract/base/json.js';

/** What the person has entered. */
export interface Answer {
  readonly decision: 'approved' | 'rejected';
  readonly comment: string;
  readonly values: JsonObject;
  readonly by: string;
}

/**
 * The statement. It counts once, for this request alone.
 *
 * @param content - The hash of what the page shows.
 * @param at - ISO 8601 UTC, by the clock of the server.
 */
export function statementOf(
  { run, approval }: Pick<DecisionPageData, 'run' | 'approval'>,
  answer: Answer,
  content: string,
  at: string
) {
  const { nonce, after = 0 } = approval.request;
  return {
    // A run that an older version began asks without a nonce.
    ...(nonce === undefined
      ? { version: 1 as const }
      : { version: 2 as const, approval: approval.id, nonce, after }),
    id: crypto.randomUUID(),
    run,
    hold: approval.name,
    step: approval.step,
    content,
    decision: answer.decision,
    comment: answer.comment,
    values: answer.values,
    by: answer.by,
    at
  };
}
