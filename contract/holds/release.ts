// What an approval gives to the cell that waited: the releasing decision and everybody who approved.
// One function, so that a resume answers from the journal with exactly what the cell got at first.
import type { ApprovalDecision, ApprovalState } from './hold.js';

/** The releasing decision with all decisions. `decision` is always `approved`. */
export interface ApprovalRelease extends ApprovalDecision {
  /** Every decision that counted, oldest first; empty when it was released against the policy. */
  readonly decisions: readonly ApprovalDecision[];
  /** True: somebody released it against the policy. */
  readonly isBreakGlass: boolean;
}

/**
 * The release of an approved approval; undefined for any other status.
 *
 * @example
 * releaseOf(approval) // { decision: 'approved', by: { username: 'ann', … }, at: '…', comment: '', decisions: [ … ], isBreakGlass: false }
 */
export function releaseOf(approval: ApprovalState): ApprovalRelease | undefined {
  if (approval.status !== 'approved') {
    return undefined;
  }
  const { decisions, breakGlass } = approval;
  const last: ApprovalDecision | undefined = breakGlass
    ? { decision: 'approved', by: breakGlass.by, at: breakGlass.at, comment: breakGlass.reason }
    : decisions.at(-1);
  const values = Object.assign({}, ...decisions.map(decision => decision.values ?? {})) as NonNullable<
    ApprovalDecision['values']
  >;
  return (
    last && {
      ...last,
      ...(Object.keys(values).length === 0 ? {} : { values }),
      decisions,
      isBreakGlass: breakGlass !== undefined
    }
  );
}
