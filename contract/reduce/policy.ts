// What the records of launchbook.yml mean. What has changed is computed here, so that no writer can call a weaker policy the same.
import type { PolicyRead, PolicyState } from '../holds/policy.js';
import { policyChange } from '../holds/policy-change.js';
import type { RulesOf } from './draft.js';

export const POLICY_RULES: RulesOf<'policy-read'> = {
  'policy-read': (draft, record) => {
    const { policy, hash, holds, at } = record;
    const before = draft.policy;
    if (!before) {
      draft.policy = { policy, hash, since: at, heldBack: null, changes: [], ...placeOf(record, null) };
      return;
    }
    const change = policyChange(before.policy, policy);
    if (!holds) {
      draft.policy = { ...before, heldBack: { at, weaker: change.weaker } };
      return;
    }
    const isSame = change.stricter.length + change.weaker.length === 0;
    draft.policy = {
      policy,
      hash,
      since: isSame ? before.since : at,
      heldBack: null,
      changes: isSame ? before.changes : [...before.changes, { at, ...change }],
      ...placeOf(record, before)
    };
  }
};

function placeOf(
  { file, isProduction }: PolicyRead,
  before: PolicyState | null
): Pick<PolicyState, 'file' | 'uncommitted'> {
  const known = before?.uncommitted ?? [];
  const isOpen =
    file !== undefined && file.commit === null && isProduction === true && !known.includes(file.path);
  const uncommitted = isOpen ? [...known, file.path] : known;
  return { ...(file && { file }), ...(uncommitted.length > 0 ? { uncommitted } : {}) };
}
