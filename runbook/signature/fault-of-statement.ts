// Is a signed statement about the decision that the journal records? A signature proves a text; this says what the text has to say.
import type { ApprovalDecision, ApprovalState } from '../../contract/hold.js';
import { stableText } from '../hold/content-hash.js';
import { holdsMask } from '../masking/masker.js';
import type { SignedStatement } from './token.js';

/** Why a signature does not prove a decision. `code` is stable, `text` continues “the signature …”. */
export interface StatementFault {
  readonly code:
    'signature.other_run' | 'signature.other_hold' | 'signature.other_content' | 'signature.other_decision';
  readonly text: string;
}

/**
 * Null when `statement` says what `decision` says about `approval` of the run `run`.
 * Texts that the journal holds masked are not compared.
 *
 * @example
 * faultOfStatement(statement, { run: '2.4.0-production-3f9c21', approval, decision })
 * // { code: 'signature.other_run', text: 'is for the run 2.3.1-production-0a1b2c' }
 */
export function faultOfStatement(
  statement: SignedStatement,
  recorded: {
    readonly run: string | null;
    readonly approval: Pick<ApprovalState, 'name' | 'step' | 'content'>;
    readonly decision: ApprovalDecision;
  }
): StatementFault | null {
  const { run, approval, decision } = recorded;
  if (statement.run !== run) {
    return {
      code: 'signature.other_run',
      text: `is for the run ${statement.run ?? 'of a scratch notebook'}`
    };
  }
  if (statement.hold !== approval.name || statement.step !== approval.step) {
    return {
      code: 'signature.other_hold',
      text: `is for the hold point “${statement.hold}” of the step ${statement.step}`
    };
  }
  if (statement.content !== approval.content) {
    return {
      code: 'signature.other_content',
      text: `is over other content (${statement.content.slice(0, 12)}, asked was about ${approval.content.slice(0, 12)})`
    };
  }
  const parts = differentParts(statement, decision);
  return parts.length === 0
    ? null
    : { code: 'signature.other_decision', text: `is over another decision: ${parts.join(', ')}` };
}

function differentParts(statement: SignedStatement, decision: ApprovalDecision): string[] {
  const pairs: readonly (readonly [name: string, signed: string, recorded: string])[] = [
    ['the person', statement.by, decision.by.username],
    ['the verdict', statement.decision, decision.decision],
    ['the time', statement.at, decision.at],
    ['the comment', statement.comment.trim(), decision.comment.trim()],
    ['the answers', stableText(statement.values ?? {}), stableText(decision.values ?? {})],
    ['the id', statement.id, decision.signature?.id ?? statement.id]
  ];
  return pairs
    .filter(([, signed, recorded]) => signed !== recorded && !holdsMask(recorded))
    .map(([name]) => name);
}
