// Is a signed statement about the decision that the journal records? A signature proves a text; this says what the text has to say.
import type { ApprovalDecision, ApprovalState } from '../../contract/holds/hold.js';
import { stableText } from '../../contract/base/stable-text.js';
import { holdsMask } from '../../runbook/masking/masker.js';
import type { SignedStatement } from '../signature/token.js';
import type { Fault } from './fault.js';

/**
 * Null when `statement` says what `decision` says about `approval` of the run `run`. `text` continues “the signature …”.
 *
 * @param recorded - `ids` are those of the requests with the nonce of `approval`, its own among them.
 * @example
 * faultOfStatement(statement, { run: '2.4.0-production-3f9c21', approval, ids: [approval.id], decision })
 * // { code: 'signature.other_run', text: 'is for the run 2.3.1-production-0a1b2c' }
 */
export function faultOfStatement(
  statement: SignedStatement,
  recorded: {
    readonly run: string | null;
    readonly approval: Pick<ApprovalState, 'name' | 'step' | 'content' | 'request'>;
    readonly ids: readonly string[];
    readonly decision: ApprovalDecision;
  }
): Fault | null {
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
      text: `is over other content (${statement.content.slice(0, 12)}, asked was about ${String(approval.content).slice(0, 12)})`
    };
  }
  return faultOfRequest(statement, recorded) ?? faultOfDecision(statement, decision);
}

/** A statement of an older version names no request, so it counts only where the request has no nonce either. */
function faultOfRequest(
  statement: SignedStatement,
  { approval, ids }: { readonly approval: Pick<ApprovalState, 'request'>; readonly ids: readonly string[] }
): Fault | null {
  const { nonce, after } = approval.request;
  if (nonce === undefined) {
    return statement.version === 1
      ? null
      : { code: 'signature.other_request', text: 'is for a request that has a nonce' };
  }
  if (statement.version === 1) {
    return { code: 'signature.other_version', text: 'is of an older version and names no request' };
  }
  return statement.nonce === nonce && statement.after === after && ids.includes(statement.approval)
    ? null
    : { code: 'signature.other_request', text: `is for another request (${statement.approval})` };
}

function faultOfDecision(statement: SignedStatement, decision: ApprovalDecision): Fault | null {
  const pairs: readonly (readonly [name: string, signed: string, recorded: string])[] = [
    ['the person', statement.by, decision.by.username],
    ['the name', statement.by, decision.by.name],
    ['the verdict', statement.decision, decision.decision],
    ['the time', statement.at, decision.at],
    ['the comment', statement.comment.trim(), decision.comment.trim()],
    ['the answers', stableText(statement.values ?? {}), stableText(decision.values ?? {})],
    ['the id', statement.id, decision.signature?.id ?? statement.id]
  ];
  const different = pairs.filter(([, signed, recorded]) => signed !== recorded);
  if (different.length === 0) {
    return null;
  }
  const names = different.map(([name]) => name).join(', ');
  // Versions before took tokens whose texts the journal then masked.
  return statement.version === 1 && different.every(([, , recorded]) => holdsMask(recorded))
    ? { code: 'signature.masked', text: `cannot be compared with what the journal has masked: ${names}` }
    : { code: 'signature.other_decision', text: `is over another decision: ${names}` };
}
