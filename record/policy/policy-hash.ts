// Hashes over policies: what was asked for when something was approved is part of what was approved.
import type { HoldPolicy, RecordedPolicy } from '../../contract/holds/policy.js';
import { sha256 } from '../hash.js';
import { seatOf } from './apply-policy.js';
import { stableText } from '../../contract/base/stable-text.js';

/** SHA-256 (hex) over the whole policy of an environment. */
export function policyHash(policy: RecordedPolicy): string {
  return sha256(stableText(policy));
}

/**
 * SHA-256 (hex) over what the policy asks of the hold points of one phase, with the people in the groups. Reminders, other phases
 * and groups that are not named do not change it.
 */
export function holdPolicyHash(policy: RecordedPolicy, phase: string): string {
  const hold = withoutReminders({ ...policy.approvals, ...policy.phases[phase] });
  const seats = (names: readonly string[] | undefined): object[] =>
    [...(names ?? ['*'])].sort().map(name => seatOf(name, policy));
  return sha256(
    stableText({
      ...hold,
      approvers: seats(hold.approvers),
      deputies: seats(hold.escalate?.to ?? []),
      breakGlass: seats(policy.breakGlass ?? undefined),
      decide: policy.decide
    })
  );
}

function withoutReminders({ remindEveryMs: _, ...hold }: HoldPolicy): Omit<HoldPolicy, 'remindEveryMs'> {
  return hold;
}
