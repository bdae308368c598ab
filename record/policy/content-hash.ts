// The content hash of an approval, taken over its binding: by the kernel when it asks, by a signer before they sign, by whoever
// verifies afterwards.
import type { ContentBinding } from '../../contract/holds/content-binding.js';
import type { ApprovalRules } from '../../contract/holds/hold-rules.js';
import { contentText, rulesText } from '../../contract/holds/shown-parts.js';
import { sha256 } from '../hash.js';

/** SHA-256 (hex) over a binding: the content that a decision names. */
export function contentHash(binding: ContentBinding): string {
  return sha256(contentText(binding));
}

/** SHA-256 (hex) over the rules of a request. */
export function rulesHash(approvers: readonly string[], rules: ApprovalRules, doubt?: string): string {
  return sha256(rulesText(approvers, rules, doubt));
}
