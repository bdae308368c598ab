// Whether a login that a voucher vouches for can decide a question, as far as its rules tell.
import { rulesOf } from '../holds/approval-rules.js';
import type { ApprovalRequest } from '../holds/hold.js';

/** True where the login of JupyterHub on the decision page counts. */
export function mayHubDecide(request: ApprovalRequest): boolean {
  return mayLoginDecide(request, 'hub');
}

/** True where a click in Slack counts: the policy maps somebody. */
export function maySlackDecide(request: ApprovalRequest): boolean {
  return mayLoginDecide(request, 'slack') && Object.keys(rulesOf(request).decide?.slack ?? {}).length > 0;
}

function mayLoginDecide(request: ApprovalRequest, by: 'hub' | 'slack'): boolean {
  const { grade, means, decide } = rulesOf(request);
  return (
    request.nonce !== undefined &&
    decide?.voucher !== undefined &&
    grade !== 'signed' &&
    (means === undefined || means.includes(by))
  );
}
