// What a forger mends after a change, so that nothing but what was signed can tell: every hash that can be computed is computed again.
import type { ContentBinding } from '../../contract/holds/content-binding.js';
import type { ApprovalRequest } from '../../contract/holds/hold.js';
import type { RecordedPolicy } from '../../contract/holds/policy.js';
import { OPEN_RULES } from '../../contract/holds/approval-rules.js';
import { sha256 } from '../../record/hash.js';
import { contentHash, rulesHash } from '../../record/policy/content-hash.js';
import { holdPolicyHash, policyHash } from '../../record/policy/policy-hash.js';
import type { Body, Choice } from './changes.js';

/**
 * Mends what can be mended. `textOf` gives the texts of the cells of the notebook by id, to which the binding may be fitted.
 */
export function mend(bodies: readonly Body[], textOf: ReadonlyMap<string, string>, choice: Choice): Body[] {
  const [fitsCells, fitsContent, fitsRefusal] = [choice.isSo(0.5), choice.isSo(0.7), choice.isSo(0.5)];
  let policy: RecordedPolicy | null = null;
  const contents = new Map<unknown, string>();
  return bodies.map((body): Body => {
    try {
      if (body.kind === 'policy-read') {
        policy = body['policy'] as unknown as RecordedPolicy;
        return { ...body, hash: policyHash(policy) };
      }
      if (body.kind === 'attempt-started' && fitsCells) {
        const source = textOf.get(String(body['step'])) ?? String(body['source']);
        return { ...body, source, sourceHash: sha256(source) };
      }
      if (body.kind === 'attempt-started') {
        return { ...body, sourceHash: sha256(String(body['source'])) };
      }
      if (body.kind === 'approval-requested' && fitsContent) {
        const binding = fitted(body, policy, fitsCells ? textOf : new Map());
        const content = contentHash(binding);
        contents.set(body['approval'], content);
        const request = { ...(body['request'] as object), ...(fitsRefusal ? { after: 0 } : {}) };
        return { ...body, request, binding, content } as unknown as Body;
      }
      const content = contents.get(body['approval']);
      return body.kind === 'approval-decided' && content !== undefined ? { ...body, content } : body;
    } catch {
      return body; // it has not the shape any more
    }
  });
}

function fitted(
  body: Body,
  policy: RecordedPolicy | null,
  textOf: ReadonlyMap<string, string>
): ContentBinding {
  const binding = body['binding'] as unknown as ContentBinding;
  const request = body['request'] as unknown as ApprovalRequest;
  const fit = (cells: ContentBinding['cells']): ContentBinding['cells'] =>
    cells.map(cell => (textOf.has(cell.id) ? { ...cell, hashes: [sha256(textOf.get(cell.id)!)] } : cell));
  return {
    ...binding,
    cells: fit(binding.cells),
    parameterCells: fit(binding.parameterCells),
    question: sha256(request.question),
    evidence: Object.fromEntries(request.evidence.map(({ label, text }) => [label, sha256(text)])),
    rules: rulesHash(request.approvers, request.rules ?? OPEN_RULES, request.doubt),
    phase: String(body['phase']),
    ...(policy === null ? {} : { policy: holdPolicyHash(policy, String(body['phase'])) })
  };
}
