// A token that somebody posted: verified in the way of the kernel before it is written beside the run, where the kernel takes it. What is
// written counts only when the kernel says so; what would not count is refused at once, with its reason.
import type { PostAnswer } from '../../contract/decide/decision-page.js';
import { factsOfSignature } from '../../contract/signature/decision-proof.js';
import { gradeOf } from '../../contract/signature/vouched.js';
import type { ApprovalState } from '../../contract/holds/hold.js';
import { faultOfSigned } from '../../record/decisions/checked-signatures.js';
import type { Fault } from '../../record/decisions/fault.js';
import { faultOfDriversKey } from '../../record/decisions/driver-key.js';
import { judgeDecision, type JudgedDecision } from '../../record/decisions/judged-records.js';
import { readToken, type TokenParts } from '../../record/signature/token.js';
import { soundHold } from '../approve/pending-hold.js';
import type { RunFiles } from '../notebook/read-run.js';
import { signersAt } from '../signers/allowed-signers.js';
import { faultOfVerdictHere } from './fault-here.js';
import { takePosted } from './take-posted.js';

/**
 * Takes a token for the question `approval` of the run at `path`. Rejects when it is not known whether it would count.
 *
 * @param token - As it was posted, whatever that is.
 */
export async function takePostedToken(path: string, approval: string, token: string): Promise<PostAnswer> {
  return takePosted(path, token, async () => {
    const parts = readToken(token);
    const { id } = parts.statement;
    const hold = soundHold(path, approval);
    const isCounted = hold.approval.decisions.some(({ signature }) => signature?.id === id);
    return {
      id,
      state: hold.files.state,
      isCounted,
      fault: isCounted ? null : await faultOf(parts, token, hold.approval, hold.files)
    };
  });
}

/** Why it would not count. */
async function faultOf(
  parts: TokenParts,
  token: string,
  approval: ApprovalState,
  files: RunFiles
): Promise<Fault | null> {
  const { statement } = parts;
  const signers = signersAt(files.path, files.run?.runbook);
  const { fault, key } = await faultOfVerdictHere(parts, signers);
  if (fault) {
    return fault;
  }
  const { comment, values = {}, by, at, content, decision } = statement;
  const judged = judgeDecision(
    {
      kind: 'approval-decided',
      approval: approval.id,
      at: new Date().toISOString(),
      content,
      decision: {
        decision,
        by: { username: by, name: by, grade: gradeOf(statement) },
        at,
        comment: comment.trim(),
        ...(Object.keys(values).length === 0 ? {} : { values }),
        signature: {
          token: token.trim(),
          id: statement.id,
          key,
          ...factsOfSignature(parts.signature, statement)
        }
      }
    },
    0,
    waiting(files, approval)
  );
  return (
    faultOfSigned(judged, new Set()) ??
    faultOfJudged(judged) ??
    faultOfDriversKey(judged.approval, judged.driver, key, signers.content)
  );
}

/** A question that a run gave up waiting for is asked again by it: until then a decision is judged as if it waited. */
function waiting({ state }: RunFiles, approval: ApprovalState): RunFiles['state'] {
  return approval.status === 'withdrawn'
    ? { ...state, approvals: { ...state.approvals, [approval.id]: { ...approval, status: 'pending' } } }
    : state;
}

function faultOfJudged({ faults, decision, approval }: JudgedDecision): Fault | null {
  const [first] = faults;
  const about = `records a decision of ${decision.by.username} on “${approval?.name ?? ''}” that does not count: `;
  return first ? { code: first.code, text: first.text.replace(about, '') } : null;
}
