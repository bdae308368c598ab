// The content hash of an approval, taken over its binding: by the kernel when it asks, by a signer before they sign, by whoever
// verifies afterwards.
import type { ContentBinding } from '../../contract/content-binding.js';
import type { ApprovalState } from '../../contract/hold.js';
import { sha256 } from '../hash.js';

/** SHA-256 (hex) over a binding: the content that a decision names. Phases that are added later do not change it. */
export function contentHash({ phases: _, ...binding }: ContentBinding): string {
  return sha256(stableText(binding));
}

/** True when a request shows what its content hash was taken over: the parts, the question, each piece of evidence. */
export function isShownAsBound({
  binding,
  content,
  request
}: Pick<ApprovalState, 'binding' | 'content' | 'request'>): boolean {
  return (
    binding !== undefined &&
    contentHash(binding) === content &&
    binding.question === sha256(request.question) &&
    Object.keys(binding.evidence).length === new Set(request.evidence.map(({ label }) => label)).size &&
    request.evidence.every(({ label, text }) => binding.evidence[label] === sha256(text))
  );
}

/** JSON with sorted keys, so that an object that was written anew is the same. */
export function stableText(value: unknown): string {
  const sorted = (_: string, part: unknown): unknown =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part;
  return JSON.stringify(value, sorted) ?? 'absent';
}
