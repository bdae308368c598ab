// Is a request what its content hash was taken over? Everything that can be computed from its record is computed again: each hash of a
// shown text, the hash over all parts, and what it says of the requests before it.
import { rulesOf } from '../../contract/holds/approval-rules.js';
import type { ApprovalState } from '../../contract/holds/hold.js';
import { isSameJson } from '../../contract/base/stable-text.js';
import { shownParts } from '../../contract/holds/shown-parts.js';
import { lastRefusal, type RunState } from '../../contract/state/state.js';
import { holdsMask } from '../../runbook/masking/masker.js';
import { sha256 } from '../hash.js';
import { holdPolicyHash } from '../policy/policy-hash.js';
import type { Fault } from './fault.js';

/** A request, as far as it is looked at. */
export type Asked = Pick<ApprovalState, 'id' | 'name' | 'step' | 'phase' | 'request' | 'content' | 'binding'>;

/** What was found about a request. */
export interface RequestFaults {
  readonly faults: readonly Fault[];
  /** Parts that versions before bound and then masked, which nobody can compare. */
  readonly masked: readonly string[];
}

/** Compares a request with the hash that is decided on: the texts that people see, the rules, and every part of the content. */
export function faultsOfShown({ name, phase, request, content, binding }: Asked): RequestFaults {
  if (binding === undefined) {
    const isOld = request.rules === undefined && request.nonce === undefined;
    return {
      faults: isOld
        ? []
        : [{ code: 'approval.unbound', text: `asks about “${name}” without what it is bound to` }],
      masked: []
    };
  }
  // What is masked is bound as it is shown since requests have a nonce; then a mask is a text like any other.
  const isMaskedLater = request.nonce === undefined;
  const { parts, wrong } = shownParts({ request, content, phase }, binding);
  const different = [...parts.filter(({ text, hash }) => sha256(text) !== hash), ...wrong];
  const masked = different.filter(({ read }) => isMaskedLater && holdsMask(read));
  const other = different.filter(part => !masked.includes(part)).map(part => part.what);
  const fault = {
    code: 'approval.other_content',
    text: `asks about “${name}” with other content than its hash was taken over: ${other.join(', ')}`
  };
  return { faults: other.length === 0 ? [] : [fault], masked: masked.map(({ what }) => what) };
}

/** Compares what a request says of the run with the state before it. */
export function faultsOfPlace(
  { id, name, step, request, content, binding }: Asked,
  before: RunState
): Fault[] {
  const faults: Fault[] = [];
  const fault = (text: string): void =>
    void faults.push({ code: 'approval.other_request', text: `asks about “${name}” ${text}` });
  if (before.approvals[id] !== undefined) {
    fault('under the id of an earlier request');
  }
  if (request.nonce === undefined) {
    return faults;
  }
  if (request.after !== lastRefusal(before)) {
    fault(`after the rejection or revocation ${request.after}, expected ${lastRefusal(before)}`);
  }
  const same = Object.values(before.approvals).filter(earlier => earlier.request.nonce === request.nonce);
  if (same.some(earlier => !mayBeGoneOnWith(earlier, { name, step, content }, request.after))) {
    fault('with the nonce of a request that it does not go on with');
  }
  const { policy } = before;
  const isPolicy = policy !== null && holdPolicyHash(policy.policy, binding?.phase ?? '') === binding?.policy;
  const isOfRun = before.run !== null && binding !== undefined;
  if (isOfRun && !isPolicy) {
    fault('by another policy than the one that the journal has recorded');
  }
  if (isOfRun && !isSameJson(request.rules?.decide ?? null, policy?.policy.decide ?? null)) {
    fault('with other pages for passkeys than the policy that the journal has recorded');
  }
  return faults;
}

/**
 * True when a request of this content is the same question as `earlier`, which nobody could answer: who has signed it need not sign again.
 *
 * @param after - Sequence number of the last rejection or revocation in the run.
 */
export function mayBeGoneOnWith(
  earlier: Pick<ApprovalState, 'name' | 'step' | 'content' | 'status' | 'request'>,
  now: Pick<ApprovalState, 'name' | 'step' | 'content'>,
  after: number | undefined
): boolean {
  return (
    earlier.status === 'withdrawn' &&
    earlier.request.nonce !== undefined &&
    earlier.request.after === after &&
    earlier.name === now.name &&
    earlier.step === now.step &&
    earlier.content === now.content
  );
}

/** True when only signed decisions count. */
export function isSignatureAsked({ request }: Pick<ApprovalState, 'request'>): boolean {
  return rulesOf(request).grade === 'signed';
}
