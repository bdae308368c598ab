// The content hash of an approval, taken over its binding: by the kernel when it asks, by a signer before they sign, by whoever
// verifies afterwards.
import type { ContentBinding } from '../../contract/holds/content-binding.js';
import type { ApprovalRules } from '../../contract/holds/hold-rules.js';
import { stableText } from '../../contract/base/stable-text.js';
import { sha256 } from '../hash.js';

/**
 * SHA-256 (hex) over a binding: the content that a decision names. In bindings of older versions the order of the phases is not part of
 * it.
 */
export function contentHash(binding: ContentBinding): string {
  return sha256(stableText(binding.reach === undefined ? withoutPhases(binding) : binding));
}

/** SHA-256 (hex) over the rules of a request. Reminders, and the time from which the deputies are asked, are not among them. */
export function rulesHash(approvers: readonly string[], rules: ApprovalRules): string {
  const deputies = rules.escalation?.seats ?? [];
  return sha256(stableText({ ...withoutTimes(rules), approvers, deputies }));
}

function withoutPhases({ phases: _, ...binding }: ContentBinding): Omit<ContentBinding, 'phases'> {
  return binding;
}

function withoutTimes({
  remindEveryMs: _remind,
  escalation: _escalation,
  ...rules
}: ApprovalRules): Omit<ApprovalRules, 'remindEveryMs' | 'escalation'> {
  return rules;
}
