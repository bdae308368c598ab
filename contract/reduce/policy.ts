// What the records of launchbook.yml mean. What has changed is computed here, so that no writer can call a weaker policy the same.
import { policyChange } from '../policy-change.js';
import type { RulesOf } from './draft.js';

export const POLICY_RULES: RulesOf<'policy-read'> = {
  'policy-read': (draft, { policy, hash, holds, at }) => {
    const before = draft.policy;
    if (!before) {
      draft.policy = { policy, hash, since: at, heldBack: null, changes: [] };
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
      changes: isSame ? before.changes : [...before.changes, { at, ...change }]
    };
  }
};
